import type { Policy } from "plugbay";
import { CircuitModel, type ModelCall } from "./circuit-model.ts";

export type RunOutcome =
  | "success"
  | "retryable"
  | "unsuitable"
  | "rejected"
  | "ambiguous"
  | "unauthorized"
  | { readonly exhausted: number };

/** What a task does at one attempt. */
export interface Step {
  readonly outcome: RunOutcome;
  /** When it ends: before it returns, in the same turn, after so many milliseconds, or not at all. */
  readonly after: "at once" | "soon" | "never" | number;
  /** After how many milliseconds it says that something happens. */
  readonly progress: readonly number[];
}

type ModelPolicy = Policy & {
  readonly circuit: { readonly failures: number; readonly coolingMs: number } | false;
};

interface ItemModel {
  readonly name: string;
  status: "active" | "reserve" | "disable";
  isRetired: boolean;
  isHeld: boolean;
  /** Another one with each config, and after each retirement. */
  circuit: CircuitModel;
}

interface RunModel {
  readonly number: number;
  readonly steps: readonly Step[];
  readonly endsAt: number;
  readonly tried: Set<string>;
  attempts: number;
  failures: number;
  atItem: number;
  waited: number;
  end: string | undefined;
  attempt: AttemptModel | undefined;
}

interface AttemptModel {
  readonly item: ItemModel;
  readonly circuit: CircuitModel;
  readonly call: ModelCall;
}

/** The half of the random waits that the test makes of them. */
const pause = (attempt: number): number => Math.min(2_000, 100 * 2 ** (attempt - 1)) / 2;

/** How runs go, said naively, by the tables of the design. */
export class RunsModel {
  readonly #policy: ModelPolicy;
  readonly #items: ItemModel[];
  readonly #events: { readonly at: number; readonly happen: () => void }[] = [];
  readonly #runs: RunModel[] = [];
  /** Who was tried, by which run and when. */
  readonly log: string[] = [];
  #now = 0;
  #tenths = 100;

