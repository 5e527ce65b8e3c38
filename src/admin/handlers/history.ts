import type { HistoryQuery } from "../../control/history/history-query.ts";
import { snapshotOf } from "../../open/facade.ts";
import { contract, type HistoryFilterQuery } from "../contract/contract.ts";
import { entryId, entryPlace, presentEntry } from "../present/entry.ts";
import { HttpProblem } from "../problems/http-problem.ts";
import { handler } from "./handler.ts";

export const listHistory = handler(
  contract.listHistory,
  async ({ query: { limit = 50, ...query }, control, plugbay }) => {
    const found = await control.history({ ...historyFilter(query), limit: limit + 1 });
    const entries = found.slice(0, limit);
    const last = found.length > limit ? entries.at(-1) : undefined;
    return {
      entries: entries.map((entry) => presentEntry(entry, control, snapshotOf(plugbay))),
      next: last ? entryId(last) : null,
    };
  },
);

export const planRevert = handler(contract.planRevert, async ({ params, control }) => {
  const { before, after, secretsKept } = await control.planRevert(entryPlace(params.entryId));
  return { before, after, secretsKept };
});

export const revertChange = handler(contract.revertChange, async ({ params, control, by }) => {
  return control.revert(entryPlace(params.entryId), by);
});

export function historyFilter({
  entity,
  type,
  since,
  until,
  before,
  actor,
  reason,
  source,
}: HistoryFilterQuery): HistoryQuery {
  return {
    entityId: entity,
    typeId: type,
    actor,
    reason,
    source,
    since: since === undefined ? undefined : instant("since", since),
    until: until === undefined ? undefined : instant("until", until),
    before: before === undefined ? undefined : entryPlace(before),
  };
}

/** In the form that the history has times in, for they are compared as text. */
export function instant(name: string, value: string): string {
  const ms = Date.parse(value);
  if (Number.isNaN(ms)) {
    const issues = [{ path: `/${name}`, message: "is not a time" }];
    throw new HttpProblem(400, "INVALID_INPUT", "the query is wrong", { issues });
  }
  return new Date(ms).toISOString();
}
