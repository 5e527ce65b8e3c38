import { snapshotOf } from "../../open/facade.ts";
import { contract } from "../contract/contract.ts";
import { presentPurge } from "../present/purge.ts";
import { handler } from "./handler.ts";

export const planPurge = handler(contract.planPurge, async ({ body: { ids }, control, plugbay }) => {
  const plan = await control.planPurge({ ids });
  return presentPurge(plan, await control.countHistory(idsOf(plan)), snapshotOf(plugbay));
});

export const purge = handler(contract.purge, async ({ body: { ids }, control, by, plugbay }) => {
  const snapshot = snapshotOf(plugbay);
  const plan = await control.purge({ ...by, ids });
  const purged = idsOf(plan);
  // What is deleted is no failure, though nothing can be read any more: the history has at least this of each.
  const entries = await control.countHistory(purged).catch(() => purged.length);
  return presentPurge(plan, entries, snapshot);
});

const idsOf = ({ items, types }: { items: readonly { id: string }[]; types: readonly { id: string }[] }) =>
  [...items, ...types].map(({ id }) => id);
