import { hostname } from "node:os";
import { findItem } from "../../control/item-of.ts";
import type { State } from "../../following/state.ts";
import { snapshotOf } from "../../open/facade.ts";
import type { Snapshot } from "../../selection/snapshot.ts";
import type { ReportedTrouble } from "../../store/process-row.ts";
import { contract, type ProcessList } from "../contract/contract.ts";
import { presentFullName } from "../present/item.ts";
import { handler } from "./handler.ts";

export const listProcesses = handler(contract.listProcesses, async ({ control, plugbay }) => {
  const processes = await control.processes();
  const { state } = plugbay;
  const isCounted = processes.some(({ id }) => id === plugbay.processId);
  return {
    panel: isCounted || state.kind === "closed" ? null : presentPanel(state),
    revision: snapshotOf(plugbay).revision,
    processes: processes.map((process) => {
      const { id, host, pid, version, state, transport, revision } = process;
      const { startedAt, seenAt, seenAgoMs } = process;
      return {
        ...{ id, host, pid, version, state, transport, revision, startedAt, seenAt, seenAgoMs },
        isThis: id === plugbay.processId,
        misses: control.missesOf(process).map(presentFullName),
        troubles: presentTroubles(process.troubles, snapshotOf(plugbay)),
      };
    }),
  };
});

export const getInForce = handler(contract.getInForce, async ({ query: { revision }, control }) =>
  control.inForce(revision),
);

const presentPanel = ({ kind, transport, revision }: Exclude<State, { readonly kind: "closed" }>) => ({
  ...{ host: hostname(), pid: process.pid },
  ...{ state: kind, transport, revision },
});

type Troubles = ProcessList["processes"][number]["troubles"];

/** Without those of items that are gone. */
function presentTroubles(troubles: readonly ReportedTrouble[], snapshot: Snapshot): Troubles {
  return troubles.flatMap(({ itemId, state, since, message, until }) => {
    const found = findItem(snapshot, itemId);
    return found ? [{ ...presentFullName(found.item), state, since, message, until }] : [];
  });
}
