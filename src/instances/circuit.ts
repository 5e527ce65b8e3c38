import type { Outcome, ResolvedCircuitPolicy } from "../definition/policy.ts";
import type { Clock } from "../time/clock.ts";
import { Alarm } from "./alarm.ts";
import { coolingAfter, type Phase } from "./circuit-phase.ts";
import {
  type Aside,
  type CircuitFleet,
  type Finding,
  later,
  type Moment,
  type SeenCircuit,
  type SeenPhase,
} from "./circuit-state.ts";
import { PutOff } from "./put-off.ts";

const alone: CircuitFleet = { found: () => undefined, wanted: () => undefined };

/**
 * Knows whether an instance is to be left alone, why, and until when: because calls of it fail, because its credentials
 * were refused, or because its provider said when to come again. Made when the first call of it fails; those that had
 * begun before have the ticket 0.
 */
export class Circuit {
  readonly #clock: Clock;
  readonly #onChange: () => void;
  readonly #fleet: CircuitFleet;
  #phase: Phase;
  #failures = 0;
  #coolingMs = 0;
  #isUnauthorized = false;
  readonly #exhausted = new PutOff();
  #aside: Aside | undefined;
  /** Raised at each opening, probe and release. */
  #turn = 0;
  /** When the last opening or release was, in epoch milliseconds. */
  #turnedAt = Number.NEGATIVE_INFINITY;
  /** The turn of the last opening. */
  #opened = 0;
  /** The turn of the last release. */
  #released = 0;
  readonly #alarm: Alarm;
  #isEnded = false;

  /** @param onChange is called after `aside` has changed */
  constructor(clock: Clock, onChange: () => void, fleet: CircuitFleet = alone) {
    this.#clock = clock;
    this.#onChange = onChange;
    this.#fleet = fleet;
    this.#phase = { kind: "closed", since: clock.monotonic() };
    this.#alarm = new Alarm(clock, () => this.#update());
  }

  /** Why it gets no calls now; undefined where it gets some, or where one may try it. The same object while it holds. */
  get aside(): Aside | undefined {
    return this.#aside;
  }

  /** Whether a call of it has to claim the probe first. */
  get isHalfOpen(): boolean {
    return this.#phase.kind === "half-open";
  }

  /** Whether another process has the right to try it. */
  get isElsewhere(): boolean {
    return this.#phase.kind === "elsewhere";
  }

