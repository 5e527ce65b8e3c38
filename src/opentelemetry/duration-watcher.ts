import type { Histogram, Meter } from "@opentelemetry/api";
import type { CallSight, CallWatcher, WatchedCall } from "../calling/watchers.ts";
import { errorType, itemAttributes, typeAttributes } from "./attributes.ts";

/** In seconds, as OpenTelemetry advises for the durations of HTTP requests. */
const boundaries = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

/** How long runs take. */
export class DurationWatcher implements CallWatcher {
  readonly isWatching = true;
  readonly #namespace: string;
  readonly #duration: Histogram;

  constructor(meter: Meter, namespace: string) {
    this.#namespace = namespace;
    this.#duration = meter.createHistogram("plugbay.run.duration", {
      description: "Duration of runs, all attempts included.",
      unit: "s",
      advice: { explicitBucketBoundaries: boundaries },
    });
  }

  begin({ type, kind, method }: WatchedCall): CallSight {
    return {
      ended: ({ item, durationMs, failure }) =>
        this.#duration.record(durationMs / 1_000, {
          ...typeAttributes(type, this.#namespace),
          ...(item && itemAttributes(item)),
          "plugbay.run.kind": kind,
          ...(method !== undefined && { "plugbay.method": method }),
          ...(failure && { "error.type": errorType(failure.error) }),
        }),
    };
  }
}
