import type { Rows } from "../store/rows.ts";
import { differences } from "./differences.ts";
import { type Snapshot, type Successor, succeed } from "./snapshot.ts";

/**
 * The snapshot after all rows were read. What they say as before is shared with the snapshot before, down to each item,
 * and only the rest is listed as changed.
 */
export function succeedFull(before: Snapshot, rows: Rows): Successor {
  return succeed(before, differences(before, rows) ?? { ...rows, types: [], items: [], purged: [] });
}
