import { checkStatus } from "../../definition/check-status.ts";
import { InvalidOptionError } from "../../definition/errors.ts";
import { type Hold, holdAt, isSameHold } from "../../definition/hold.ts";
import { isSameLead, type Lead, leadAt } from "../../definition/lead.ts";
import { checkLabel } from "../../definition/name.ts";
import type { JsonValue, PluginItem } from "../../definition/plugin-item.ts";
import { checkPriority } from "../../definition/priority.ts";
import { checkText } from "../../definition/text.ts";
import { type AuditEntry, difference } from "../../store/audit.ts";
import type { Action } from "../../store/change.ts";
import type { ItemRow } from "../../store/rows.ts";
import type { Store } from "../../store/store.ts";
import { isHold } from "../../store/stored-hold.ts";
import { isLead } from "../../store/stored-lead.ts";
import { storedTime } from "../../store/stored-time.ts";
import type { SyncChange } from "../../sync/sync-plan.ts";
import type { ConfigEdits, ConfigWriter, RowEdit } from "../config/config-writer.ts";
import type { ConfigurablePlugin } from "../config/configurable.ts";
import { ConflictError, EntryNotFoundError, NotRevertibleError } from "../errors.ts";
import { refuseSecondLead } from "../items/second-lead.ts";
import { refuseTakenLabel } from "../items/taken-label.ts";
import type { Asker } from "../writing/change-key.ts";
import { changeOf } from "../writing/change-of.ts";
import type { Changed } from "../writing/changed.ts";
import type { Writer } from "../writing/writer.ts";
import type { NotRevertible } from "./not-revertible.ts";
import { type ConfigUndo, isSameShown, undoConfig } from "./undo-config.ts";

/** Which entry of the history. */
export interface EntryId {
  /** The revision of the change. */
  readonly revision: number;
  /** Tells apart the changes of one revision. */
  readonly position: number;
}

/** What a revert would set back. */
export interface RevertPlan {
  /** The id of the item. */
  readonly entityId: string;
  /** The fields that would change, as they are now. */
  readonly before: Readonly<Record<string, JsonValue>>;
  /** The same fields as they would be. */
  readonly after: Readonly<Record<string, JsonValue>>;
  /** The secrets, such as `smtp.password`, that the change replaced, and that would stay as they are now. */
  readonly secretsKept: readonly string[];
}

/** By somebody whose compiler does not check it, too. */
const isEntryId = (id: unknown): id is EntryId =>
  typeof id === "object" &&
  id !== null &&
  "revision" in id &&
  "position" in id &&
  [id.revision, id.position].every((number) => Number.isSafeInteger(number) && Number(number) >= 0);

/** What an operator decides of an item, beside its config. The code's names are for the code to say. */
const fields = [
  ...(["status", "priority", "description", "label", "retiredAt", "retiredBy"] as const),
  ...(["hold", "lead"] as const),
] as const;
const decided: readonly string[] = [...fields, "config", "configVersion"];

type Decisions = Pick<PluginItem, Exclude<(typeof fields)[number], "hold" | "lead">> & {
  readonly hold?: Hold | null | undefined;
  readonly lead?: Lead | null | undefined;
};

/** Whether an entry tells of a change of such fields, and of nothing else. */
export function isChangeOfDecisions({ entity, before, after }: AuditEntry): boolean {
  if (entity !== "item" || before === null || after === null) return false;
  const changed = Object.keys(after);
  return changed.some((name) => name !== "configVersion") && changed.every((name) => decided.includes(name));
}

/** Whether an entry tells of a change of the config. */
const isOfConfig = ({ after }: AuditEntry): boolean => after !== null && "config" in after;

const unmanaged: readonly string[] = ["retiredAt", "retiredBy", "hold", "lead"];

/** Whether an entry tells of nothing but that the item was taken out of use, or back: no file has a say in that. */
const isUnmanaged = ({ after }: AuditEntry): boolean =>
  Object.keys(after ?? {}).every((name) => unmanaged.includes(name));

/** The fields, the config aside, that are no longer as the entry left them. */
const changedSince = ({ after }: AuditEntry, item: Decisions): string[] =>
  fields.filter((field) => {
    if (after === null || !(field in after)) return false;
    if (field === "hold") return !isSameHold(after.hold as Hold | null, item.hold);
    if (field === "lead") return !isSameLead(after.lead as Lead | null, item.lead);
    return after[field] !== item[field];
  });

