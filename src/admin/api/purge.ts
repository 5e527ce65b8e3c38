import type { TypeIdentity } from "../../definition/identity.ts";
import type { ItemName } from "./items.ts";

/** POST items/purge/plan and items/purge: retired items, for good. The first writes nothing; both answer with PurgeResult. */
export interface PurgeRequest {
  readonly ids: readonly string[];
}

/** What is, or would be, purged. */
export interface PurgeResult {
  readonly items: readonly (ItemName & { readonly type: TypeIdentity })[];
  readonly types: readonly TypeIdentity[];
  /** How many entries of the history speak of them; they stay. */
  readonly historyEntries: number;
}
