import { isThenable } from "../definition/thenable.ts";
import { warn } from "../warn.ts";
import type { Attempt } from "./attempt.ts";
import type { AttemptReport, RunOptions } from "./run-options.ts";

/** Tells the caller how an attempt went, where it wants to know. */
export function tellAttempt(
  { onAttempt }: RunOptions,
  attempt: Attempt,
  outcome: AttemptReport["outcome"],
  error?: unknown,
): void {
  if (onAttempt === undefined) return;
  const { item, runId, durationMs } = attempt;
  const report = { item, attempt: attempt.attempt, runId, outcome, durationMs };
  const failed = (problem: unknown): void => warn("an onAttempt threw", problem);
  try {
    const told: unknown = onAttempt(outcome === "success" ? report : { ...report, error });
    if (isThenable(told)) Promise.resolve(told).catch(failed);
  } catch (problem) {
    failed(problem);
  }
}
