import type { Clock } from "../time/clock.ts";
import { MigrationBlockedError } from "./migration-errors.ts";

/** How long a process waits until it may migrate, in milliseconds: another one may be migrating, or hold locks. */
export const migrationLimitMs = 300_000;

/** After so long it is said what is waited for. */
const noticeMs = 3_000;

const pauseMs = 250;

/** What an attempt came to that did not have to wait. */
export interface Attempt<T> {
  readonly value: T;
}

/** Hears, once, what is waited for. */
export type OnWait = (message: string) => void;

interface Turn<T> {
  readonly description: string;
  readonly clock: Clock;
  readonly onWait: OnWait;
  /** undefined where another process has the turn. */
  readonly attempt: () => Promise<Attempt<T> | undefined>;
  /** Whether an error says that something else was locked: nothing was done then, or what was can be done again. */
  readonly isLocked: (error: unknown) => boolean;
}

/**
 * Attempts until it is this process's turn. It asks again and again, instead of waiting in a statement: a
 * connection over which nothing comes would be taken for dead long before the limit.
 *
 * @throws MigrationBlockedError
 */
export async function inMigrationTurn<T>(turn: Turn<T>): Promise<T> {
  const { description, clock, onWait, attempt, isLocked } = turn;
  const startedAt = clock.monotonic();
  let isTold = false;
  for (;;) {
    let cause: unknown;
    try {
      const done = await attempt();
      if (done) return done.value;
    } catch (error) {
      if (!isLocked(error)) throw error;
      cause = error;
    }
    const waitedMs = clock.monotonic() - startedAt;
    if (waitedMs >= migrationLimitMs) throw new MigrationBlockedError(description, migrationLimitMs, cause);
    if (waitedMs >= noticeMs && !isTold) {
      isTold = true;
      onWait(waitingFor(cause, description));
    }
    await new Promise<void>((resolve) => clock.schedule(pauseMs, resolve, true));
  }
}

const waitingFor = (cause: unknown, description: string): string => {
  const what =
    cause === undefined
      ? "another process that migrates plugbay's tables"
      : "another transaction, which keeps plugbay's tables locked";
  return `waiting for ${what} in the ${description}, for up to ${migrationLimitMs / 60_000} minutes`;
};
