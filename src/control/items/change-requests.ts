import type { Status } from "../../definition/status.ts";
import type { Versions } from "../writing/changed.ts";
import type { ItemPatch } from "./check-patch.ts";

/** What an item is to become. */
export interface ItemUpdate extends ItemPatch {
  /** The id of the item. */
  readonly id: string;
  /** The version that the caller read; a change made meanwhile by somebody else is then not overwritten. */
  readonly version?: number | undefined;
}

/** What `reorder` does besides, and what it depends on. */
export interface OrderOptions {
  /** What the items become; without it they keep what they have. */
  readonly status?: Status | undefined;
  /** The type that they must be of. Default: any, but all of one. */
  readonly typeId?: string | undefined;
  /** The versions that the caller read, by id. Default: none; the order is made of whatever is there. */
  readonly versions?: Versions | undefined;
}
