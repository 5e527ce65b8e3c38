import type { OptionNames } from "../../definition/known-options.ts";
import type { HistoryFilter } from "../../store/read-history.ts";

/** What entries of the history, and change sets, are asked for by. */
export const historyQueryNames: OptionNames<HistoryQuery> = {
  entityId: true,
  typeId: true,
  actor: true,
  reason: true,
  source: true,
  since: true,
  until: true,
  before: true,
  limit: true,
};

/** Which entries of the history are asked for. */
export interface HistoryQuery extends Partial<Omit<HistoryFilter, "limit">> {
  /** Entries, at most 1,000. Default 100. */
  readonly limit?: number | undefined;
}
