import type { ResolvedCircuitPolicy } from "../definition/policy.ts";
import type { Moment, SeenPhase } from "./circuit-state.ts";

/**
 * As `FoundPhase`; `since`, `claimableAt` and moments are measured by `Clock.monotonic`. What is `elsewhere` is offered
 * again a cooling time after its end, for those who call nothing, and so hear of no call that tries it: the first call
 * that wants it has it put aside again, asks for the right to try it, and goes to the next item.
 */
export type Phase =
  | { readonly kind: "closed"; readonly since: number }
  | { readonly kind: "open"; readonly until: Moment }
  | { readonly kind: "half-open" }
  | { readonly kind: "probing"; readonly until: Moment; readonly ticket: number }
  | {
      readonly kind: "elsewhere";
      readonly is: SeenPhase["kind"];
      readonly until: Moment | undefined;
      readonly claimableAt: number;
    };

/** After how many cooling times without an opening the next cooling is half as long. */
const healthyTimes = 10;

/** How long the next cooling is after `healthyMs` without an opening. */
export function coolingAfter(
  healthyMs: number,
  lastMs: number,
  { coolingMs }: ResolvedCircuitPolicy,
): number {
  let left = healthyMs;
  let next = lastMs;
  while (next > coolingMs && left >= healthyTimes * next) {
    left -= healthyTimes * next;
    next /= 2;
  }
  return next;
}
