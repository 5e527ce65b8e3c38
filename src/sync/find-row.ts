import type { PairMap } from "../definition/pair-map.ts";

/** The row under the current identity, else under a former one. */
export function findRow<Row>(
  rows: PairMap<Row>,
  [first, second]: readonly [string, string],
  aliases: readonly (readonly [string, string])[],
): Row | undefined {
  const current = rows.get(first, second);
  if (current !== undefined) return current;
  for (const alias of aliases) {
    const former = rows.get(...alias);
    if (former !== undefined) return former;
  }
  return undefined;
}
