import type { HistoryFilter } from "../../store/read-history.ts";

/** Which entries of the history are asked for. */
export interface HistoryQuery extends Partial<Omit<HistoryFilter, "limit">> {
  /** Entries, at most 1,000. Default 100. */
  readonly limit?: number | undefined;
}
