import type { Clock } from "./clock.ts";
import { onAbort } from "./on-abort.ts";

/** Ends waits. Lighter than an AbortSignal, of which Node warns when it has more than ten listeners. */
export interface Stop {
  /** Calls `listener` with the reason when it comes, unless the returned function is called before. */
  onStop(listener: (reason: unknown) => void): () => void;
}

/** How long something is waited for, and what else ends the wait. */
export interface Deadline {
  readonly clock: Clock;
  /** Milliseconds. Default: no limit. */
  readonly ms?: number | undefined;
  /** What the wait fails with when the time is up: in words, or as it is to be thrown. */
  readonly late: string | (() => unknown);
  /** Ends the wait before its time, with its reason. */
  readonly signal?: AbortSignal | undefined;
  /** As `signal`. */
  readonly stop?: Stop | undefined;
  /** Is told why, when the wait ends before the work does. */
  readonly onGivenUp?: ((reason: unknown) => void) | undefined;
  /** Whether a process that has nothing else to do waits for the end of the time. Default true. */
  readonly keepAlive?: boolean | undefined;
}

/**
 * The result of `work`, for as long as it is waited for. After that nobody waits for `work`, and nothing that comes
 * of it is an unhandled rejection. While there is a limit the process stays alive: somebody waits to be told.
 *
 * @example
 * await within(gateway.close(), { clock, ms: 1_000, late: "closing the gateway" });
 */
export function within<T>(
  work: Promise<T>,
  { clock, ms, late, signal, stop, onGivenUp, keepAlive = true }: Deadline,
): Promise<T> {
  return new Promise((resolve, reject) => {
    let cancel = (): void => undefined;
    let forgetStop = (): void => undefined;
    let forgetSignal = (): void => undefined;
    let isOver = false;
    const end = (): void => {
      isOver = true;
      cancel();
      forgetStop();
      forgetSignal();
    };
    const giveUp = (reason: unknown): void => {
      if (isOver) return;
      end();
      reject(reason);
      onGivenUp?.(reason);
    };
    const abort = (): void => giveUp(signal?.reason);
    // It is over in the same turn as it is told: nobody may be told of a late end besides.
    work.then(
      (value) => {
        end();
        resolve(value);
      },
      (error: unknown) => {
        end();
        reject(error);
      },
    );
    if (signal?.aborted) return abort();
    if (signal) forgetSignal = onAbort(signal, abort);
    if (stop) forgetStop = stop.onStop(giveUp);
    if (ms === undefined) return;
    const error = (): unknown =>
      typeof late === "string" ? new Error(`${late} took longer than ${ms} ms`) : late();
    cancel = clock.schedule(ms, () => giveUp(error()), keepAlive);
  });
}
