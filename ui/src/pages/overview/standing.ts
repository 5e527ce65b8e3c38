import type { AttentionList, TypeInfo } from "../../../../src/admin/contract/contract.ts";

export type Entry = AttentionList["entries"][number];

/** How all types and processes stand, as one sentence says it. */
export interface Standing {
  /** How many things need attention. */
  readonly count: number;
  /** Of the gravest of them; undefined where there are none. */
  readonly gravity: Entry["gravity"] | undefined;
  /** How many types are not served by their first choice in all processes. */
  readonly notFirst: number;
  /** In how many processes types are served; 0 where none has said so. */
  readonly processes: number;
  /** How many types no process speaks of. */
  readonly notCounted: number;
}

export function standingOf(entries: readonly Entry[], types: readonly TypeInfo[]): Standing {
  const counted = types.filter(({ servingNow }) => servingNow.processes > 0);
  // The two come by answers of their own, of which either may be the newer one.
  const others = new Set(counted.filter((type) => !isServedByFirstChoice(type)).map(({ id }) => id));
  for (const { code, type } of entries) if (type && notFirstChoice.has(code)) others.add(type.id);
  return {
    count: entries.length,
    gravity: entries[0]?.gravity,
    notFirst: others.size,
    processes: Math.max(0, ...counted.map(({ servingNow }) => servingNow.processes)),
    notCounted: types.length - counted.length,
  };
}

/** The codes of entries that say of a type that its first choice does not serve. */
const notFirstChoice: ReadonlySet<string> = new Set([
  "unserved",
  "last-resort",
  "on-reserve",
  "lower-choice",
]);

const isServedByFirstChoice = ({ servingNow: { by } }: TypeInfo): boolean =>
  by.every(({ how }) => how === "first-choice");