  constructor(policy: ModelPolicy, names: readonly string[]) {
    this.#policy = policy;
    this.#items = names.map((name) => ({
      ...{ name, status: name === "spare" ? "reserve" : "active", isRetired: false, isHeld: false },
      circuit: this.#newCircuit(),
    }));
  }

  get ends(): (string | undefined)[] {
    return this.#runs.map(({ end }) => end);
  }

  aside(name: string): { readonly reason: string; readonly until: number | undefined } | undefined {
    return this.#item(name).circuit.aside(this.#now);
  }

  advance(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const [next] = this.#events.filter(({ at }) => at <= end).sort((one, other) => one.at - other.at);
      if (next === undefined) break;
      this.#events.splice(this.#events.indexOf(next), 1);
      this.#now = next.at;
      next.happen();
    }
    this.#now = end;
  }

  start(steps: readonly Step[]): void {
    const run: RunModel = {
      ...{ number: this.#runs.length, steps, tried: new Set<string>(), attempts: 0, failures: 0 },
      ...{ atItem: 0, waited: 0, end: undefined, attempt: undefined },
      endsAt: this.#now + (this.#policy.deadlineMs ?? Number.POSITIVE_INFINITY),
    };
    this.#runs.push(run);
    this.#go(run, undefined);
  }

  abort(number: number): void {
    const run = this.#runs[number];
    if (run === undefined || run.end !== undefined) return;
    run.end = "aborted";
    const { attempt } = run;
    if (attempt && attempt.circuit === attempt.item.circuit)
      attempt.circuit.end(attempt.call, "aborted", this.#now);
  }

  status(name: string, status: ItemModel["status"]): void {
    this.#item(name).status = status;
  }

  configure(name: string): void {
    this.#item(name).circuit = this.#newCircuit();
  }

  retire(name: string, isRetired: boolean): void {
    const item = this.#item(name);
    if (item.isRetired !== isRetired) item.circuit = this.#newCircuit();
    item.isRetired = isRetired;
  }

  hold(name: string): void {
    this.#item(name).isHeld = true;
  }

  release(name: string): void {
    const item = this.#item(name);
    item.isHeld = false;
    item.circuit.release(this.#now);
  }

  #newCircuit(): CircuitModel {
    const { failures, coolingMs } = this.#policy.circuit || { failures: 1, coolingMs: 1 };
    return new CircuitModel({ failures, coolingMs, maxCoolingMs: 10 * coolingMs });
  }

  #item(name: string): ItemModel {
    return this.#items.find((item) => item.name === name) as ItemModel;
  }

  #isInUse(item: ItemModel): boolean {
    return !item.isRetired && !item.isHeld && item.status !== "disable";
  }

  /** The best that was not tried; those put aside come where nothing else does. */
  #next(tried: ReadonlySet<string>): ItemModel | undefined {
    const inUse = this.#items.filter((item) => this.#isInUse(item));
    const aside = (item: ItemModel) => item.circuit.aside(this.#now);
    const ready = inUse.filter((item) => !aside(item));
    const best = (items: readonly ItemModel[]): ItemModel | undefined => {
      const left = items.filter(({ name }) => !tried.has(name));
      return left.find(({ status }) => status === "active") ?? left[0];
    };
    return (
      best(ready.length > 0 ? ready : inUse) ??
      (tried.size > 0 ? best(inUse.filter((item) => aside(item)?.reason === "circuit")) : undefined)
    );
  }

  /** Whether an item may be tried once more: it is in use, and not put aside unless no other is left. */
  #mayGoAgain(item: ItemModel, tried: ReadonlySet<string>): boolean {
    if (!this.#isInUse(item)) return false;
    const aside = item.circuit.aside(this.#now);
    const isAside = aside !== undefined && (aside.until === undefined || aside.until - this.#now >= 1);
    return !isAside || this.#next(new Set([...tried, item.name])) === undefined;
  }

  #go(run: RunModel, again: ItemModel | undefined): void {
    if (run.end !== undefined) return;
    if (run.failures > 0 && this.#now >= run.endsAt) {
      run.end = "RUN_TIMEOUT";
      return;
    }
    let item = again;
    if (again && !this.#mayGoAgain(again, run.tried)) {
      run.tried.add(again.name);
      item = undefined;
    }
    if (item === undefined) {
      item = run.attempts < (this.#policy.maxAttempts ?? 5) ? this.#next(run.tried) : undefined;
      run.atItem = 0;
    }
    if (item === undefined) {
      run.end = run.failures > 0 ? "ALL_PLUGINS_FAILED" : "NO_PLUGIN_AVAILABLE";
      return;
    }
    this.#try(run, item);
  }

  #try(run: RunModel, item: ItemModel): void {
    const now = this.#now;
    const step = run.steps[run.attempts % run.steps.length] as Step;
    run.attempts += 1;
    run.atItem += 1;
    this.log.push(`${run.number} ${item.name} ${now}`);
    const attempt = { item, circuit: item.circuit, call: item.circuit.begin(now) };
    run.attempt = attempt;
    const end = (outcome: RunOutcome): void => {
      if (run.attempt === attempt && run.end === undefined) this.#ended(run, attempt, outcome);
    };
    const limit = this.#limit(run, step);
    if (typeof step.after === "string") {
      if (step.after !== "never") end(step.outcome);
      else if (limit < Number.POSITIVE_INFINITY)
        this.#events.push({ at: limit, happen: () => end("ambiguous") });
      return;
    }
    const at = now + step.after;
    if (limit <= at) this.#events.push({ at: limit, happen: () => end("ambiguous") });
    else this.#events.push({ at, happen: () => end(step.outcome) });
  }

  /** When the time of an attempt that begins now is up. */
  #limit(run: RunModel, { after, progress }: Step): number {
    const { timeoutMs = Number.POSITIVE_INFINITY, idleTimeoutMs = Number.POSITIVE_INFINITY } = this.#policy;
    const signs = progress
      .filter((ms) => typeof after !== "number" || ms < after)
      .sort((one, other) => one - other);
    let last = 0;
    for (const sign of signs) if (sign < last + idleTimeoutMs) last = sign;
    return Math.min(this.#now + Math.min(timeoutMs, last + idleTimeoutMs), run.endsAt);
  }

  #ended(run: RunModel, { item, circuit, call }: AttemptModel, outcome: RunOutcome): void {
    run.attempt = undefined;
    const { idempotent = false } = this.#policy;
    const isFailure = outcome === "retryable" || outcome === "ambiguous";
    const meant = isFailure ? (this.#policy.circuit ? "failure" : "rejected") : outcome;
    if (circuit === item.circuit) circuit.end(call, meant === "unsuitable" ? "rejected" : meant, this.#now);
    if (outcome === "success") {
      this.#tenths = Math.min(100, this.#tenths + 1);
      run.end = `success ${item.name}`;
      return;
    }
    if (outcome !== "rejected" && outcome !== "unsuitable") this.#tenths = Math.max(0, this.#tenths - 10);
    run.failures += 1;
    if (outcome === "rejected") run.end = "rejected";
    else if (outcome === "ambiguous" && !idempotent) run.end = "OUTCOME_UNKNOWN";
    else this.#goOn(run, item, outcome);
  }

  #goOn(run: RunModel, item: ItemModel, outcome: RunOutcome): void {
    const ms = this.#pause(run, item, outcome);
    const { maxAttempts = 5 } = this.#policy;
    const isAgain =
      ms !== undefined && run.attempts < maxAttempts && this.#tenths >= 50 && this.#now + ms < run.endsAt;
    if (isAgain) {
      if (typeof outcome === "object") run.waited += ms;
      this.#events.push({ at: this.#now + ms, happen: () => this.#go(run, item) });
      return;
    }
    run.tried.add(item.name);
    this.#go(run, undefined);
  }

  #pause(run: RunModel, item: ItemModel, outcome: RunOutcome): number | undefined {
    const { waitMs = 0, attemptsPerItem = 1 } = this.#policy;
    if (typeof outcome === "object") {
      const ms = outcome.exhausted;
      return ms > 0 && run.waited + ms <= waitMs ? ms : undefined;
    }
    if (outcome !== "retryable" && outcome !== "ambiguous") return undefined;
    if (item.circuit.aside(this.#now) && this.#next(new Set([...run.tried, item.name]))) return undefined;
    return run.atItem < attemptsPerItem ? pause(run.atItem) : undefined;
  }
}
