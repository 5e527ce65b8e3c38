import { InvalidOptionError } from "./errors.ts";
import type { Hook } from "./hooks.ts";
import { checkKnown, type OptionNames } from "./known-options.ts";

const stages: OptionNames<Hook> = { before: true, after: true, error: true, finally: true };

/** A list of hooks as it was given. @throws InvalidOptionError, UnknownOptionError */
export function checkHooks(hooks: unknown): readonly Hook[] {
  if (hooks === undefined) return none;
  if (!Array.isArray(hooks)) throw new InvalidOptionError("hooks", hooks, "they are a list of hooks");
  for (const hook of hooks) checkHook(hook);
  return Object.freeze([...(hooks as Hook[])]);
}

const none: readonly Hook[] = Object.freeze([]);

/** Of a class it may be, too: what such an object has besides is its own. */
function checkHook(hook: unknown): void {
  if (typeof hook !== "object" || hook === null) {
    throw new InvalidOptionError("hooks", hook, "each is an object with a before, after, error or finally");
  }
  if (Object.getPrototypeOf(hook) === Object.prototype) checkKnown("a hook", hook, stages);
  const given = Object.keys(stages)
    .map((stage) => (hook as Record<string, unknown>)[stage])
    .filter((one) => one !== undefined);
  if (given.length === 0 || given.some((one) => typeof one !== "function")) {
    throw new InvalidOptionError(
      "hooks",
      hook,
      "each has at least one of before, after, error and finally, a function",
    );
  }
}
