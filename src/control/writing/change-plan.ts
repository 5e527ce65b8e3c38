import type { SyncChange } from "../../sync/sync-plan.ts";

/** What a call that changes items would change. */
export interface ChangePlan {
  /** Each item that would not stay as it is, as it is and as it would be. */
  readonly changes: readonly SyncChange[];
}