/** As `changedSince`, with the config. */
function allChangedSince(entry: AuditEntry, item: PluginItem, secrets: readonly string[]): string[] {
  const isConfigured = isOfConfig(entry) && !isSameShown(entry.after?.config, item.config, secrets);
  return [...changedSince(entry, item), ...(isConfigured ? ["config"] : [])];
}

/** Whether an entry can be reverted, and if so, the secrets that stay as they are, for it replaced them. */
export type Revertibility =
  | { readonly kind: "possible"; readonly secretsKept: readonly string[] }
  | { readonly kind: "impossible"; readonly why: NotRevertible };

const impossible = (why: NotRevertible): Revertibility => ({ kind: "impossible", why });

/** Whether an entry about an item can be reverted. `plugin` is the item's, where it takes a config. */
export function revertibilityOf(
  entry: AuditEntry,
  item: PluginItem,
  plugin: ConfigurablePlugin | undefined,
): Revertibility {
  if (!isChangeOfDecisions(entry)) return impossible("kind");
  if (impossibleField(entry) !== undefined) return impossible("invalid");
  if (item.managed !== null && !isUnmanaged(entry)) return impossible("managed");
  if (allChangedSince(entry, item, plugin?.secrets ?? []).length > 0) return impossible("changed-since");
  if (!isOfConfig(entry)) return { kind: "possible", secretsKept: [] };
  if (plugin === undefined) return impossible("config");
  const undo = undoConfig(entry, plugin);
  if (undo.kind === "impossible") return impossible(undo.why);
  if (undo.isVain && !hasOtherFields(entry)) return impossible("secrets");
  return { kind: "possible", secretsKept: undo.keptSecrets };
}

const hasOtherFields = ({ after }: AuditEntry): boolean =>
  fields.some((field) => after !== null && field in after);

/** Undoes an entry by a new change. */
export async function revert(
  store: Store,
  writer: Writer,
  configs: ConfigWriter,
  id: EntryId,
  by: Asker,
): Promise<Changed> {
  const { edits, edit } = await undoing(store, writer, id);
  return (await configs.write(edits, by, edit)).outcome;
}

/** What `revert` would change, or be refused. */
export async function planRevert(
  store: Store,
  writer: Writer,
  configs: ConfigWriter,
  id: EntryId,
): Promise<RevertPlan> {
  const undone = await undoing(store, writer, id);
  const { changes } = await configs.plan(undone.edits, undone.edit);
  const [plan] = revertPlans(configs, changes, [undone]);
  return plan ?? { entityId: undone.entry.entityId, before: {}, after: {}, secretsKept: [] };
}

/** What changes that undo entries would set back. */
export function revertPlans(
  configs: ConfigWriter,
  changes: readonly SyncChange[],
  undoings: readonly Undoing[],
): RevertPlan[] {
  const entries = new Map(undoings.map(({ entry }) => [entry.entityId, entry]));
  return changes.flatMap((change) => {
    if (change.entity !== "item" || change.before === null || change.after === null) return [];
    const entry = entries.get(change.before.id);
    const [before, after] = difference(change.before, change.after);
    const plugin = configs.pluginOf(change.type, change.before);
    const secretsKept = plugin && entry && isOfConfig(entry) ? keptIn(undoConfig(entry, plugin)) : [];
    return [{ entityId: change.before.id, before: before ?? {}, after: after ?? {}, secretsKept }];
  });
}

const keptIn = (undo: ConfigUndo): readonly string[] => (undo.kind === "possible" ? undo.keptSecrets : []);

/** How an entry is undone. */
export interface Undoing {
  readonly entry: AuditEntry;
  readonly edits: ConfigEdits;
  readonly edit: RowEdit;
}

/** How the entry with an id is undone. @throws EntryNotFoundError; InvalidOptionError as `undoingOf` */
export async function undoing(store: Store, writer: Writer, id: EntryId): Promise<Undoing> {
  if (!isEntryId(id)) {
    throw new InvalidOptionError("entry", id, "it is an entry of the history: { revision, position }");
  }
  return undoingOf(store, writer, await readEntry(store, id));
}

/**
 * `alike` are the ids of the items whose leads are undone together with this one.
 *
 * @throws InvalidOptionError for what is no change of an item's own fields
 */
