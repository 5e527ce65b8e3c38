import { runCheck } from "../definition/foreign-code.ts";
import type { Check } from "../definition/plugin.ts";
import { hideInError } from "../secrets/hide-secrets.ts";
import { hideAndCut } from "../secrets/mask-text.ts";
import type { Clock } from "../time/clock.ts";
import { within } from "../time/deadline.ts";
import { CheckTimeoutError } from "./errors.ts";

/** What is to be tried. */
export interface CheckSubject {
  readonly check: Check;
  /** As the plugin's schema read it. */
  readonly config: unknown;
  /** What serves by that config, where there is one. */
  readonly instance?: object | undefined;
  /** Is told when the check does not use the instance any more, which may be after its time. */
  readonly release?: (() => void) | undefined;
  /** The config's secrets, to be kept out of what is told. */
  readonly secrets: readonly string[];
}

export interface CheckLimits {
  readonly clock: Clock;
  readonly timeoutMs: number;
  /** Ends the check before its time. */
  readonly signal?: AbortSignal;
  /** Whether a process that has nothing else to do waits for the limit. */
  readonly keepAlive: boolean;
}

/**
 * Runs a plugin's `check`. Resolves with its message, null where it has none; rejects with what it threw. One
 * that ignores its signal goes on, and nobody waits for it.
 *
 * @throws CheckTimeoutError; the signal's reason
 */
export async function performCheck(
  { check, config, instance, release, secrets }: CheckSubject,
  { clock, timeoutMs: ms, signal, keepAlive }: CheckLimits,
): Promise<string | null> {
  const controller = new AbortController();
  const answer = runCheck(check, { config, instance, signal: controller.signal })
    .finally(release)
    .catch((error: unknown) => {
      throw hideInError(error, secrets);
    });
  const text = await within(answer, {
    clock,
    ms,
    late: () => new CheckTimeoutError(ms),
    signal,
    onGivenUp: (reason) => controller.abort(reason),
    keepAlive,
  });
  return typeof text === "string" ? hideAndCut(text, secrets) : null;
}
