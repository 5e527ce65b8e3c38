import type { TypeIdentity } from "../../definition/identity.ts";
import type { ItemName } from "./items.ts";

/** GET processes */
export interface ProcessList {
  readonly revision: number;
  readonly processes: readonly {
    readonly id: string;
    readonly host: string;
    readonly pid: number;
    readonly version: string;
    readonly state: string;
    readonly transport: string;
    readonly revision: number;
    readonly startedAt: string;
    readonly seenAt: string;
    /** Milliseconds since `seenAt`, whatever the clocks say. */
    readonly seenAgoMs: number;
    /** Whether it is the one that answers. */
    readonly isThis: boolean;
    /** Plugins with items in use that it does not have. */
    readonly misses: readonly (ItemName & { readonly type: TypeIdentity })[];
    readonly failures: readonly (ItemName & { readonly type: TypeIdentity; readonly message: string })[];
  }[];
}
