import type { Readiness } from "../selection/readiness.ts";

/** Those that have nothing more to say, shared by all items. */
export const readiness = {
  ready: Object.freeze({ kind: "ready" }),
  making: Object.freeze({ kind: "making" }),
  idle: Object.freeze({ kind: "idle" }),
  missing: Object.freeze({ kind: "missing" }),
} as const satisfies Record<string, Readiness>;
