import type { Registry } from "../../registry/registry.ts";
import { localRows } from "../../selection/local-rows.ts";
import { emptySnapshot } from "../../selection/snapshot.ts";
import { describeFault } from "../../store/row-fault.ts";
import type { Rows } from "../../store/rows.ts";
import type { Store } from "../../store/store.ts";
import { type Finding, problem, warning } from "./finding.ts";

/** How far back the history is looked at. */
const entriesRead = 1_000;

/** The rows that were edited by hand into something that nobody can use, after all others were read. */
export async function checkFaults(store: Store, rows: Rows, registry: Registry): Promise<Finding[]> {
  await store.history({ limit: entriesRead });
  await store.findUnreadableEntries();
  store.faults.noteCollisions(localRows(rows, registry, emptySnapshot).collisions);
  return store.faults.all.map((fault) =>
    fault.isGrave ? problem(describeFault(fault), fault.fix) : warning(describeFault(fault), fault.fix),
  );
}
