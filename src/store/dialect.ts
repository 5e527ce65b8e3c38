import type { Kysely, KyselyPlugin, RawBuilder } from "kysely";
import type { DriverErrorMeaning } from "./driver-error.ts";
import type { Attempt } from "./migration-turn.ts";
import type { LineQuery, Query, Turn } from "./query.ts";
import type { Tables } from "./tables.ts";

export type Db = Kysely<Tables>;

/** The column types of a database, for the migrations. */
export interface ColumnTypes {
  /** A UUID as text, compared by code unit. */
  readonly id: RawBuilder<unknown>;
  /** Up to 100 code points, compared by code unit. */
  readonly name: RawBuilder<unknown>;
  /** Up to 200 code points, compared by code unit. */
  readonly key: RawBuilder<unknown>;
  /** Up to 32 ASCII characters, for closed sets of words and ISO 8601 times. */
  readonly word: RawBuilder<unknown>;
  /** Text without a limit that matters. */
  readonly text: RawBuilder<unknown>;
  readonly integer: RawBuilder<unknown>;
  readonly bigint: RawBuilder<unknown>;
}

/** Expressions for the time as the database has it. */
export interface DatabaseTime {
  /** Epoch milliseconds. */
  readonly ms: RawBuilder<number>;
  /** ISO 8601, UTC, with milliseconds. */
  readonly iso: RawBuilder<string>;
}

/**
 * What the store needs to know of a database: everything that differs between SQLite, PostgreSQL and
 * MySQL stands behind this, so that no query asks which of them it runs on.
 */
export interface StoreDialect {
  readonly name: "sqlite" | "postgres" | "mysql";
  /** Whether opening creates and updates the tables without being asked. */
  readonly migratesOnOpen: boolean;
  /** How often another process's changes are looked for, in milliseconds, where no push channel is. */
  readonly pollIntervalMs: number;
  /** Whether there is one connection that writes, and whoever wants to write waits for it. */
  readonly hasOneWriter: boolean;
  /** Whether tables are in schemas, one of which may be named. */
  readonly hasSchemas: boolean;
  /** The schema that tables are in where none is named; undefined where each connection has its own. */
  readonly defaultSchema: string | undefined;
  /** Whether the plan of a repeated statement is kept, whatever its parameters are next time. */
  readonly keepsPlans: boolean;
  /** All columns of a row as one, a JSON object: a client takes longer over many columns than over their values. */
  readonly packed?: (table: string) => RawBuilder<string | null>;
  /** How an insert becomes an update where the id is there already. */
  readonly upsert: "on conflict" | "on duplicate key";
  readonly columns: ColumnTypes;
  /** The database's own time, of which processes need not think the same. */
  readonly time: DatabaseTime;
  /** What queries have to pass on their way to the driver. */
  readonly plugin?: KyselyPlugin;

  /** @throws DatabaseSettingError where texts would not come back as they were written */
  checkSettings?(db: Db, description: string): Promise<void>;
  /**
   * What an error means that a driver of this database threw, as it is or wrapped in others; undefined where
   * nothing is known of it.
   */
  meaningOf(error: unknown): DriverErrorMeaning | undefined;
  /**
   * Begins a transaction that writes, and does what `wait` does, in as few round trips as the connection allows. It waits
   * for no lock longer than `lockMs`, but on MySQL over a connection of the application's, whose settings stay.
   */
  begin(connection: Db, line: LineQuery, reads: readonly Query[], lockMs: number): Promise<Turn>;
  /**
   * Waits, inside a transaction, for the lock of the row that `line` finds, which is kept until the transaction ends.
   * So writers wait for each other in a line, and each reads what the one before has committed.
   */
  wait(transaction: Db, line: LineQuery, reads: readonly Query[]): Promise<Turn>;
  /**
   * Runs queries that write, in as few round trips as the connection allows. The last one may read. Where there is a
   * `lockMs`, no lock is waited for longer than that.
   */
  writeAll(transaction: Db, queries: readonly Query[], lockMs?: number): Promise<void>;
  commit(connection: Db, lockMs: number): Promise<void>;
  /** Whether a transaction that failed with this, and left nothing behind, is to be run again. */
  isRepeatable(error: unknown): boolean;
  /** Runs `work` in a read-only transaction, all of whose queries see the database at one moment. */
  read<T>(db: Db, work: (transaction: Db) => Promise<T>): Promise<T>;
  /**
   * Runs `work` on one connection, unless another process runs migrations under the same `name`: then undefined,
   * at once. Fails within a few seconds where the work meets the locks of others; it can be run again then.
   */
  tryToMigrate<T>(
    db: Db,
    name: string,
    work: (connection: Db) => Promise<T>,
  ): Promise<Attempt<T> | undefined>;
  /** Whether a table is there, in the schema of `db`; `hidden`, where it is and this user has no right to it. */
  findTable(db: Db, table: string): Promise<"there" | "hidden" | "missing">;
  /** Whether a table, in the schema of `db`, has a column. */
  hasColumn(db: Db, table: string, column: string): Promise<boolean>;
  /** Tells listening processes, when the transaction is committed, that there is something to read: this revision. */
  notice?(db: Db, topic: string, revisionId: string): Query;
  /**
   * A transaction of the application such that what it reads is what was committed last, beside its own changes,
   * whatever its isolation; or it fails for the application to repeat it.
   */
  latest(transaction: Db): Db;
  /** Makes the driver itself wait for locks, for code that does not repeat what a lock has refused. */
  waitForLocks?(db: Db): Promise<void>;
}
