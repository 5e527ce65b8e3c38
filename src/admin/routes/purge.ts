import { snapshotOf } from "../../open/facade.ts";
import { presentPurge } from "../present/purge.ts";
import { purgeRequest } from "../schemas/inputs.ts";
import { route } from "./route.ts";

export const planPurge = route({
  method: "POST",
  path: "/items/purge/plan",
  summary: "What a purge of these retired items would delete; deletes nothing",
  body: purgeRequest,
  answer: "PurgeResult",
  async handle({ body: { ids }, control, plugbay }) {
    const plan = await control.planPurge({ ids });
    return presentPurge(plan, await control.countHistory(idsOf(plan)), snapshotOf(plugbay));
  },
});

export const purge = route({
  method: "POST",
  path: "/items/purge",
  summary: "Deletes retired items for good; their history stays",
  writes: true,
  body: purgeRequest,
  answer: "PurgeResult",
  async handle({ body: { ids }, control, by, plugbay }) {
    const snapshot = snapshotOf(plugbay);
    const plan = await control.purge({ ...by, ids });
    const purged = idsOf(plan);
    // What is deleted is no failure, though nothing can be read any more: the history has at least this of each.
    const entries = await control.countHistory(purged).catch(() => purged.length);
    return presentPurge(plan, entries, snapshot);
  },
});

const idsOf = ({ items, types }: { items: readonly { id: string }[]; types: readonly { id: string }[] }) =>
  [...items, ...types].map(({ id }) => id);