  /** What other processes may want to know. */
  get finding(): Finding {
    const { kind } = this.#phase;
    const now = this.#clock.monotonic();
    const leftMs = Math.max(0, (this.#pause?.at ?? now) - now);
    return {
      circuit:
        kind === "closed" || kind === "elsewhere" ? { kind } : { kind, leftMs, coolingMs: this.#coolingMs },
      isUnauthorized: this.#isUnauthorized,
      exhaustedMs: this.#exhausted.end && Math.max(0, this.#exhausted.end.at - now),
    };
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
    this.#enter({ kind: "probing", until: this.#in(this.#coolingMs), ticket });
    this.#fleet.found();
    return ticket;
  }

  /** Gives the probe back, untried: its caller gave up. Nothing for any other call. */
  returnProbe(ticket: number): void {
    if (!this.#isProbe(ticket)) return;
    this.#enter({ kind: "half-open" });
    this.#fleet.found();
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
      case "unsuitable":
      case "rejected":
        this.returnProbe(ticket);
        return;
      default:
        if (this.#putAside(outcome)) this.#fleet.found();
        this.returnProbe(ticket);
        this.#update();
    }
  }

  /** A health check passed: the probe may go out now. */
  letProbe(): void {
    this.want(true);
    if (this.#phase.kind !== "open") return;
    this.#enter({ kind: "half-open" });
    this.#fleet.found();
  }

  /** A call would try it. Where that is another process's to do, which makes nothing of it, the right is asked for. */
  want(isWell = false): void {
    const phase = this.#phase;
    if (phase.kind !== "elsewhere" || this.#isUnauthorized) return;
    // It was offered again, though no call may try it yet.
    if (phase.until === undefined) this.#enter({ ...phase, until: this.#in(this.#coolingMs) });
    const isDue = this.#clock.monotonic() >= phase.claimableAt || (isWell && phase.is === "open");
    if (isDue) this.#fleet.wanted(isWell);
  }

  /** There is nobody to ask: its calls may try it by the time that is known here. */
  goAlone(): void {
    if (this.#phase.kind === "elsewhere") this.#enter({ kind: "half-open" });
  }

  /** An operator wants it to be used again, whatever was wrong. */
  release(): void {
    this.#released = this.#nextTurn();
    this.#isUnauthorized = false;
    this.#exhausted.adopt(undefined);
    this.#coolingMs = 0;
    this.#close();
  }

  /** Takes over what all processes found. */
  adopt({ phase, isUnauthorized, exhaustedMs }: SeenCircuit): void {
    if (this.#isEnded) return;
    this.#isUnauthorized = isUnauthorized;
    this.#exhausted.adopt(exhaustedMs === undefined ? undefined : this.#in(exhaustedMs));
    if (phase === undefined) {
      if (this.#phase.kind !== "closed") this.#close();
      else this.#update();
      return;
    }
    if (phase.kind === "open" || this.#phase.kind === "closed") this.#noteOpening();
    this.#coolingMs = phase.coolingMs;
    this.#enter(this.#seen(phase));
  }

  /** Ends it: it does not change any more. */
  close(): void {
    this.#isEnded = true;
    this.#alarm.set([]);
  }

  /** Returns whether it is news: calls go on where there is nothing else. */
  #putAside(outcome: Exclude<Outcome, string> | "unauthorized"): boolean {
    if (outcome !== "unauthorized") {
      const { exhausted } = outcome;
      return exhausted > 0 && this.#exhausted.extend(this.#in(exhausted), exhausted);
    }
    const isNews = !this.#isUnauthorized;
    this.#isUnauthorized = true;
    return isNews;
  }

  #succeeded(): void {
    this.#failures = 0;
    if (this.#phase.kind === "closed") return;
    this.#close();
    this.#fleet.found();
  }

  #failed(ticket: number, policy: ResolvedCircuitPolicy | false): void {
    if (policy === false) this.returnProbe(ticket);
    else if (this.#isProbe(ticket)) this.#open(policy, 2 * this.#coolingMs);
    else if (this.#phase.kind === "closed") {
      this.#failures += 1;
      if (this.#failures >= policy.failures) {
        const healthyMs = this.#clock.monotonic() - this.#phase.since;
        this.#open(policy, coolingAfter(healthyMs, this.#coolingMs, policy));
      }
    }
  }

  #isProbe(ticket: number): boolean {
    return this.#phase.kind === "probing" && this.#phase.ticket === ticket;
  }

  #open({ coolingMs, maxCoolingMs }: ResolvedCircuitPolicy, wantedMs: number): void {
    this.#coolingMs = Math.min(Math.max(wantedMs, coolingMs), maxCoolingMs);
    this.#noteOpening();
    this.#enter({ kind: "open", until: this.#in(this.#coolingMs) });
    this.#fleet.found();
  }

  #noteOpening(): void {
    this.#opened = this.#nextTurn();
  }

  #nextTurn(): number {
    this.#turn += 1;
    this.#turnedAt = this.#clock.now();
    return this.#turn;
  }

  #seen({ kind, leftMs, isOurs, claimableMs }: SeenPhase): Phase {
    const until = this.#in(Math.max(0, leftMs));
    if (!isOurs) {
      const claimableAt = this.#clock.monotonic() + claimableMs;
      const offered = { ...until, at: until.at + this.#coolingMs };
      return { kind: "elsewhere", is: kind, until: offered, claimableAt };
    }
    if (kind === "open") return { kind, until };
    // A probe that is this process's own is under way here, or has ended.
    return this.#phase.kind === "probing" ? this.#phase : { kind: "half-open" };
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
    this.#exhausted.update(now);
    if (this.#pause && this.#pause.at <= now) this.#phase = this.#afterPause(this.#phase);
    this.#alarm.set([this.#pause, this.#exhausted.end]);
    const aside = this.#findAside();
    if (aside?.reason === this.#aside?.reason && aside?.until === this.#aside?.until) return;
    this.#aside = aside;
    this.#onChange();
  }

  /** When the circuit lets a call try again. */
  get #pause(): Moment | undefined {
    return "until" in this.#phase ? this.#phase.until : undefined;
  }

  #afterPause(phase: Phase): Phase {
    return phase.kind === "elsewhere" ? { ...phase, until: undefined } : { kind: "half-open" };
  }

  #findAside(): Aside | undefined {
    if (this.#isUnauthorized) return { reason: "unauthorized", until: undefined };
    const end = later(this.#pause, this.#exhausted.end);
    if (end === undefined) return undefined;
    return { reason: end === this.#exhausted.end ? "exhausted" : "circuit", until: end.until };
  }
}
