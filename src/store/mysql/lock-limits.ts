import { CompiledQuery, type DialectAdapter, sql } from "kysely";
import type { Db } from "../dialect.ts";

/**
 * The Kysely instances whose connections plugbay has opened, so that their settings are plugbay's. Known by the adapter,
 * which all that is made of one instance shares.
 */
const own = new WeakSet<DialectAdapter>();

/** Says of an instance that plugbay has opened its connections. */
export function hasOwnSettings(db: Db): void {
  own.add(db.getExecutor().adapter);
}

/** How long each lock is waited for; InnoDB counts in whole seconds. */
const lockLimit = (ms: number): CompiledQuery =>
  CompiledQuery.raw(`set session innodb_lock_wait_timeout = ${Math.ceil(ms / 1_000)}`);

/** What sets the limit for a transaction that begins: nothing on a connection of the application's, whose settings stay. */
export const ownLockLimit = (db: Db, ms: number): CompiledQuery[] =>
  own.has(db.getExecutor().adapter) ? [lockLimit(ms)] : [];

/** Does `work` under a limit, which a connection of the application's has only meanwhile. */
export async function underLockLimit<T>(db: Db, ms: number, work: () => Promise<T>): Promise<T> {
  if (own.has(db.getExecutor().adapter)) {
    await db.executeQuery(lockLimit(ms));
    return work();
  }
  const query = sql<{ current: unknown }>`select @@innodb_lock_wait_timeout as current`;
  const before = Number((await query.execute(db)).rows[0]?.current);
  await db.executeQuery(lockLimit(ms));
  try {
    return await work();
  } finally {
    await db.executeQuery(lockLimit(before * 1_000)).catch(() => undefined);
  }
}
