import { sql } from "kysely";
import type { Db, StoreDialect } from "../dialect.ts";
import { inTurn } from "../in-turn.ts";
import { lockLimitMs } from "../lock-limit.ts";
import type { LineQuery, Query, Turn } from "../query.ts";
import { retry } from "../retry.ts";
import { sqliteMeaning } from "./sqlite-errors.ts";

export const sqliteDialect: StoreDialect = {
  name: "sqlite",
  migratesOnOpen: true,
  pollIntervalMs: 250,
  hasOneWriter: true,
  hasSchemas: false,
  defaultSchema: "main",
  keepsPlans: true,
  upsert: "on conflict",
  columns: {
    id: sql`text`,
    name: sql`text`,
    key: sql`text`,
    word: sql`text`,
    text: sql`text`,
    integer: sql`integer`,
    bigint: sql`integer`,
  },
  time: {
    ms: sql`cast(round((julianday('now') - 2440587.5) * 86400000) as integer)`,
    iso: sql`strftime('%Y-%m-%dT%H:%M:%fZ', 'now')`,
  },
  // A deferred transaction that reads first and then writes fails at once when another process wrote in
  // between, whatever the busy timeout: so writers begin immediately.
  async begin(connection, line, reads, lockMs) {
    await begin(connection, "immediate", lockMs);
    return wait(connection, line, reads);
  },
  wait,
  async writeAll(transaction, queries) {
    await inTurn(transaction, queries);
  },
  commit,
  // Locks were waited for already.
  isRepeatable: () => false,
  read: (db, work) => transaction(db, "deferred", work),
  tryToMigrate: async (db, _name, work) => ({ value: await transaction(db, "immediate", work, briefMs) }),
  async findTable(db, table) {
    const query = sql`select 1 from sqlite_master where type = 'table' and name = ${table}`;
    return (await query.execute(db)).rows.length > 0 ? "there" : "missing";
  },
  async hasColumn(db, table, column) {
    const query = sql`select 1 from pragma_table_info(${table}) where name = ${column}`;
    return (await query.execute(db)).rows.length > 0;
  },
  latest: (transaction) => transaction,
  meaningOf: sqliteMeaning,
  async waitForLocks(db) {
    await sql`pragma busy_timeout = 5000`.execute(db);
  },
};

/** How long one of several attempts waits for a lock. */
const briefMs = 1_000;

function transaction<T>(
  db: Db,
  mode: "immediate" | "deferred",
  work: (connection: Db) => Promise<T>,
  limitMs = lockLimitMs,
): Promise<T> {
  return db.connection().execute(async (connection) => {
    await begin(connection, mode, limitMs);
    try {
      const result = await work(connection);
      await commit(connection);
      return result;
    } catch (error) {
      // SQLite may have rolled back by itself (a full disk); the first error is the one to report.
      await sql`rollback`.execute(connection).catch(() => undefined);
      throw error;
    }
  });
}

async function begin(connection: Db, mode: "immediate" | "deferred", limitMs = lockLimitMs): Promise<void> {
  await retry(() => sql`begin ${sql.raw(mode)}`.execute(connection), isBusy, limitMs);
}

/** Under a rollback journal the commit itself may have to wait for readers. */
async function commit(connection: Db, limitMs = lockLimitMs): Promise<void> {
  await retry(() => sql`commit`.execute(connection), isBusy, limitMs);
}

/** The lock is that of the whole file, and a transaction that writes has it from its beginning. */
async function wait(transaction: Db, line: LineQuery, reads: readonly Query[]): Promise<Turn> {
  const [row = [], ...answers] = await inTurn(transaction, [line, ...reads]);
  return { line: row, answers };
}

/** Whether others have the lock. */
export const isBusy = (error: unknown): boolean => {
  const kind = sqliteMeaning(error)?.kind;
  return kind === "lock-wait" || kind === "conflict";
};
