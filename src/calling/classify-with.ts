import { describeType, preview } from "../definition/describe.ts";
import { runClassify } from "../definition/foreign-code.ts";
import type { TypeIdentity } from "../definition/identity.ts";
import type { Outcome, Policy } from "../definition/policy.ts";
import { isThenable } from "../definition/thenable.ts";
import { hideInError } from "../secrets/hide-secrets.ts";
import { propertyOf } from "../thrown.ts";
import { longestTimerMs } from "../time/clock.ts";
import { warn } from "../warn.ts";
import { classifyError } from "./classify-error.ts";

/** Whose call it was. */
export interface Classified {
  /** The type; it is warned of once. */
  readonly type: TypeIdentity;
  /** What is to be kept out of the warning. */
  readonly secrets: readonly string[];
  /** Epoch milliseconds. */
  readonly now: number;
}

const warned = new WeakSet<TypeIdentity>();

/**
 * What an error means by the policy's `classify`, or by default. It never throws: where `classify` does, or answers what
 * is no outcome, it is `"retryable"`.
 */
export function classifyWith(classify: Policy["classify"], error: unknown, about: Classified): Outcome {
  if (classify === undefined) return classifyError(error, about.now);
  try {
    const answer = runClassify(classify, error);
    if (answer === undefined) return classifyError(error, about.now);
    return outcomeOf(answer);
  } catch (problem) {
    warnOnce(problem, about);
    return "retryable";
  }
}

const words: readonly unknown[] = ["retryable", "unsuitable", "rejected", "ambiguous", "unauthorized"];

/** The outcome that a value is; undefined where it is none. */
export function asOutcome(value: unknown): Outcome | undefined {
  if (words.includes(value)) return value as Outcome;
  const exhausted = propertyOf(value, "exhausted");
  return typeof exhausted === "number" && exhausted >= 0 && Number.isFinite(exhausted)
    ? { exhausted: Math.min(exhausted, longestTimerMs) }
    : undefined;
}

/** @throws Error where the answer is no outcome */
function outcomeOf(answer: unknown): Outcome {
  const outcome = asOutcome(answer);
  if (outcome !== undefined) return outcome;
  const exhausted = propertyOf(answer, "exhausted");
  if (isThenable(answer)) {
    Promise.resolve(answer).catch(() => undefined);
    throw new Error("it answered with a promise; it is to be synchronous");
  }
  throw new Error(
    exhausted === undefined
      ? `it answered ${preview(answer)}, which is not an outcome`
      : `it answered exhausted: ${preview(exhausted)}, which is not a number of milliseconds from 0`,
  );
}

function warnOnce(problem: unknown, { type, secrets }: Classified): void {
  if (warned.has(type)) return;
  warned.add(type);
  warn(
    `the classify of ${describeType(type)} failed; what it cannot tell counts as "retryable"`,
    hideInError(problem, secrets),
  );
}
