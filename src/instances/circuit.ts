import type { Outcome, ResolvedCircuitPolicy } from "../definition/policy.ts";
import type { Clock } from "../time/clock.ts";
import { type Aside, type CircuitState, later, type Moment } from "./circuit-state.ts";

/** After how many cooling times without an opening the next cooling is half as long. */
const healthyTimes = 10;

/** As `CircuitState`; `since` and moments are measured by `Clock.monotonic`. */
type Phase =
  | { readonly kind: "closed"; readonly since: number }
  | { readonly kind: "open"; readonly until: Moment }
  | { readonly kind: "half-open" }
  | { readonly kind: "probing"; readonly until: Moment; readonly ticket: number | undefined };

/**
 * Knows whether an instance is to be left alone, why, and until when: because calls of it fail, because its credentials
 * were refused, or because its provider said when to come again. Made when the first call of it fails; those that had
 * begun before have the ticket 0.
 */
export class Circuit {
  readonly #clock: Clock;
  readonly #onChange: () => void;
  #phase: Phase;
  #failures = 0;
  #coolingMs = 0;
  #isUnauthorized = false;
  #exhausted: Moment | undefined;
  #aside: Aside | undefined;
  /** Raised at each opening, probe and release. */
  #turn = 0;
  /** When the last opening or release was, in epoch milliseconds. */
  #turnedAt = Number.NEGATIVE_INFINITY;
  /** The turn of the last opening. */
  #opened = 0;
  /** The turn of the last release. */
  #released = 0;
  #timer: { readonly at: number; readonly cancel: () => void } | undefined;
  #isEnded = false;

  /** @param onChange is called after `aside` has changed */
  constructor(clock: Clock, onChange: () => void) {
    this.#clock = clock;
    this.#onChange = onChange;
    this.#phase = { kind: "closed", since: clock.monotonic() };
  }

  /** Why it gets no calls now; undefined where it gets some, or where one may try it. The same object while it holds. */
  get aside(): Aside | undefined {
    return this.#aside;
  }

  /** Whether a call of it has to claim the probe first. */
  get isHalfOpen(): boolean {
    return this.#phase.kind === "half-open";
  }

