import type { TypeIdentity } from "../definition/identity.ts";
import type { RowChange } from "../store/change.ts";
import type { ProcessRow } from "../store/process-row.ts";
import type { ItemRow, TypeRow } from "../store/rows.ts";

/**
 * `create` adds what is new and leaves existing rows as they are; `update` also refreshes description
 * and priority from code. Neither touches a status.
 */
export type SyncMode = "create" | "update";

/** How rows are brought in line with the registry. */
export interface SyncOptions {
  /** Default `create`. */
  readonly mode?: SyncMode | undefined;
  /**
   * Whether rows whose type or plugin is no longer registered are retired: here, and in the code of every living
   * process that says what it has. Default false.
   */
  readonly prune?: boolean | undefined;
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
  /** The types and items that a prune left in use, because living processes have them in their code. */
  readonly heldBack: number;
}

/** One row's change, with the type it belongs to. */
export type SyncChange = RowChange & { readonly type: TypeIdentity };

/** A process that serves from the rows, and what its code has. */
export type LivingProcess = Pick<ProcessRow, "id" | "host" | "pid" | "version" | "plugins">;

/** Names a process among others. */
export type HoldingProcess = Omit<LivingProcess, "plugins">;

/** A row that a prune leaves in use, as living processes have its type or plugin in their code. */
export type HeldBack = (
  | { readonly entity: "type"; readonly row: TypeRow }
  | { readonly entity: "item"; readonly row: ItemRow }
) & { readonly type: TypeIdentity; readonly processes: readonly HoldingProcess[] };

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
  /** What a prune would have retired, if no living process had it. The next prune after they are gone retires it. */
  readonly heldBack: readonly HeldBack[];
}
