import { describeType, itemLabel } from "../../definition/describe.ts";
import { shellWord } from "../../definition/shell-word.ts";
import { isInUse } from "../../selection/retirement.ts";
import type { TypeSnapshot } from "../../selection/snapshot.ts";
import type { ProcessRow, ServedType } from "../../store/process-row.ts";
import type { AttentionCode, Found, Gravity } from "./attention-entry.ts";
import type { Evidence } from "./evidence.ts";
import { earliest, inPlace, keyOf, placeOf } from "./place.ts";

type Trouble = Exclude<ServedType["how"], "first-choice">;

interface Saying {
  readonly process: ProcessRow;
  readonly served: ServedType;
}

/** What serves types worse than their order alone would have it. */
export function typeEntries({ snapshot, openedAt }: Evidence, processes: readonly ProcessRow[]): Found[] {
  const sayings = new Map<string, Map<Trouble, Saying[]>>();
  for (const process of processes) {
    for (const served of process.serves) {
      if (served.how === "first-choice") continue;
      const ofType = sayings.get(served.typeId) ?? new Map<Trouble, Saying[]>();
      sayings.set(served.typeId, ofType);
      ofType.set(served.how, [...(ofType.get(served.how) ?? []), { process, served }]);
    }
  }
  return [...sayings].flatMap(([typeId, ofType]) => {
    const type = snapshot.types.get(typeId);
    if (type === undefined || type.row.retiredAt !== null) return [];
    return [...ofType].map(([how, said]) => entryOf(type, how, said, { processes, openedAt, snapshot }));
  });
}

type Surroundings = Pick<Evidence, "snapshot" | "openedAt"> & { readonly processes: readonly ProcessRow[] };

function entryOf(
  type: TypeSnapshot,
  how: Trouble,
  said: readonly Saying[],
  { processes, openedAt, snapshot }: Surroundings,
): Found {
  const { id, manager, name } = type.row;
  const code = codes[how];
  const where = placeOf(
    said.map(({ process }) => process),
    processes,
  );
  const itemIds = new Set(said.flatMap(({ served }) => served.itemId ?? []));
  const items = [...itemIds].flatMap((itemId) => snapshot.item(itemId) ?? []);
  const [item] = items.length === 1 ? items : [];
  const by = item ? itemLabel(item) : "another item";
  const subject = describeType(type.row);
  return {
    key: keyOf(code, id),
    code,
    gravity: gravityOf(how, type),
    type: { id, manager, name },
    ...(item && { item: { id: item.id, module: item.module, name: item.name, label: item.label } }),
    message: `${words[how](subject, by, type)}${inPlace(where)}`,
    fix: fixOf(how, type),
    since: earliest(
      said.map(({ served }) => served.since),
      openedAt,
    ),
    where,
  };
}

const codes = {
  none: "unserved",
  "last-resort": "last-resort",
  reserve: "on-reserve",
  "lower-choice": "lower-choice",
} as const satisfies Record<Trouble, AttentionCode>;

const hasItemsInUse = ({ items }: TypeSnapshot): boolean => items.some(isInUse);

function gravityOf(how: Trouble, type: TypeSnapshot): Gravity {
  // Where an operator has put nothing into use, nothing is meant to serve.
  if (how === "none") return hasItemsInUse(type) ? "critical" : "warning";
  if (how === "last-resort") return "critical";
  // An operator who holds the first choice wants another one to serve.
  return type.items.find(isInUse)?.hold ? "info" : "warning";
}

const words: Record<Trouble, (type: string, item: string, of: TypeSnapshot) => string> = {
  none: (type, _, of) => `nothing serves ${type}${hasItemsInUse(of) ? "" : ": it has no items in use"}`,
  "last-resort": (type, item) =>
    `${type} is on its last resort: nothing is well, and ${item} is used all the same`,
  reserve: (type, item) => `${type} is on its reserve: ${item} serves, and no active item can`,
  "lower-choice": (type, item) => `${type} is served by a lower choice: ${item}`,
};

function fixOf(how: Trouble, type: TypeSnapshot): string {
  const { manager, name } = type.row;
  const explain = `npx plugbay explain ${shellWord(`${manager}/${name}`)}`;
  if (how === "none" && !hasItemsInUse(type)) return `activate one of its items; see: ${explain}`;
  if (how === "none" || how === "last-resort")
    return `mend what keeps its items from serving, or activate another one; see: ${explain}`;
  return `mend what keeps the items before it from serving; see: ${explain}`;
}
