import type { TypeIdentity } from "../../definition/identity.ts";
import type { JsonValue } from "../../definition/plugin-item.ts";
import type { Status } from "../../definition/status.ts";
import type { ExplainedItem, ItemName } from "./items.ts";
import type { ReadinessInfo } from "./readiness.ts";

/** A plugin type with its numbers, as lists show it. */
export interface TypeInfo extends TypeIdentity {
  readonly id: string;
  readonly description: string;
  /** Whether this process has it in its code. */
  readonly isRegistered: boolean;
  /** Whether a selector decides, which may take arguments. */
  readonly hasSelector: boolean;
  /** Whether the caller may change its items. */
  readonly mayWrite: boolean;
  /** How many items it has in each status, retired ones apart. */
  readonly counts: Readonly<Record<Status | "retired", number>>;
  /** How many of its active and reserved items are ready, and so on. */
  readonly health: Readonly<Record<ReadinessInfo["kind"], number>>;
  /** The item that serves now; null where none does, or where that depends on a selector's arguments. */
  readonly serving: ItemName | null;
}

/** GET types */
export interface TypeList {
  readonly types: readonly TypeInfo[];
}

/** GET types/:typeId: the items in the order of selection, retired ones last. */
export interface TypeDetail extends TypeInfo {
  readonly items: readonly ExplainedItem[];
  /** Why nothing could be selected, where the selector threw. */
  readonly selectorError?: string;
}

/** POST types/:typeId/explain, with a selector's arguments. Answers with TypeDetail. */
export interface ExplainRequest {
  readonly args: readonly JsonValue[];
}

/** PUT types/:typeId/order: the ids of one lane in their new order. Answers with Changed. */
export interface OrderRequest {
  readonly ids: readonly string[];
  /** Where the items are moved to. */
  readonly status: Status;
  /** The versions that the caller has seen, by id; a stale one is a 409. */
  readonly versions?: Readonly<Record<string, number>>;
}
