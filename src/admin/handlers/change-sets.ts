import type { Control } from "../../control/control.ts";
import type { ChangeSet } from "../../control/history/change-sets.ts";
import { snapshotOf } from "../../open/facade.ts";
import type { Snapshot } from "../../selection/snapshot.ts";
import { type ChangeSetInfo, contract } from "../contract/contract.ts";
import { presentEntry } from "../present/entry.ts";
import { presentName } from "../present/item.ts";
import { handler } from "./handler.ts";
import { historyFilter } from "./history.ts";

/** How many items a plan shows. */
const mostPlanned = 100;

export const listChangeSets = handler(
  contract.listChangeSets,
  async ({ query: { limit = 50, before, ...query }, control, plugbay }) => {
    const { before: _, ...filter } = historyFilter(query);
    const found = await control.changeSets({ ...filter, before, limit: limit + 1 });
    const sets = found.slice(0, limit);
    const changes = sets.map((set) => presentChangeSet(set, control, snapshotOf(plugbay)));
    return { changes, next: found.length > limit ? (sets.at(-1)?.revision ?? null) : null };
  },
);

export const getChangeSet = handler(contract.getChangeSet, async ({ params, control, plugbay }) => {
  return presentChangeSet(await control.changeSet(Number(params.revision)), control, snapshotOf(plugbay));
});

export const planRevertAll = handler(contract.planRevertAll, async ({ params, control, plugbay }) => {
  const { items } = await control.planRevertAll(Number(params.revision));
  const snapshot = snapshotOf(plugbay);
  const planned = items.slice(0, mostPlanned).map((plan) => {
    const item = snapshot.item(plan.entityId);
    const named = { typeId: item?.typeId ?? null, item: item ? presentName(item) : null };
    return { ...plan, ...named, secretsKept: [...plan.secretsKept] };
  });
  return { total: items.length, items: planned };
});

export const revertAll = handler(contract.revertAll, async ({ params, control, by }) => {
  return control.revertAll(Number(params.revision), by);
});

const presentChangeSet = (set: ChangeSet, control: Control, snapshot: Snapshot): ChangeSetInfo => ({
  ...set,
  entries: set.entries.map((entry) => presentEntry(entry, control, snapshot)),
});
