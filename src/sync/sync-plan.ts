import type { TypeIdentity } from "../definition/identity.ts";
import type { RowChange } from "../store/change.ts";

/**
 * `create` adds what is new and leaves existing rows as they are; `update` also refreshes description
 * and priority from code. Neither touches a status.
 */
export type SyncMode = "create" | "update";

export interface SyncOptions {
  /** Default `create`. */
  readonly mode?: SyncMode;
  /** Whether rows whose type or plugin is no longer registered are retired. Default false. */
  readonly prune?: boolean;
}

/** What a sync does, or did, in numbers: each registered type and plugin item is created, found or updated. */
export interface SyncCounts {
  readonly typesCreated: number;
  readonly typesFound: number;
  readonly typesUpdated: number;
  readonly itemsCreated: number;
  readonly itemsFound: number;
  readonly itemsUpdated: number;
  readonly prunedTypes: number;
  readonly prunedItems: number;
}

/** One row's change, with the type it belongs to. */
export type SyncChange = RowChange & { readonly type: TypeIdentity };

/** The changes that would bring the rows in line with the registry. Print it with `formatPlan`. */
export interface SyncPlan {
  readonly mode: SyncMode;
  readonly prune: boolean;
  /** The revision of the rows that were compared. */
  readonly revision: number;
  /** The random id of that revision. */
  readonly revisionId: string;
  readonly changes: readonly SyncChange[];
  readonly counts: SyncCounts;
}
