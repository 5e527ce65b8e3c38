import { warn } from "../warn.ts";
import type { Attempt } from "./attempt.ts";
import type { AttemptReport, RunOptions } from "./run-options.ts";

/** Tells the caller how an attempt went, where it wants to know. */
export function tellAttempt(
  { onAttempt }: RunOptions,
  { item, attempt, runId, durationMs }: Attempt,
  outcome: AttemptReport["outcome"],
  error?: unknown,
): void {
  if (onAttempt === undefined) return;
  const report = { item, attempt, runId, outcome, durationMs };
  try {
    onAttempt(outcome === "success" ? report : { ...report, error });
  } catch (problem) {
    warn("an onAttempt threw", problem);
  }
}
