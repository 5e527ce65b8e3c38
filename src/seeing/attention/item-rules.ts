import { describePlugin, describeType, itemLabel } from "../../definition/describe.ts";
import { endOf } from "../../definition/hold.ts";
import { endOfLead } from "../../definition/lead.ts";
import type { PluginItem } from "../../definition/plugin-item.ts";
import { configDigest } from "../../secrets/config-digest.ts";
import { isInUse } from "../../selection/retirement.ts";
import type { ProcessRow, ReportedTrouble } from "../../store/process-row.ts";
import type { StoredCircuit } from "../../store/stored-circuit.ts";
import type { AttentionCode, AttentionMend, Facts, Gravity } from "./attention-entry.ts";
import type { Evidence } from "./evidence.ts";
import { earliest, firstNames, keyOf, placeOf } from "./place.ts";

/** What is told of an item's state, and what to do about it with which command. */
interface Told {
  readonly code: AttentionCode;
  readonly gravity: Gravity;
  readonly mend: AttentionMend["code"];
  readonly command: (operand: string) => string;
}

const disable = (operand: string): string => `npx plugbay set ${operand} --status disable`;
const release = (operand: string): string => `npx plugbay release ${operand}`;

const states: Readonly<Record<string, Told>> = {
  failed: { code: "item-failed", gravity: "warning", mend: "correct-cause", command: disable },
  misconfigured: { code: "item-misconfigured", gravity: "warning", mend: "correct-config", command: disable },
  circuit: { code: "item-circuit", gravity: "warning", mend: "wait-or-release", command: release },
  unauthorized: {
    ...{ code: "item-unauthorized", gravity: "warning", mend: "correct-credentials" },
    command: release,
  },
  exhausted: { code: "item-exhausted", gravity: "info", mend: "raise-limit", command: release },
};

/** How soon a hold or lead ends that is told of, in milliseconds. */
const endsSoonMs = 3_600_000;

/** What keeps items in use from serving, and what will no longer. */
export function itemEntries(evidence: Evidence, processes: readonly ProcessRow[]): Facts[] {
  return [
    ...troubleEntries(evidence, processes),
    ...missingEntries(evidence, processes),
    ...endEntries(evidence),
  ];
}

type SeenTrouble = Pick<ReportedTrouble, "itemId" | "since" | "message"> & { readonly state: string };

interface Seen {
  readonly item: PluginItem;
  readonly told: Told;
  readonly by: Set<ProcessRow>;
  readonly troubles: SeenTrouble[];
}

function troubleEntries(evidence: Evidence, processes: readonly ProcessRow[]): Facts[] {
  const { snapshot } = evidence;
  const seen = new Map<string, Seen>();
  const note = (trouble: SeenTrouble, by: readonly ProcessRow[]): void => {
    const told = Object.hasOwn(states, trouble.state) ? states[trouble.state] : undefined;
    const item = snapshot.item(trouble.itemId);
    if (!told || !item || !isInUse(item) || item.hold) return;
    const key = keyOf(told.code, item.id);
    const known = seen.get(key) ?? { item, told, by: new Set(), troubles: [] };
    seen.set(key, known);
    for (const process of by) known.by.add(process);
    known.troubles.push(trouble);
  };
  for (const process of processes) for (const trouble of process.troubles) note(trouble, [process]);
  // All processes go by what one of them found, from their next look on.
  for (const trouble of sharedTroubles(evidence)) note(trouble, processes);
  return [...seen].map(([key, one]) => troubleEntry(key, one, evidence, processes));
}

function sharedTroubles({ snapshot, circuits, now, openedAt }: Evidence): SeenTrouble[] {
  return circuits.rows.flatMap(({ itemId, state }) => {
    const item = snapshot.item(itemId);
    if (!item || !state || state.config !== configDigest(item).toString("hex")) return [];
    const { failures } = state;
    const toLocal = (time: number): string => new Date(time - circuits.now + now).toISOString();
    const since = failures ? toLocal(failures.at) : openedAt;
    const message = failures?.error ?? null;
    return sharedStates(state, circuits.now).map((kind) => ({ itemId, state: kind, since, message }));
  });
}

function sharedStates({ phase, isUnauthorized, exhaustedUntil }: StoredCircuit, now: number): string[] {
  const found: string[] = [];
  if (isUnauthorized) found.push("unauthorized");
  if (exhaustedUntil !== null && exhaustedUntil > now) found.push("exhausted");
  if (phase) found.push("circuit");
  return found;
}

