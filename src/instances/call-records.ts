import type { Outcome, ResolvedCircuitPolicy } from "../definition/policy.ts";
import type { Clock } from "../time/clock.ts";
import type { Circuit } from "./circuit.ts";
import type { Slot } from "./slot.ts";
import type { SlotCircuits } from "./slot-circuits.ts";

export interface CallRecordsOptions {
  readonly clock: Clock;
  /** Whether a slot serves now: what becomes of calls of another is of no interest. */
  readonly isServing: (slot: Slot) => boolean;
  readonly circuits: SlotCircuits;
}

/** Notes what becomes of calls, for the instance that each of them used. */
export class CallRecords {
  readonly #options: CallRecordsOptions;

  constructor(options: CallRecordsOptions) {
    this.#options = options;
  }

  /**
   * @param ticket says when the call began
   * @param error what it failed with, without secrets
   */
  add(
    slot: Slot,
    outcome: "success" | Outcome,
    ticket: number,
    policy: ResolvedCircuitPolicy | false,
    error: unknown,
  ): void {
    if (!concerns(outcome, policy, slot.circuit) || !this.#options.isServing(slot)) return;
    const { clock, circuits } = this.#options;
    const circuit = circuits.of(slot);
    if (outcome === "success") {
      if (circuit.heedsSuccess(ticket)) slot.failures = undefined;
    } else if (outcome !== "unsuitable" && outcome !== "rejected")
      slot.failures = { count: (slot.failures?.count ?? 0) + 1, error, at: clock.now() };
    circuit.record(outcome, ticket, policy);
  }
}

/** Whether an outcome means anything for an item: without a circuit there is nothing that a success could close. */
function concerns(
  outcome: "success" | Outcome,
  policy: ResolvedCircuitPolicy | false,
  circuit: Circuit | undefined,
): boolean {
  if (circuit) return true;
  if (outcome === "retryable" || outcome === "ambiguous") return policy !== false;
  return outcome === "unauthorized" || typeof outcome === "object";
}
