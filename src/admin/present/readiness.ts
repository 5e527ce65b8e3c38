import type { Readiness } from "../../selection/readiness.ts";
import type { ReadinessInfo } from "../api.ts";

/** Of an error its message alone: a stack is for the log. */
export function presentReadiness(readiness: Readiness): ReadinessInfo {
  switch (readiness.kind) {
    case "failed":
      return { kind: "failed", error: readiness.error.message, until: iso(readiness.retryAt) };
    case "cooling":
      return { kind: "cooling", until: iso(readiness.until) };
    case "ready":
    case "missing":
    case "making":
    case "idle":
      return { kind: readiness.kind };
  }
}

const iso = (ms: number): string => new Date(ms).toISOString();
