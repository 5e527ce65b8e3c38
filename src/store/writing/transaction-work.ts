import type { Db } from "../dialect.ts";
import type { LockWait } from "../lock-wait.ts";
import type { LineQuery, Query, Turn } from "../query.ts";

/** What is done in a transaction that writes. */
export interface TransactionWork<T> {
  readonly lockWait: LockWait;
  readonly line: (db: Db) => LineQuery;
  /** What is known beforehand to be read, and so can be read together with taking the lock. */
  readonly reads: (db: Db) => readonly Query[];
  /** `isWritten` is false where there is nothing to commit. */
  readonly decide: (
    transaction: Db,
    turn: Turn,
  ) => Promise<{ readonly value: T; readonly isWritten: boolean }>;
}
