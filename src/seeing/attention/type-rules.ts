import { shellWord } from "../../definition/shell-word.ts";
import { isInUse } from "../../selection/retirement.ts";
import type { TypeSnapshot } from "../../selection/snapshot.ts";
import type { ProcessRow, ServedType } from "../../store/process-row.ts";
import type { AttentionCode, AttentionMend, Facts, Gravity } from "./attention-entry.ts";
import type { Evidence } from "./evidence.ts";
import { earliest, keyOf, placeOf } from "./place.ts";

type Trouble = Exclude<ServedType["how"], "first-choice">;

interface Saying {
  readonly process: ProcessRow;
  readonly served: ServedType;
}

/** What serves types worse than their order alone would have it. */
export function typeEntries({ snapshot, openedAt }: Evidence, processes: readonly ProcessRow[]): Facts[] {
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
): Facts {
  const { id, manager, name } = type.row;
  const code = codes[how];
  const where = placeOf(
    said.map(({ process }) => process),
    processes,
  );
  const itemIds = new Set(said.flatMap(({ served }) => served.itemId ?? []));
  const items = [...itemIds].flatMap((itemId) => snapshot.item(itemId) ?? []);
  const [item] = items.length === 1 ? items : [];
  return {
    key: keyOf(code, id),
    code,
    gravity: gravityOf(how, type),
    type: { id, manager, name },
    ...(item && { item: { id: item.id, module: item.module, name: item.name, label: item.label } }),
    details: {},
    mend: mendOf(how, type),
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

function mendOf(how: Trouble, type: TypeSnapshot): AttentionMend {
  const { manager, name } = type.row;
  const command = `npx plugbay explain ${shellWord(`${manager}/${name}`)}`;
  if (how === "none" && !hasItemsInUse(type)) return { code: "activate-item", command };
  return { code: how === "none" || how === "last-resort" ? "mend-or-activate" : "mend-before", command };
}