export function undoingOf(
  store: Store,
  writer: Writer,
  entry: AuditEntry,
  alike: ReadonlySet<string> = new Set(),
): Undoing {
  if (!isChangeOfDecisions(entry)) {
    const name = `${entry.revision}-${entry.position}`;
    throw new InvalidOptionError("entry", name, "only changes of what operators decide can be reverted");
  }
  const impossible = impossibleField(entry);
  const edit: RowEdit = async (stored, config, current) => {
    const now = store.clock.now();
    const row: ItemRow = { ...stored, hold: holdAt(stored.hold, now), lead: leadAt(stored.lead, now) };
    const item = writer.toItem(row);
    refuseAgain(changedSince(entry, row), item);
    if (impossible !== undefined) {
      throw new NotRevertibleError(item, `the history has a ${impossible} that no item can have`);
    }
    const decided = { ...row, ...decisionsBefore(entry) };
    const hold = holdAt(decided.hold, now);
    const lead = isOutOfUse(decided) && !isOutOfUse(row) ? null : leadAt(decided.lead, now);
    const after: ItemRow = { ...decided, hold, lead, ...config };
    if (after.label !== row.label) await refuseTakenLabel(current, after);
    if (lead && !row.lead) await refuseSecondLead(current, after, { alike, now, writer });
    return changeOf(actionOf(row, after), row, after);
  };
  return { entry, edits: editsOf(entry), edit };
}

function editsOf(entry: AuditEntry): ConfigEdits {
  const formerConfig = (item: PluginItem, plugin: ConfigurablePlugin): JsonValue => {
    refuseAgain(allChangedSince(entry, item, plugin.secrets), item);
    const undo = undoConfig(entry, plugin);
    if (undo.kind === "impossible") throw new NotRevertibleError(item, undo.problem);
    if (undo.isVain && !hasOtherFields(entry)) {
      throw new NotRevertibleError(item, "it replaced secrets, whose values the history does not keep");
    }
    return undo.config;
  };
  return {
    ids: [entry.entityId],
    configs: new Map(isOfConfig(entry) ? [[entry.entityId, formerConfig]] : []),
  };
}

function refuseAgain(again: readonly string[], item: PluginItem): void {
  if (again.length === 0) return;
  const problem = `was changed again since, in its ${again.join(", ")}; change it by hand`;
  throw new ConflictError([item], undefined, problem);
}

/** As they were before the entry. */
const decisionsBefore = ({ before }: AuditEntry): Partial<Decisions> =>
  Object.fromEntries(Object.entries(before ?? {}).filter(([name]) => fields.some((field) => field === name)));

/** The first field of them that no item can have, in an entry that somebody edited. */
const impossibleField = (entry: AuditEntry): string | undefined =>
  fields.find((field) => {
    const { before } = entry;
    return before !== null && field in before && !isDecision[field](before[field]);
  });

const allows = (check: () => unknown): boolean => {
  try {
    check();
    return true;
  } catch {
    return false;
  }
};

const isDecision: Readonly<Record<keyof Decisions, (value: unknown) => boolean>> = {
  status: (value) => allows(() => checkStatus("", value)),
  priority: (value) => allows(() => checkPriority("", value)),
  description: (value) => allows(() => checkText("", value)),
  label: (value) => allows(() => checkLabel("", value)),
  retiredAt: (value) => value === null || storedTime(value) === value,
  retiredBy: (value) => value === null || value === "sync" || value === "operator",
  hold: (value) => value === null || isHold(value),
  lead: (value) => value === null || isLead(value),
};

function actionOf(before: ItemRow, after: ItemRow): Action {
  if (!isSameHold(before.hold, after.hold)) return after.hold === null ? "release" : "hold";
  if ((before.retiredAt === null) !== (after.retiredAt === null))
    return after.retiredAt === null ? "restore" : "retire";
  const isOfLead = before.status === after.status && !isSameLead(before.lead, after.lead);
  return isOfLead ? (after.lead === null ? "end-lead" : "lead") : "update";
}

const isOutOfUse = ({ status, retiredAt }: Pick<ItemRow, "status" | "retiredAt">): boolean =>
  status === "disable" || retiredAt !== null;

/** There is no query for one entry: it is the first one before its successor. */
async function readEntry(store: Store, { revision, position }: EntryId): Promise<AuditEntry> {
  const [entry] = await store.history({ before: { revision, position: position + 1 }, limit: 1 });
  if (entry?.revision !== revision || entry.position !== position) {
    throw new EntryNotFoundError(revision, position);
  }
  return entry;
}
