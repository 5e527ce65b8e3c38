import type { Outcome } from "../../definition/policy.ts";
import { failureKinds, type TrafficCounts } from "../../store/traffic-row.ts";
import { bucketCount, bucketOf } from "./durations.ts";

const placeOf = new Map<string, number>(failureKinds.map((kind, place) => [kind, place]));

/** What calls came to, while they are being counted. */
export class Counts {
  calls = 0;
  rescued = 0;
  readonly failures: number[] = failureKinds.map(() => 0);
  readonly #durations = new Uint32Array(bucketCount);

  get isEmpty(): boolean {
    return this.calls === 0 && this.rescued === 0;
  }

  get failed(): number {
    return this.failures.reduce((sum, count) => sum + count, 0);
  }

  count(outcome: "success" | Outcome, ms: number): void {
    this.calls += 1;
    const bucket = bucketOf(ms);
    this.#durations[bucket] = (this.#durations[bucket] ?? 0) + 1;
    if (outcome === "success") return;
    const place = placeOf.get(typeof outcome === "object" ? "exhausted" : outcome) ?? 0;
    this.failures[place] = (this.failures[place] ?? 0) + 1;
  }

  add(other: Counts): void {
    this.calls += other.calls;
    this.rescued += other.rescued;
    for (let place = 0; place < this.failures.length; place += 1) {
      this.failures[place] = (this.failures[place] ?? 0) + (other.failures[place] ?? 0);
    }
    for (let bucket = 0; bucket < bucketCount; bucket += 1) {
      this.#durations[bucket] = (this.#durations[bucket] ?? 0) + (other.#durations[bucket] ?? 0);
    }
  }

  clear(): void {
    this.calls = 0;
    this.rescued = 0;
    this.failures.fill(0);
    this.#durations.fill(0);
  }

  /** As they are now. */
  toStored(): TrafficCounts {
    const durations: number[] = [];
    this.#durations.forEach((count, bucket) => {
      if (count > 0) durations.push(bucket, count);
    });
    const { calls, rescued } = this;
    return { calls, rescued, failures: [...this.failures], durations };
  }
}
