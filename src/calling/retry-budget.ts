import type { Outcome } from "../definition/policy.ts";

// In tenths of a token, which add up exactly.
const full = 100;
const half = full / 2;
const failure = 10;
const success = 1;

/**
 * Keeps the retries of a type from multiplying an outage. It has 10 tokens: each failed attempt spends one, each success
 * gives a tenth of one back, and with fewer than 5 there are no retries. One per type and process. Modelled on gRPC's
 * retry throttling: https://github.com/grpc/proposal/blob/master/A6-client-retries.md
 *
 * It is for its caller to ask it only before another attempt at an item that the call has tried already: neither
 * the first attempt nor one at an item that was not tried yet depends on it.
 */
export class RetryBudget {
  #tenths = full;

  /** Whether there may be a retry now. */
  get allows(): boolean {
    return this.#tenths >= half;
  }

  /** An attempt failed. What is wrong with the call itself is no sign of an outage, and costs nothing. */
  spend(outcome: Outcome): void {
    if (outcome === "rejected" || outcome === "unsuitable") return;
    this.#tenths = Math.max(0, this.#tenths - failure);
  }

  /** An attempt succeeded. */
  earn(): void {
    this.#tenths = Math.min(full, this.#tenths + success);
  }
}
