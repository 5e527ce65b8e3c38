import { quantile } from "../../seeing/traffic/durations.ts";
import { addCounts } from "../../store/stored-traffic.ts";
import { failureKinds, type TrafficCounts } from "../../store/traffic-row.ts";
import type { TrafficRange, TrafficScale, TrafficSteps, TrafficSummary } from "./traffic-query.ts";

const lengths = {
  hour: { stepMs: 60_000, count: 60 },
  "14d": { stepMs: 3_600_000, count: 14 * 24 },
} as const;

/** The steps of a range that ends now. */
export class Steps {
  readonly count: number;
  readonly stepMs: number;
  /** When the first begins, in epoch milliseconds. */
  readonly since: number;

  constructor(range: TrafficRange, now: number) {
    const { stepMs, count } = lengths[range];
    this.count = count;
    this.stepMs = stepMs;
    this.since = (Math.floor(now / stepMs) - count + 1) * stepMs;
  }

  get scale(): TrafficScale {
    return { since: new Date(this.since).toISOString(), stepMs: this.stepMs };
  }

  /** The step of a moment; undefined where it is none of these. */
  at(startsAt: number): number | undefined {
    const step = Math.floor((startsAt - this.since) / this.stepMs);
    return step >= 0 && step < this.count ? step : undefined;
  }

  zeros(): number[] {
    return new Array<number>(this.count).fill(0);
  }
}

const nothing: TrafficCounts = {
  calls: 0,
  failures: failureKinds.map(() => 0),
  rescued: 0,
  durations: [],
};

/** What was counted of one subject, by step. */
export class Series {
  readonly #steps: Steps;
  readonly #counts: (TrafficCounts | undefined)[];

  constructor(steps: Steps) {
    this.#steps = steps;
    this.#counts = new Array(steps.count);
  }

  add(startsAt: number, counts: TrafficCounts): void {
    const step = this.#steps.at(startsAt);
    if (step === undefined) return;
    const known = this.#counts[step];
    this.#counts[step] = known ? addCounts(known, counts) : counts;
  }

  get calls(): number {
    return this.#counts.reduce((sum, counts) => sum + (counts?.calls ?? 0), 0);
  }

  get steps(): TrafficSteps {
    return {
      calls: this.#each(({ calls }) => calls),
      failures: this.#each(failed),
      rescued: this.#each(({ rescued }) => rescued),
    };
  }

  get total(): TrafficSummary {
    const { calls, failures, rescued, durations } = sumOf(this.#counts);
    const outcomes = failureKinds.flatMap((kind, place) => {
      const count = failures[place] ?? 0;
      return count > 0 ? [[kind, count] as const] : [];
    });
    return {
      ...{ calls, failures: failed({ failures }), rescued, outcomes: Object.fromEntries(outcomes) },
      ...{ p50: quantile(durations, 0.5), p95: quantile(durations, 0.95) },
    };
  }

  /** By step, what this share of its calls did not take longer than. */
  quantiles(share: number): (number | null)[] {
    return this.#each(({ durations }) => quantile(durations, share));
  }

  #each<T>(value: (counts: TrafficCounts) => T): T[] {
    return Array.from({ length: this.#steps.count }, (_, step) => value(this.#counts[step] ?? nothing));
  }
}

const failed = ({ failures }: Pick<TrafficCounts, "failures">): number =>
  failures.reduce((sum, count) => sum + count, 0);

/** In one pass: a range has hundreds of steps. */
function sumOf(all: readonly (TrafficCounts | undefined)[]): TrafficCounts {
  let calls = 0;
  let rescued = 0;
  const failures = failureKinds.map(() => 0);
  const durations: number[] = [];
  for (const counts of all) {
    if (counts === undefined) continue;
    calls += counts.calls;
    rescued += counts.rescued;
    for (let kind = 0; kind < failures.length; kind += 1) {
      failures[kind] = (failures[kind] ?? 0) + (counts.failures[kind] ?? 0);
    }
    for (let place = 0; place < counts.durations.length; place += 2) {
      const bucket = counts.durations[place] ?? 0;
      durations[bucket] = (durations[bucket] ?? 0) + (counts.durations[place + 1] ?? 0);
    }
  }
  return { calls, rescued, failures, durations: durations.flatMap((count, bucket) => [bucket, count]) };
}
