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
  try {
    onAttempt(outcome === "success" ? report : { ...report, error });
  } catch (problem) {
    warn("an onAttempt threw", problem);
  }
}
