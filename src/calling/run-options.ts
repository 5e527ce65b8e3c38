import { checkHooks } from "../definition/check-hooks.ts";
import { InvalidOptionError } from "../definition/errors.ts";
import type { Hook } from "../definition/hooks.ts";
import { checkKnown, type OptionNames } from "../definition/known-options.ts";
import type { PluginItem } from "../definition/plugin-item.ts";
import type { Outcome, Policy } from "../definition/policy.ts";
import { policyNames } from "../definition/resolve-policy.ts";

/** How an attempt of a run went. */
export interface AttemptReport {
  /** The item that was tried. */
  readonly item: PluginItem;
  /** 1 for the first attempt of the run. */
  readonly attempt: number;
  /** The same for all attempts of a run. */
  readonly runId: string;
  /** What came of it; `"aborted"` where the caller or the end of plugbay ended it, which counts against nobody. */
  readonly outcome: "success" | "aborted" | Outcome;
  /** Milliseconds. */
  readonly durationMs: number;
  /** What it threw, without the secrets of the item's config; undefined for a success. */
  readonly error?: unknown;
}

/** How a `run` goes: by these, and where they are silent by the policy of its type. Args are what the type's selector takes. */
export interface RunOptions<Args extends readonly unknown[] = readonly unknown[]> extends Policy {
  /** Ends the run at once, with its reason. That counts against no item. */
  readonly signal?: AbortSignal | undefined;
  /** The arguments of the type's selector. They may be left out where the selector can do without. */
  readonly args?: Args | undefined;
  /** Is told how each attempt went, when it is over. What it throws is reported as a process warning. */
  readonly onAttempt?: ((report: AttemptReport) => void) | undefined;
  /** What is done around this call, within what its type and the plugbay have. */
  readonly hooks?: readonly Hook[] | undefined;
}

const optionNames: OptionNames<RunOptions> = {
  ...policyNames,
  ...{ signal: true, args: true, onAttempt: true, hooks: true },
};

/** @throws UnknownOptionError, InvalidOptionError; those of a policy are checked where it is resolved */
export function checkRunOptions(options: RunOptions): void {
  checkKnown("run", options, optionNames);
  const { signal, args, onAttempt, hooks } = options;
  if (signal !== undefined && !isSignal(signal))
    throw new InvalidOptionError("signal", signal, "it is an AbortSignal");
  if (args !== undefined && !Array.isArray(args))
    throw new InvalidOptionError("args", args, "they are a list of what the type's selector takes");
  if (onAttempt !== undefined && typeof onAttempt !== "function")
    throw new InvalidOptionError("onAttempt", onAttempt, "it is a function of a report");
  checkHooks(hooks);
}

/** By what it does: a test that simulates a browser has signals of another class. */
const isSignal = (value: unknown): boolean =>
  typeof value === "object" && value !== null && "aborted" in value && "addEventListener" in value;
