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
  /** Plugin types that were not there before. */
  readonly typesCreated: number;
  /** Plugin types that are left as they are. */
  readonly typesFound: number;
  /** Plugin types that are changed. */
  readonly typesUpdated: number;
  /** Plugin items that were not there before. */
  readonly itemsCreated: number;
  /** Plugin items that are left as they are. */
  readonly itemsFound: number;
  /** Plugin items that are changed. */
  readonly itemsUpdated: number;
  /** Plugin types that are retired. */
  readonly prunedTypes: number;
  /** Plugin items that are retired. */
  readonly prunedItems: number;
  /** The types and items that a prune left in use, because living processes have them in their code. */
  readonly heldBack: number;
}

/** One row's change, with the type it belongs to. */
export type SyncChange = RowChange & {
  /** The plugin type that the row is, or is an item of. */
  readonly type: TypeIdentity;
};

/** A process that serves from the rows, and what its code has. */
export type LivingProcess = Pick<ProcessRow, "id" | "host" | "pid" | "version" | "plugins">;

/** Names a process among others. */
export type HoldingProcess = Omit<LivingProcess, "plugins">;

/** A row that a prune leaves in use, as living processes have its type or plugin in their code. */
export type HeldBack = (
  | {
      /** Whether the row is a plugin type or a plugin item. */
      readonly entity: "type";
      /** The row that stays in use. */
      readonly row: TypeRow;
    }
  | {
      /** Whether the row is a plugin type or a plugin item. */
      readonly entity: "item";
      /** The row that stays in use. */
      readonly row: ItemRow;
    }
) & {
  /** The plugin type that the row is, or is an item of. */
  readonly type: TypeIdentity;
  /** The living processes that have it in their code. */
  readonly processes: readonly HoldingProcess[];
};

/** The changes that would bring the rows in line with the registry. Print it with `formatPlan`. */
export interface SyncPlan {
  /** The mode that it was made for. */
  readonly mode: SyncMode;
  /** Whether it retires what is no longer registered. */
  readonly prune: boolean;
  /** The revision of the rows that were compared. */
  readonly revision: number;
  /** The random id of that revision. */
  readonly revisionId: string;
  /** Each row that changes. */
  readonly changes: readonly SyncChange[];
  /** The same in numbers. */
  readonly counts: SyncCounts;
  /** What a prune would have retired, if no living process had it. The next prune after they are gone retires it. */
  readonly heldBack: readonly HeldBack[];
}
