/**
 * How long the database may be silent, in milliseconds. All times of waiting for an answer stand here. A database
 * that answers slowly is not silent: whatever it sends starts the time anew.
 */
export const silence = {
  /** How often it is looked whether something came. */
  tickMs: 500,
  /** After so long, a question is asked a second time, on another connection. */
  secondLookMs: 1_000,
  /** After so long without an answer to what any server answers at once, a connection counts as dead. */
  deadMs: 2_000,
  /** How long the answer to a single question may take, which is asked because something else is late. */
  checkMs: 2_000,
  /** After so long, the database counts as lost. */
  lostMs: 5_000,
  /** How often it is looked whether the database still answers, while a long read says nothing. */
  signOfLifeMs: 2_500,
  /** A long read may pause for so long, as long as the database answers other questions meanwhile. */
  longReadMs: 15_000,
  /** How long an answer may take where nobody can tell whether something comes. */
  answerMs: 30_000,
  /** A connection is given up after so long without a byte. Writers wait up to 30 s for a lock in silence. */
  connectionMs: 30_000,
  writerConnectionMs: 45_000,
  /** How long a write may take, once it has the lock of the revision: altogether, and for each statement. */
  writeMs: 300_000,
  statementMs: 15_000,
  /** How long opening may take: a lock of a file is waited for, too. */
  openMs: 60_000,
  /** How long the connections have to say goodbye, at the end. */
  partingMs: 500,
} as const;

/** What is failed with where the database answers, but not this. */
export class UnansweredError extends Error {
  constructor(ms: number) {
    super(`it answers, but not this for ${ms / 1_000} s: another transaction may have locked the table`);
  }
}

/** What a connection fails with that was given up. */
export function silentFor(ms: number): Error {
  return Object.assign(new Error(`the database was silent for ${ms / 1_000} s`), { code: "ETIMEDOUT" });
}
