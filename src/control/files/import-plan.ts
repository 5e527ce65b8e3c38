import type { PluginItem } from "../../definition/plugin-item.ts";
import type { SyncChange } from "../../sync/sync-plan.ts";

export interface ImportCounts {
  readonly itemsCreated: number;
  readonly itemsUpdated: number;
  readonly itemsFound: number;
  readonly itemsRetired: number;
}

/** What an import changes, or has changed. Print it with `formatImport`. */
export interface ImportPlan {
  /** The revision of the rows that were compared. */
  readonly revision: number;
  /** The random id of that revision. */
  readonly revisionId: string;
  readonly changes: readonly SyncChange[];
  readonly counts: ImportCounts;
  /** Items in use that a file manages and this one does not hold. */
  readonly unlisted: readonly PluginItem[];
}
