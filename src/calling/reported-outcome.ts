import { InvalidOptionError } from "../definition/errors.ts";
import type { Outcome } from "../definition/policy.ts";
import { asOutcome } from "./classify-with.ts";

/** What `plugbay.report` tells of a call: that it succeeded, that it failed, or an outcome as of an attempt. */
export type ReportedOutcome = "success" | "failed" | Outcome;

/** @throws InvalidOptionError */
export function checkReported(reported: unknown): "success" | Outcome {
  if (reported === "success") return "success";
  if (reported === "failed") return "retryable";
  const outcome = asOutcome(reported);
  if (outcome !== undefined) return outcome;
  throw new InvalidOptionError("outcome", reported, 'it is "success", "failed" or an outcome of an attempt');
}
