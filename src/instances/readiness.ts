import { endOf, type Hold } from "../definition/hold.ts";
import type { CallFailures, Readiness } from "../selection/readiness.ts";
import type { Aside } from "./circuit-state.ts";

/** Those that have nothing more to say, shared by all items. */
export const readiness = {
  ready: Object.freeze({ kind: "ready" }),
  making: Object.freeze({ kind: "making" }),
  idle: Object.freeze({ kind: "idle" }),
  missing: Object.freeze({ kind: "missing" }),
} as const satisfies Record<string, Readiness>;

/** Of an item that gets no calls for a while. */
export const cooling = (
  { reason, until }: Aside,
  failures: CallFailures | undefined,
): Extract<Readiness, { readonly kind: "cooling" }> => ({
  kind: "cooling",
  reason,
  until,
  ...(failures && { failures }),
});

/** Of an item that an operator put aside. */
export const heldBy = (hold: Hold): Readiness => ({
  kind: "held",
  until: endOf(hold),
  reason: hold.reason,
  by: hold.by,
});
