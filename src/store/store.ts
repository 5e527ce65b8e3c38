import { createHash } from "node:crypto";
import { sql } from "kysely";
import { PlugbayError } from "../errors.ts";
import type { Clock } from "../time/clock.ts";
import { warn } from "../warn.ts";
import { type Access, connectionAccess } from "./access.ts";
import type { AuditEntry } from "./audit.ts";
import type { Author } from "./change.ts";
import { changeByKey, type FirstChange, type Repetition, toFirstChange } from "./change-table.ts";
import { ConnectionQueue } from "./connection-queue.ts";
import type { Expected } from "./current.ts";
import type { Database } from "./database.ts";
import type { Db, StoreDialect } from "./dialect.ts";
import {
  ClosedError,
  DatabaseSettingError,
  DatabaseUnavailableError,
  WriteBlockedError,
  WriteOutcomeUnknownError,
  WriteRefusedError,
} from "./errors.ts";
import type { KyselyTransaction } from "./kysely-instance.ts";
import { checkMigrated, migrate, pendingMigrations } from "./migrate.ts";
import { ownQueries } from "./own-queries.ts";
import { PluginLists } from "./plugin-lists.ts";
import {
  type PluginNews,
  type Processes,
  type ProcessNote,
  type ProcessRow,
  readProcesses,
  removeProcess,
  saveProcess,
} from "./process-table.ts";
import { Publisher } from "./publisher.ts";
import type { PushChannel } from "./push-channel.ts";
import { countHistory, type HistoryFilter, readHistory } from "./read-history.ts";
import { type Head, readHead, readItemsSince, readRows } from "./read-rows.ts";
import { readRowsSince, readRowsSinceApart } from "./read-since.ts";
import type { Rows } from "./rows.ts";
import { installationOf } from "./schema.ts";
import type { TableNames } from "./table-names.ts";
import { checkTransaction, transactionAccess } from "./transaction-access.ts";
import { newUuid } from "./uuid.ts";
import { changeWork, type Decide, type Place, type Written } from "./writing/change-work.ts";
import { lookFor } from "./writing/look-for.ts";
import { writeForCertain } from "./writing/write-for-certain.ts";

export interface WriteOptions {
  readonly expected?: Expected;
  readonly repetition?: Repetition | undefined;
}

/** plugbay's tables in one database, as one namespace sees them. The only code that speaks SQL. */
export class Store {
  readonly namespace: string;
  readonly dialect: StoreDialect;
  readonly description: string;
  readonly clock: Clock;
  /** What tells this installation from others that share its database. */
  readonly installation: string;
  /** What the namespace's push messages are about. */
  readonly topic: string;
  readonly #database: Database;
  readonly #tables: TableNames;
  readonly #pluginLists = new PluginLists();
  #connection:
    | { readonly access: Access; readonly push: PushChannel | undefined; close(): Promise<void> }
    | undefined;
  readonly #isPushed: boolean;
  readonly #publisher: Publisher | undefined;
  #onWritten = (_revision: number): void => this.publish();
  #closed = false;
  #isJoined = false;

  /** `push` is told of each commit and stands in for the database's own channel; `false`: nothing is listened to. */
  constructor(
    database: Database,
    namespace: string,
    tables: TableNames,
    clock: Clock,
    push?: PushChannel | false,
  ) {
    this.namespace = namespace;
    this.dialect = database.dialect;
    this.description = database.description;
    this.installation = installationOf(database, namespace);
    // A name of letters, short enough for PostgreSQL, whatever the namespace is called.
    this.topic = tables.prefix + createHash("sha256").update(this.installation).digest("hex").slice(0, 24);
    this.#database = database;
    this.#tables = tables;
    this.clock = clock;
    this.#isPushed = push !== false;
    this.#publisher = push ? new Publisher(push, this.topic) : undefined;
  }

  /** Whether it is inside a transaction of the application. */
  get isJoined(): boolean {
    return this.#isJoined;
  }

  /** Opens the database, unless it is open. @throws DriverMissingError, DatabaseUnavailableError */
  async connect(): Promise<void> {
    if (this.#connection) return;
    const { db: opened, isBorrowed = false, push, close } = await this.#database.connect();
    const db = ownQueries(opened, this.dialect, this.#database.schema);
    const queue = isBorrowed ? new ConnectionQueue(db, this.description) : undefined;
    this.#connection = { access: connectionAccess(db, this.dialect, queue), push, close };
  }

  /** Resolves when the database answers; opens it, unless it is open. @throws DatabaseSettingError */
  async ping(): Promise<void> {
    await this.connect();
    await this.#use(async (db) => {
      await sql`select 1`.execute(db);
      await this.dialect.checkSettings?.(db, this.description);
    });
  }

  /** The channel over which changes are heard of: that which was handed in, or the database's own. */
  get push(): PushChannel | undefined {
    return this.#isPushed ? (this.#publisher?.channel ?? this.#connection?.push) : undefined;
  }

  /** Tells other processes that something was committed, where the database has not done so itself. */
  publish(): void {
    this.#publisher?.publish();
  }

