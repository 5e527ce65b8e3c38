import type { Check } from "../definition/plugin.ts";
import { hideInError } from "../secrets/hide-secrets.ts";
import { hideAndCut } from "../secrets/mask-text.ts";
import type { Clock } from "../time/clock.ts";
import { CheckTimeoutError } from "./errors.ts";

/** What is to be tried. */
export interface CheckSubject {
  readonly check: Check;
  /** As the plugin's schema read it. */
  readonly config: unknown;
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
 * that does not heed its signal is left to its fate.
 *
 * @throws CheckTimeoutError; the signal's reason
 */
export function performCheck(
  { check, config, secrets }: CheckSubject,
  { clock, timeoutMs, signal, keepAlive }: CheckLimits,
): Promise<string | null> {
  const controller = new AbortController();
  return new Promise((resolve, reject) => {
    const giveUp = (reason: unknown): void => {
      end();
      reject(reason);
      controller.abort(reason);
    };
    const stop = (): void => giveUp(signal?.reason);
    const cancel = clock.schedule(timeoutMs, () => giveUp(new CheckTimeoutError(timeoutMs)), keepAlive);
    const end = (): void => {
      cancel();
      signal?.removeEventListener("abort", stop);
    };
    if (signal?.aborted) return stop();
    signal?.addEventListener("abort", stop, { once: true });
    const work = async (): Promise<unknown> => check({ config, signal: controller.signal });
    work()
      .then(
        (answer) => resolve(typeof answer === "string" ? hideAndCut(answer, secrets) : null),
        (error: unknown) => reject(hideInError(error, secrets)),
      )
      .finally(end);
  });
}
