import type { Readiness as ProcessReadiness } from "../../selection/readiness.ts";

/** What the process that answers found about an item. */
export interface ReadinessInfo {
  readonly kind: ProcessReadiness["kind"];
  /** Why it failed, or what its last call failed with. Tells no secret. */
  readonly error?: string;
  /** Why a cooling one gets no calls. */
  readonly reason?: "circuit" | "unauthorized" | "exhausted";
  /** How many calls of a cooling one failed in a row, and when the last did. */
  readonly failures?: { readonly count: number; readonly at: string };
  /** When a failed item is tried again, or a cooling or held one is used again; a held one may have no such time. */
  readonly until?: string;
}