  /**
   * The same tables as a transaction of the application sees and changes them. `onWritten` hears of what is
   * written there, and may never be committed.
   *
   * @throws InvalidOptionError
   */
  in(transaction: KyselyTransaction, onWritten: (revision: number) => void): Store {
    if (this.#closed) throw new ClosedError();
    checkTransaction(transaction, this.dialect);
    const joined = new Store(this.#database, this.namespace, this.#tables, this.clock);
    const access = transactionAccess(transaction, this.#database);
    joined.#connection = { access, push: undefined, close: async () => undefined };
    joined.#isJoined = true;
    joined.#onWritten = onWritten;
    return joined;
  }

  /** Applies missing migrations and returns their names. */
  migrate(): Promise<string[]> {
    return this.#use((db) => migrate(db, this.dialect, this.#tables, this.clock));
  }

  /** The names of missing migrations. */
  pendingMigrations(): Promise<string[]> {
    return this.#use((db) => pendingMigrations(db, this.dialect, this.#tables));
  }

  checkMigrated(): Promise<void> {
    return this.#use((db) => checkMigrated(db, this.dialect, this.#tables));
  }

  /** The revision of the last change, and whether those after `since` are of items alone. */
  readHead(since: number): Promise<Head> {
    return this.#use((db) => readHead(db, this.#tables, this.namespace, since));
  }

  /** All rows of the namespace, retired ones included, as of one revision. */
  readAll(): Promise<Rows> {
    return this.#read((transaction) => readRows(transaction, this.#tables, this.namespace));
  }

  /** The rows that changed after a revision, as of one revision: that of `head` or a later one. */
  async readSince(revision: number, head: Head): Promise<Rows> {
    if (head.onlyItems) {
      const rows = await this.#use((db) => readItemsSince(db, this.#tables, this.namespace, revision, head));
      if (rows) return rows;
    }
    const read = this.#isJoined ? readRowsSinceApart : readRowsSince;
    return this.#use((db) => read(db, this.#tables, this.namespace, revision));
  }

  /** Changes of the namespace, the latest first. */
  history(filter: HistoryFilter): Promise<AuditEntry[]> {
    return this.#use((db) => readHistory(db, this.#tables, this.namespace, filter));
  }

  /** How many changes there are of the items and types of these ids. */
  countHistory(ids: readonly string[]): Promise<number> {
    return this.#use((db) => countHistory(db, this.#tables, this.namespace, ids));
  }

  /**
   * The one way to change anything: takes the lock of the revision, which makes all other writers of the namespace
   * wait, lets `decide` look and say what shall change, and writes that with its history under a new revision. When
   * `decide` throws or wants nothing changed, nothing is written and the revision stays.
   *
   * @throws KeyUsed where something was made under its key before; WriteOutcomeUnknownError
   */
  async write(
    author: Author,
    decide: Decide,
    { expected = {}, repetition }: WriteOptions = {},
  ): Promise<Written> {
    const id = newUuid();
    const work = changeWork(this.#place, { id, author, decide, expected, repetition });
    try {
      const written = await this.#reach((access) =>
        writeForCertain(access, {
          work,
          isRepeatable: (error) => !this.#isJoined && this.dialect.isRepeatable(error),
          look: () => lookFor(access, this.#place, id, () => this.#closed),
          unknown: (error) => new WriteOutcomeUnknownError(this.description, repetition?.key, error),
        }),
      );
      if (written.changes.length > 0) this.#tell(written.revision);
      return written;
    } catch (error) {
      if (error instanceof PlugbayError) throw error;
      const kind = this.dialect.meaningOf(error)?.kind;
      if (kind === "refused") throw new WriteRefusedError(this.description, error);
      throw !this.#isJoined && kind === "lock-wait" ? new WriteBlockedError(this.description, error) : error;
    }
  }

  /** What was made under a key, if something was. */
  async firstChange(key: string): Promise<FirstChange | undefined> {
    const query = (db: Db) => changeByKey(db, this.#tables, this.namespace, key);
    return toFirstChange(await this.#use((db) => query(db).execute()));
  }

  /** Notes that a process is alive, for `aliveMs` unless it says so again; forgets those that no longer are. */
  saveProcess(note: ProcessNote, news: PluginNews, aliveMs: number): Promise<void> {
    return this.#use((db) => saveProcess(this.#processesOf(db), note, news, aliveMs));
  }

  forgetProcess(id: string): Promise<void> {
    return this.#use((db) => removeProcess(db, this.#tables, id));
  }

  /** The processes that are alive, by host and process id. */
  processes(): Promise<ProcessRow[]> {
    return this.#use((db) => readProcesses(this.#processesOf(db), this.#pluginLists));
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([this.#publisher?.close(), this.#connection?.close()]);
  }

  get #place(): Place {
    const { dialect, namespace, topic, clock } = this;
    return { dialect, tables: this.#tables, namespace, topic, clock };
  }

  /** What was written is no failure, whatever becomes of the news. */
  #tell(revision: number): void {
    try {
      this.#onWritten(revision);
    } catch (error) {
      warn("a change was made, and others could not be told", error);
    }
  }

  #processesOf(db: Db): Processes {
    return { db, time: this.dialect.time, tables: this.#tables, namespace: this.namespace };
  }

  #read<T>(work: (transaction: Db) => Promise<T>): Promise<T> {
    return this.#reach(({ read }) => read(work));
  }

  #use<T>(work: (db: Db) => Promise<T>): Promise<T> {
    return this.#reach(({ use }) => use(work));
  }

  /** Runs `work` on the database, and says so in the words of this library when that does not answer. */
  async #reach<T>(work: (access: Access) => Promise<T>): Promise<T> {
    // A database that the application handed in would still answer after the end.
    if (this.#closed) throw new ClosedError();
    if (!this.#connection) {
      throw new DatabaseUnavailableError(this.description, new Error("it has not been opened yet"));
    }
    try {
      return await work(this.#connection.access);
    } catch (error) {
      if (error instanceof PlugbayError) throw error;
      const meaning = this.dialect.meaningOf(error);
      if (meaning?.kind === "unreachable") throw new DatabaseUnavailableError(this.description, error);
      if (meaning?.kind === "setting") {
        throw new DatabaseSettingError(this.description, meaning.setting, meaning.problem, error);
      }
      throw error;
    }
  }
}
