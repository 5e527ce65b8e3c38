import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  Kysely,
  type QueryResult,
  type TransactionSettings,
} from "kysely";
import type { AnyKysely } from "../../src/store/any-kysely.ts";

/** What a network loses of a commit: the statement before it arrives, or the answer after it was done. */
export type Lost = "statement" | "answer";

/**
 * A Kysely instance of the application, over a real database, whose connections break on demand when they are told to
 * commit a change.
 */
export class LossyDatabase {
  readonly db: AnyKysely;
  #next: Lost | undefined;

  constructor(dialect: Dialect) {
    this.db = new Kysely({
      dialect: {
        createAdapter: () => dialect.createAdapter(),
        createDriver: () => new LossyDriver(dialect.createDriver(), this),
        createIntrospector: (db) => dialect.createIntrospector(db),
        createQueryCompiler: () => dialect.createQueryCompiler(),
      },
    });
  }

  /** The next commit of a change loses this. */
  loseNext(lost: Lost | undefined): void {
    this.#next = lost;
  }

  /** Whether nothing is left to be lost. */
  get hasLost(): boolean {
    return this.#next === undefined;
  }

  /** What is lost of a commit that happens now. */
  take(): Lost | undefined {
    const lost = this.#next;
    this.#next = undefined;
    return lost;
  }
}

/** Kysely's own driver, with connections that may break. */
class LossyDriver implements Driver {
  readonly #driver: Driver;
  readonly #database: LossyDatabase;

  constructor(driver: Driver, database: LossyDatabase) {
    this.#driver = driver;
    this.#database = database;
  }

  init(): Promise<void> {
    return this.#driver.init();
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    return new LossyConnection(await this.#driver.acquireConnection(), this.#database);
  }

  beginTransaction(connection: LossyConnection, settings: TransactionSettings): Promise<void> {
    return this.#driver.beginTransaction(connection.inner, settings);
  }

  commitTransaction(connection: LossyConnection): Promise<void> {
    const { inner } = connection;
    return connection.commit(
      () => this.#driver.commitTransaction(inner),
      () => this.#driver.rollbackTransaction(inner),
    );
  }

  async rollbackTransaction(connection: LossyConnection): Promise<void> {
    connection.checkWorks();
    await this.#driver.rollbackTransaction(connection.inner);
  }

  releaseConnection(connection: LossyConnection): Promise<void> {
    return this.#driver.releaseConnection(connection.inner);
  }

  destroy(): Promise<void> {
    return this.#driver.destroy();
  }
}

class LossyConnection implements DatabaseConnection {
  readonly inner: DatabaseConnection;
  readonly #database: LossyDatabase;
  #isBroken = false;
  #hasWritten = false;

  constructor(inner: DatabaseConnection, database: LossyDatabase) {
    this.inner = inner;
    this.#database = database;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    this.checkWorks();
    const run = (text: string) => this.inner.executeQuery<R>({ ...query, sql: text, parameters: [] });
    if (/^commit\b/i.test(query.sql))
      return this.commit(
        () => run(query.sql),
        () => run("rollback"),
      );
    if (/^(insert|update|delete|with)\b/i.test(query.sql)) this.#hasWritten = true;
    return this.inner.executeQuery<R>(query);
  }

  streamQuery<R>(query: CompiledQuery, chunkSize?: number): AsyncIterableIterator<QueryResult<R>> {
    this.checkWorks();
    return this.inner.streamQuery<R>(query, chunkSize);
  }

  async commit<T>(commit: () => Promise<T>, rollBack: () => Promise<unknown>): Promise<T> {
    this.checkWorks();
    const lost = this.#hasWritten ? this.#database.take() : undefined;
    this.#hasWritten = false;
    if (lost === undefined) return commit();
    // The server ends the transaction of a connection that broke.
    await (lost === "answer" ? commit() : rollBack());
    this.#isBroken = true;
    throw reset();
  }

  checkWorks(): void {
    if (this.#isBroken) throw reset();
  }
}

const reset = (): Error =>
  Object.assign(new Error("read ECONNRESET"), { errno: -104, code: "ECONNRESET", syscall: "read" });
