import { findItem } from "../../control/item-of.ts";
import { snapshotOf } from "../../open/facade.ts";
import type { Snapshot } from "../../selection/snapshot.ts";
import { contract, type ProcessList } from "../contract/contract.ts";
import { presentFullName } from "../present/item.ts";
import { handler } from "./handler.ts";

export const listProcesses = handler(contract.listProcesses, async ({ control, plugbay }) => {
  const processes = await control.processes();
  return {
    revision: snapshotOf(plugbay).revision,
    processes: processes.map((process) => {
      const { id, host, pid, version, state, transport, revision } = process;
      const { startedAt, seenAt, seenAgoMs } = process;
      return {
        ...{ id, host, pid, version, state, transport, revision, startedAt, seenAt, seenAgoMs },
        isThis: id === plugbay.processId,
        misses: control.missesOf(process).map(presentFullName),
        failures: presentFailures(process.failures, snapshotOf(plugbay)),
      };
    }),
  };
});

type Failures = ProcessList["processes"][number]["failures"];

/** Without those of items that are gone. */
function presentFailures(
  failures: readonly { readonly itemId: string; readonly message: string }[],
  snapshot: Snapshot,
): Failures {
  return failures.flatMap(({ itemId, message }) => {
    const found = findItem(snapshot, itemId);
    return found ? [{ ...presentFullName(found.item), message }] : [];
  });
}
