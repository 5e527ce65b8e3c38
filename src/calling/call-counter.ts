import type { PluginItem } from "../definition/plugin-item.ts";
import type { Outcome } from "../definition/policy.ts";
import type { Attempt } from "./attempt.ts";

/** Counts calls. It is on the way of every call: it neither waits nor throws. */
export interface CallCounter {
  /** An attempt is over, and nobody aborted it. */
  attempted(attempt: Attempt, outcome: "success" | Outcome): void;
  /** A call has succeeded by another item after an attempt at this one had failed: told for each such attempt. */
  rescued(item: PluginItem): void;
}
