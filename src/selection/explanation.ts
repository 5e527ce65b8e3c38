import type { PluginItem } from "../definition/plugin-item.ts";
import type { Readiness } from "./readiness.ts";

/**
 * Why an item is, or is not, the one that serves: it is `selected`; it is ready but stands behind the
 * selected one (`lower-priority`, `reserve`); an operator took it out (`disabled`, `retired`, `held`), or a
 * sync did and this code does not have its plugin either (`retired`); or this
 * process cannot use it, or not yet (`missing`, `making`, `failed`, `cooling`).
 */
export type Reason =
  | "selected"
  | "lower-priority"
  | "reserve"
  | "disabled"
  | "retired"
  | "missing"
  | "making"
  | "failed"
  | "cooling"
  | "held";

/** An item, with the reason why it is or is not the one that serves. */
export interface ItemExplanation {
  /** The item. */
  readonly item: PluginItem;
  /** Why it serves, or why it does not. */
  readonly reason: Reason;
  /** What this process found about it. */
  readonly readiness: Readiness;
  /** What went wrong, where the reason is `failed`. */
  readonly error?: Error;
}
