import type { PluginItem } from "../../definition/plugin-item.ts";
import type { SyncChange } from "../../sync/sync-plan.ts";

/** What an import does, or did, in numbers. */
export interface ImportCounts {
  /** Items that were not there before. */
  readonly itemsCreated: number;
  /** Items that are changed. */
  readonly itemsUpdated: number;
  /** Items that are as the document has them already. */
  readonly itemsFound: number;
  /** Items that are retired, by `prune`. */
  readonly itemsRetired: number;
}

/** What an import changes, or has changed. Print it with `formatImport`. */
export interface ImportPlan {
  /** The revision of the rows that were compared. */
  readonly revision: number;
  /** The random id of that revision. */
  readonly revisionId: string;
  /** Each row that changes. */
  readonly changes: readonly SyncChange[];
  /** The same in numbers. */
  readonly counts: ImportCounts;
  /** Items in use that a file manages and this one does not hold. */
  readonly unlisted: readonly PluginItem[];
}