  /** Its circuit alone, as other processes may take it over. */
  get state(): CircuitState {
    const { kind } = this.#phase;
    const coolingMs = this.#coolingMs;
    if (kind === "closed") return { kind };
    return kind === "half-open" ? { kind, coolingMs } : { kind, until: this.#phase.until.until, coolingMs };
  }

  /** What a call takes along that begins now and is no probe, so that its outcome counts for what it can tell. */
  ticket(): number {
    return this.#turn;
  }

  /**
   * The ticket of a call whose outcome is told long after, by the time that it began at, in epoch milliseconds. The
   * clock is that of the process that made the call.
   */
  ticketOf(began: number): number {
    return began > this.#turnedAt ? this.#turn : 0;
  }

  /** The ticket of the probe, for the first call that asks while the circuit is half open; undefined for all others. */
  claimProbe(): number | undefined {
    if (!this.isHalfOpen) return undefined;
    const ticket = this.#turn + 1;
    // Calls that are no probe have other tickets.
    this.#turn += 2;
    this.#phase = { kind: "probing", until: this.#in(this.#coolingMs), ticket };
    this.#update();
    return ticket;
  }

  /** Gives the probe back, untried: its caller gave up. Nothing for any other call. */
  returnProbe(ticket: number): void {
    if (this.#isProbe(ticket)) this.#enter({ kind: "half-open" });
  }

  /** Whether a success of that call says anything of what may be broken now. */
  heedsSuccess(ticket: number): boolean {
    return ticket >= Math.max(this.#opened, this.#released);
  }

  /**
   * Notes how a call went. A success of a call that began before the last opening says nothing of what is broken now,
   * and its failure is counted already by what opened it. What began before a release says nothing at all.
   */
  record(outcome: "success" | Outcome, ticket: number, policy: ResolvedCircuitPolicy | false): void {
    if (ticket < this.#released || this.#isEnded) return;
    switch (outcome) {
      case "success":
        if (this.heedsSuccess(ticket)) this.#succeeded();
        return;
      case "retryable":
      case "ambiguous":
        if (ticket >= this.#opened) this.#failed(ticket, policy);
        return;
      case "unauthorized":
        this.#isUnauthorized = true;
        break;
      case "unsuitable":
      case "rejected":
        break;
      default:
        if (outcome.exhausted > 0) this.#exhausted = later(this.#exhausted, this.#in(outcome.exhausted));
    }
    this.returnProbe(ticket);
    this.#update();
  }

  /** A health check passed: the probe may go out now. */
  letProbe(): void {
    if (this.#phase.kind === "open") this.#enter({ kind: "half-open" });
  }

  /** An operator wants it to be used again, whatever was wrong. */
  release(): void {
    this.#released = this.#nextTurn();
    this.#isUnauthorized = false;
    this.#exhausted = undefined;
    this.#coolingMs = 0;
    this.#close();
  }

  /** Takes over what another process found. Of two openings the later end holds. */
  adopt(state: CircuitState): void {
    const phase = this.#phase;
    if (state.kind === "closed") {
      if (phase.kind !== "closed") this.#close();
      return;
    }
    if (state.kind === "open" && phase.kind === "open" && phase.until.until >= state.until) return;
    if (state.kind === "open" || phase.kind === "closed") this.#noteOpening();
    this.#coolingMs = state.coolingMs;
    this.#enter(state.kind === "half-open" ? state : this.#elsewhere(state));
  }

  /** Ends it: it does not change any more. */
  close(): void {
    this.#isEnded = true;
    this.#timer?.cancel();
    this.#timer = undefined;
  }

  #succeeded(): void {
    this.#failures = 0;
    if (this.#phase.kind !== "closed") this.#close();
  }

  #failed(ticket: number, policy: ResolvedCircuitPolicy | false): void {
    if (policy === false) this.returnProbe(ticket);
    else if (this.#isProbe(ticket)) this.#open(policy, 2 * this.#coolingMs);
    else if (this.#phase.kind === "closed") {
      this.#failures += 1;
      if (this.#failures >= policy.failures) this.#open(policy, this.#afterHealth(this.#phase.since, policy));
    }
  }

  #isProbe(ticket: number): boolean {
    return this.#phase.kind === "probing" && this.#phase.ticket === ticket;
  }

  #open({ coolingMs, maxCoolingMs }: ResolvedCircuitPolicy, wantedMs: number): void {
    this.#coolingMs = Math.min(Math.max(wantedMs, coolingMs), maxCoolingMs);
    this.#noteOpening();
    this.#enter({ kind: "open", until: this.#in(this.#coolingMs) });
  }

  #noteOpening(): void {
    this.#opened = this.#nextTurn();
  }

  #nextTurn(): number {
    this.#turn += 1;
    this.#turnedAt = this.#clock.now();
    return this.#turn;
  }

  /** How long the next cooling is after a time without an opening. */
  #afterHealth(since: number, { coolingMs }: ResolvedCircuitPolicy): number {
    let healthyMs = this.#clock.monotonic() - since;
    let next = this.#coolingMs;
    while (next > coolingMs && healthyMs >= healthyTimes * next) {
      healthyMs -= healthyTimes * next;
      next /= 2;
    }
    return next;
  }

  /** An opening, or a probe, of another process. */
  #elsewhere({ kind, until: end }: Exclude<CircuitState, { readonly kind: "closed" | "half-open" }>): Phase {
    const until = this.#in(Math.max(0, end - this.#clock.now()));
    return kind === "open" ? { kind, until } : { kind, until, ticket: undefined };
  }

  #close(): void {
    this.#failures = 0;
    this.#enter({ kind: "closed", since: this.#clock.monotonic() });
  }

  #enter(phase: Phase): void {
    this.#phase = phase;
    this.#update();
  }

  #in(ms: number): Moment {
    return { at: this.#clock.monotonic() + ms, until: this.#clock.now() + ms };
  }

  /** Brings everything in line with the time, and tells of it. */
  #update(): void {
    if (this.#isEnded) return;
    const now = this.#clock.monotonic();
    if (this.#exhausted && this.#exhausted.at <= now) this.#exhausted = undefined;
    if (this.#pause && this.#pause.at <= now) this.#phase = { kind: "half-open" };
    this.#wait(now);
    const aside = this.#findAside();
    if (aside?.reason === this.#aside?.reason && aside?.until === this.#aside?.until) return;
    this.#aside = aside;
    this.#onChange();
  }

  /** When the circuit lets a call try again. */
  get #pause(): Moment | undefined {
    const phase = this.#phase;
    return phase.kind === "open" || phase.kind === "probing" ? phase.until : undefined;
  }

  #findAside(): Aside | undefined {
    if (this.#isUnauthorized) return { reason: "unauthorized", until: undefined };
    const end = later(this.#pause, this.#exhausted);
    if (end === undefined) return undefined;
    return { reason: end === this.#exhausted ? "exhausted" : "circuit", until: end.until };
  }

  /** One timer, for what ends first. */
  #wait(now: number): void {
    const ends = [this.#pause, this.#exhausted].flatMap((end) => end?.at ?? []);
    const at = ends.length === 0 ? undefined : Math.min(...ends);
    if (at === this.#timer?.at) return;
    this.#timer?.cancel();
    this.#timer = undefined;
    if (at === undefined) return;
    const cancel = this.#clock.schedule(at - now, () => {
      // It may fire early: a timer counts in whole milliseconds, and has a longest time.
      this.#timer = undefined;
      this.#update();
    });
    this.#timer = { at, cancel };
  }
}