function troubleEntry(
  key: string,
  { item, told, by, troubles }: Seen,
  { operand, openedAt }: Evidence,
  processes: readonly ProcessRow[],
): Facts {
  const where = placeOf([...by], processes);
  const causes = [...new Set(troubles.flatMap(({ message }) => (message ? withoutName(message, item) : [])))];
  return {
    ...{ key, code: told.code, gravity: told.gravity },
    ...subjectOf(item),
    details: causes.length === 0 ? {} : { causes: causes.slice(0, mostCauses) },
    mend: { code: told.mend, command: told.command(operand(item)) },
    since: earliest(
      troubles.map(({ since }) => since),
      openedAt,
    ),
    where,
  };
}

/** How many causes are told of one item. */
const mostCauses = 20;

/** The cause alone: which item it is stands before it. */
const withoutName = (message: string, item: PluginItem): string =>
  [
    `${describePlugin(item)} for ${describeType(item.type)} `,
    "could not be made ready: ",
    "is misconfigured: ",
  ].reduce((text, prefix) => (text.startsWith(prefix) ? text.slice(prefix.length) : text), message);

/** Items whose plugins some processes do not have. During a deployment that may be many: of a type, they are one entry. */
function missingEntries({ missesOf, openedAt }: Evidence, processes: readonly ProcessRow[]): Facts[] {
  const missing = new Map<PluginItem, ProcessRow[]>();
  for (const process of processes)
    for (const item of missesOf(process)) missing.set(item, [...(missing.get(item) ?? []), process]);
  const byType = new Map<string, PluginItem[]>();
  for (const item of missing.keys()) byType.set(item.typeId, [...(byType.get(item.typeId) ?? []), item]);
  return [...byType].flatMap(([typeId, items]): Facts[] => {
    const [first] = items;
    if (first === undefined) return [];
    const by = [...new Set(items.flatMap((item) => missing.get(item) ?? []))];
    const where = placeOf(by, processes);
    const { manager, name } = first.type;
    const isEverywhere = where.processes === where.of;
    return [
      {
        key: keyOf("item-missing", typeId),
        code: "item-missing",
        gravity: "warning",
        type: { id: typeId, manager, name },
        ...(items.length === 1 && { item: subjectOf(first).item }),
        details: firstNames(items.map(itemLabel)),
        mend: isEverywhere
          ? { code: "register-plugins", command: "npx plugbay sync" }
          : { code: "finish-deployment" },
        since: earliest(
          by.map(({ startedAt }) => startedAt),
          openedAt,
        ),
        where,
      },
    ];
  });
}

/** Holds and leads that end within an hour. */
function endEntries({ snapshot, now, operand }: Evidence): Facts[] {
  const isSoon = (end: number | undefined): end is number =>
    end !== undefined && end > now && end - now <= endsSoonMs;
  const found: Facts[] = [];
  for (const { items } of snapshot.types.values()) {
    for (const item of heldOrLed(items)) {
      const { hold, lead } = item;
      if (!isInUse(item)) continue;
      const held = hold && endOf(hold);
      if (hold && isSoon(held)) {
        const mend = { code: "hold-longer", command: `npx plugbay hold ${operand(item)}` } as const;
        found.push(endEntry({ code: "hold-ending", item, ...hold, end: held, mend }));
      }
      const led = lead && endOfLead(lead);
      if (lead && isSoon(led)) {
        const command = `npx plugbay serve-now ${operand(item)} --for 1h`;
        found.push(
          endEntry({ code: "lead-ending", item, ...lead, end: led, mend: { code: "lead-longer", command } }),
        );
      }
    }
  }
  return found;
}

// A type's items stay the same list for as long as none of them changes, and few of them are held.
const heldOrLedOf = new WeakMap<readonly PluginItem[], readonly PluginItem[]>();

function heldOrLed(items: readonly PluginItem[]): readonly PluginItem[] {
  const known = heldOrLedOf.get(items);
  if (known !== undefined) return known;
  const found = items.filter(({ hold, lead }) => hold || lead);
  heldOrLedOf.set(items, found);
  return found;
}

interface Ending extends Pick<Facts, "code" | "since" | "mend"> {
  readonly item: PluginItem;
  readonly by: string;
  /** In epoch milliseconds. */
  readonly end: number;
}

function endEntry({ code, item, by, since, end, mend }: Ending): Facts {
  const soon = new Date(end - endsSoonMs).toISOString();
  return {
    ...{ key: keyOf(code, item.id), code, gravity: "info" },
    ...subjectOf(item),
    details: { until: new Date(end).toISOString(), by },
    mend,
    since: since > soon ? since : soon,
  };
}

const subjectOf = ({ id, typeId, type, module, name, label }: PluginItem) => ({
  type: { id: typeId, manager: type.manager, name: type.name },
  item: { id, module, name, label },
});
