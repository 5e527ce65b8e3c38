import type { Readiness } from "../../selection/readiness.ts";
import { messageOf } from "../../thrown.ts";
import type { ReadinessInfo } from "../contract/contract.ts";

/** Of an error its message alone: a stack is for the log. */
export function presentReadiness(readiness: Readiness): ReadinessInfo {
  switch (readiness.kind) {
    case "failed":
      return { kind: "failed", error: readiness.error.message, until: iso(readiness.retryAt) };
    case "cooling":
      return { kind: "cooling", ...presentCooling(readiness) };
    case "held":
      return { kind: "held", ...(readiness.until !== undefined && { until: iso(readiness.until) }) };
    case "ready":
    case "missing":
    case "making":
    case "idle":
      return { kind: readiness.kind };
  }
}

function presentCooling({
  reason,
  until,
  failures,
}: Extract<Readiness, { readonly kind: "cooling" }>): Omit<ReadinessInfo, "kind"> {
  return {
    reason,
    ...(until !== undefined && { until: iso(until) }),
    ...(failures && { failures: { count: failures.count, at: iso(failures.at) } }),
    ...(failures?.error !== undefined && { error: messageOf(failures.error) }),
  };
}

const iso = (ms: number): string => new Date(ms).toISOString();
