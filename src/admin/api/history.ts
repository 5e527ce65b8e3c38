import type { TypeIdentity } from "../../definition/identity.ts";
import type { JsonValue } from "../../definition/plugin-item.ts";
import type { Action, Source } from "../../store/change.ts";
import type { ItemName } from "./items.ts";

/** GET history, by query parameters. */
export interface HistoryFilterQuery {
  /** An item's or type's id. */
  readonly entity?: string;
  readonly type?: string;
  readonly actor?: string;
  readonly source?: Source;
  readonly since?: string;
  readonly until?: string;
  /** `<revision>-<position>` of the last entry of the page before. */
  readonly before?: string;
  /** Default 50, at most 500. */
  readonly limit?: number;
}

/** Answer to GET history: one page, the latest first. */
export interface HistoryList {
  readonly entries: readonly HistoryEntry[];
  /** `before` of the next page; null on the last one. */
  readonly next: string | null;
}

/**
 * One change of one item or type. POST history/:id/revert undoes it and answers with Changed; that is a 409 where the
 * fields were changed again since, or, of the code NOT_REVERTIBLE, where the history does not keep what is needed.
 */
export interface HistoryEntry {
  /** `<revision>-<position>` */
  readonly id: string;
  readonly revision: number;
  readonly entity: "type" | "item";
  readonly entityId: string;
  readonly typeId: string;
  /** As they are called now; null for what was purged. */
  readonly type: TypeIdentity | null;
  readonly item: ItemName | null;
  readonly action: Action;
  readonly actor: string | null;
  readonly source: Source;
  readonly before: Readonly<Record<string, JsonValue>> | null;
  readonly after: Readonly<Record<string, JsonValue>> | null;
  readonly at: string;
  /** Whether the caller may have it reverted: a change of an item's own fields that is not undone already. */
  readonly isRevertible: boolean;
  /** The secrets of the config that it replaced, and that a revert leaves as they are now. */
  readonly secretsKept: readonly string[];
}
