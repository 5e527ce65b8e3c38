/** A call, as the model knows it: when it began, among all that happened. */
export interface ModelCall {
  readonly began: number;
  readonly isProbe: boolean;
}

export type ModelOutcome =
  | "success"
  | "failure"
  | "rejected"
  | "unauthorized"
  | "aborted"
  | { readonly exhausted: number };

/**
 * What a circuit is, said naively: no timers, no tickets. It notes when everything happened, and answers by the time
 * that it is asked at.
 */
export class CircuitModel {
  readonly #policy: { readonly failures: number; readonly coolingMs: number; readonly maxCoolingMs: number };
  #moment = 0;
  #failures = 0;
  #isOpen = false;
  #cooling = 0;
  #pauseEnds = 0;
  #closedAt = 0;
  #probe: ModelCall | undefined;
  #lastOpening = 0;
  #lastRelease = 0;
  #exhaustedUntil = 0;
  #isUnauthorized = false;

  constructor(policy: { failures: number; coolingMs: number; maxCoolingMs: number }) {
    this.#policy = policy;
  }

  isHalfOpen(now: number): boolean {
    return this.#isOpen && now >= this.#pauseEnds;
  }

  aside(now: number): { readonly reason: string; readonly until: number | undefined } | undefined {
    if (this.#isUnauthorized) return { reason: "unauthorized", until: undefined };
    const circuit = this.#isOpen ? this.#pauseEnds : 0;
    const until = Math.max(circuit, this.#exhaustedUntil);
    if (until <= now) return undefined;
    return { reason: circuit === until ? "circuit" : "exhausted", until };
  }

  begin(now: number): ModelCall {
    this.#moment += 1;
    const call = { began: this.#moment, isProbe: this.isHalfOpen(now) };
    if (call.isProbe) {
      this.#probe = call;
      this.#pauseEnds = now + this.#cooling;
    }
    return call;
  }

  /** A call that asks for no probe. */
  beginBeside(): ModelCall {
    this.#moment += 1;
    return { began: this.#moment, isProbe: false };
  }

  end(call: ModelCall, outcome: ModelOutcome, now: number): void {
    this.#moment += 1;
    if (call.began < this.#lastRelease && outcome !== "aborted") return;
    const isProbe = call === this.#probe && this.#isOpen && !this.isHalfOpen(now);
    if (outcome === "success") {
      if (call.began > this.#lastOpening) this.#close(now);
    } else if (outcome === "failure") {
      if (call.began > this.#lastOpening) this.#fail(isProbe, now);
    } else {
      if (outcome === "unauthorized") this.#isUnauthorized = true;
      if (typeof outcome === "object") {
        this.#exhaustedUntil = Math.max(this.#exhaustedUntil, now + outcome.exhausted);
      }
      if (isProbe) {
        this.#probe = undefined;
        this.#pauseEnds = now;
      }
    }
  }

  /** A health check passed: unless a call is out to try it, the next one may. */
  check(now: number): void {
    if (this.#isOpen && this.#probe === undefined) this.#pauseEnds = Math.min(this.#pauseEnds, now);
  }

  release(now: number): void {
    this.#moment += 1;
    this.#lastRelease = this.#moment;
    this.#isUnauthorized = false;
    this.#exhaustedUntil = 0;
    this.#cooling = 0;
    this.#failures = 0;
    this.#isOpen = false;
    this.#closedAt = now;
    this.#probe = undefined;
  }

  #close(now: number): void {
    this.#failures = 0;
    this.#probe = undefined;
    if (this.#isOpen) this.#closedAt = now;
    this.#isOpen = false;
  }

  #fail(isProbe: boolean, now: number): void {
    if (isProbe) {
      this.#open(this.#cooling * 2, now);
      return;
    }
    if (this.#isOpen) return;
    this.#failures += 1;
    if (this.#failures < this.#policy.failures) return;
    let cooling = this.#cooling;
    let healthy = now - this.#closedAt;
    while (cooling > this.#policy.coolingMs && healthy >= 10 * cooling) {
      healthy -= 10 * cooling;
      cooling /= 2;
    }
    this.#open(cooling, now);
  }

  #open(cooling: number, now: number): void {
    const { coolingMs, maxCoolingMs } = this.#policy;
    this.#cooling = Math.min(Math.max(cooling, coolingMs), maxCoolingMs);
    this.#moment += 1;
    this.#lastOpening = this.#moment;
    this.#isOpen = true;
    this.#probe = undefined;
    this.#pauseEnds = now + this.#cooling;
  }
}
