import type { Readiness as ProcessReadiness } from "../../selection/readiness.ts";

/** What the process that answers found about an item. */
export interface ReadinessInfo {
  readonly kind: ProcessReadiness["kind"];
  readonly error?: string;
  /** When a failed item is tried again, or a cooling one is used again. */
  readonly until?: string;
}
