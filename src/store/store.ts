import { createHash } from "node:crypto";
import { sql } from "kysely";
import type { Clock } from "../time/clock.ts";
import { within } from "../time/within.ts";
import { warn } from "../warn.ts";
import { type Access, connectionAccess } from "./access.ts";
import type { AuditEntry } from "./audit.ts";
import type { Author } from "./change.ts";
import { changeByKey, type FirstChange, type Repetition, toFirstChange } from "./change-table.ts";
import type { Expected } from "./current.ts";
import type { Connection, Database } from "./database.ts";
import type { Db, StoreDialect } from "./dialect.ts";
import {
  ClosedError,
  DatabaseUnavailableError,
  type DatabaseUser,
  WriteBlockedError,
  WriteOutcomeUnknownError,
} from "./errors.ts";
import type { KyselyTransaction } from "./kysely-instance.ts";
import type { RevisionMark } from "./mark.ts";
import { checkMigrated, migrate, newerMigrations, pendingMigrations } from "./migrate.ts";
import type { OnWait } from "./migration-turn.ts";
import { type Call, OpenCalls } from "./open-calls.ts";
import { inOwnWords } from "./own-words.ts";
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
import { type Head, HeadQuery } from "./read-head.ts";
import { countHistory, type HistoryFilter, readHistory } from "./read-history.ts";
import { readItemsSince, readRows } from "./read-rows.ts";
import { readRowsSince, readRowsSinceApart } from "./read-since.ts";
import type { Rows } from "./rows.ts";
import { installationOf } from "./schema.ts";
import { silence, silentFor } from "./silence.ts";
import type { TableNames } from "./table-names.ts";
import { checkTransaction, transactionAccess } from "./transaction-access.ts";
import { newUuid } from "./uuid.ts";
import { changeWork, type Decide, type Place, type Written } from "./writing/change-work.ts";
import { GivenUp } from "./writing/given-up.ts";
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
  readonly #reads: OpenCalls;
  readonly #writes: OpenCalls;
  readonly #head: HeadQuery;
  #connection:
    | { readonly access: Access; readonly push: PushChannel | undefined; close(cause: Error): Promise<void> }
    | undefined;
  readonly #isPushed: boolean;
  readonly #publisher: Publisher | undefined;
  #opening: Promise<void> | undefined;
  #closing: Promise<void> | undefined;
  #isClosed = false;
  #onWritten = (_written: RevisionMark): void => this.publish();
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
    this.#reads = new OpenCalls(clock);
    this.#writes = new OpenCalls(clock);
    this.#head = new HeadQuery(tables, namespace);
    this.#isPushed = push !== false;
    this.#publisher = push ? new Publisher(push, this.topic) : undefined;
  }

  /** Whether it is inside a transaction of the application. */
  get isJoined(): boolean {
    return this.#isJoined;
  }

  /** Opens the database, once: unless it is open, or about to be. @throws DriverMissingError, and the errors of `inOwnWords` */
  async connect(): Promise<void> {
    if (this.#isClosed) throw new ClosedError();
    this.#opening ??= this.#inOwnWords(this.#open()).catch((error: unknown) => {
      this.#opening = undefined;
      throw error;
    });
    await this.#opening;
    if (this.#isClosed) throw new ClosedError();
  }

  /** Resolves when the database answers; opens it, unless it is open. @throws DatabaseSettingError */
  async ping(): Promise<void> {
    await this.connect();
    await this.#reach(({ look }) =>
      look(async (db) => {
        await sql`select 1`.execute(db);
        await this.dialect.checkSettings?.(db, this.description);
      }),
    );
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
  in(transaction: KyselyTransaction, onWritten: (written: RevisionMark) => void): Store {
    if (this.#isClosed) throw new ClosedError();
    checkTransaction(transaction, this.dialect);
    const joined = new Store(this.#database, this.namespace, this.#tables, this.clock);
    const access = transactionAccess(transaction, this.#database);
    joined.#connection = { access, push: undefined, close: async () => undefined };
    joined.#isJoined = true;
    joined.#onWritten = onWritten;
    return joined;
  }

  /** Applies missing migrations and returns their names. `onWait` hears when others have to be waited for. */
  migrate(onWait: OnWait = (message) => warn(message, message)): Promise<string[]> {
    const { dialect, clock, description } = this;
    const options = { clock, description, onWait };
    return this.#reach(
      ({ alter }) => alter((db) => migrate(db, dialect, this.#tables, options)),
      "migrator",
      this.#writes,
    );
  }

  /** The names of migrations of newer versions, all of which this one can work with where it opens. */
  newerMigrations(): Promise<string[]> {
    return this.#use((db) => newerMigrations(db, this.dialect, this.#tables));
  }

  /** The names of missing migrations. @throws NewerDatabaseError */
  pendingMigrations(): Promise<string[]> {
    return this.#use((db) => pendingMigrations(db, this.dialect, this.#tables));
  }

  checkMigrated(): Promise<void> {
    return this.#use((db) => checkMigrated(db, this.dialect, this.#tables));
  }

  /** Where the database is, seen from a revision that was read before; with what changed, where that is a few rows. */
  readHead(since: RevisionMark): Promise<Head> {
    return this.#reach(({ look }) => look((db) => this.#head.read(db, since)));
  }

  /** All rows of the namespace, retired ones included, as of one revision. */
  readAll(): Promise<Rows> {
    return this.#read((transaction) => readRows(transaction, this.#tables, this.namespace));
  }

  /**
   * The rows that changed after a revision, as of one revision: that of `head` or a later one. undefined where the
   * database is not at a successor of that revision.
   */
  async readSince(since: RevisionMark, head: Head): Promise<Rows | undefined> {
    if (head.onlyItems) {
      const { course: _, onlyItems: __, items, ...mark } = head;
      if (items) return { ...mark, types: [], items, purged: [] };
      const rows = await this.#reach(({ list }) =>
        list((db) => readItemsSince(db, this.#tables, this.namespace, since, head)),
      );
      if (rows) return rows;
    }
    if (this.#isJoined) {
      return this.#use((db) => readRowsSinceApart(db, this.#tables, this.namespace, since, this.#head));
    }
    return this.#reach(({ list }) => list((db) => readRowsSince(db, this.#tables, this.namespace, since)));
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
    const written = await this.#reach(
      (access, call) => {
        call.within(silence.lockMs, () => silentFor(silence.lockMs));
        return writeForCertain(access, {
          work: changeWork(this.#place, { id, author, decide, expected, repetition, call }),
          isRepeatable: (error) => !this.#isJoined && this.dialect.isRepeatable(error),
          look: () => lookFor(access, this.#place, id, () => this.#isClosed),
          unknown: (error) => new WriteOutcomeUnknownError(this.description, repetition?.key, error),
        });
      },
      "writer",
      this.#writes,
    );
    if (written.changes.length > 0) this.#tell(written);
    return written;
  }

  /** What was made under a key, if something was. */
  async firstChange(key: string): Promise<FirstChange | undefined> {
    const query = (db: Db) => changeByKey(db, this.#tables, this.namespace, key);
    return toFirstChange(await this.#use((db) => query(db).execute()));
  }

  /** Notes that a process is alive, for `aliveMs` unless it says so again; forgets those that no longer are. */
  saveProcess(note: ProcessNote, news: PluginNews, aliveMs: number): Promise<void> {
    return this.#answered(
      (access) => access.note((db) => saveProcess(this.#processesOf(db), note, news, aliveMs)),
      "writer",
    );
  }

  forgetProcess(id: string): Promise<void> {
    return this.#answered(({ note }) => note((db) => removeProcess(db, this.#tables, id)), "writer");
  }

  /** The processes that are alive, by host and process id. */
  processes(): Promise<ProcessRow[]> {
    return this.#use((db) => readProcesses(this.#processesOf(db), this.#pluginLists));
  }

  /**
   * Closes it, within 3 seconds: nothing more is begun, and reads end with ClosedError at once. A write has a
   * second to come to its end; then it ends with ClosedError, too, unless it is being committed.
   */
  close(): Promise<void> {
    this.#isClosed = true;
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #open(): Promise<void> {
    let isAwaited = true;
    const connecting = this.#database.connect().then(async (connection) => {
      if (isAwaited && !this.#isClosed) return this.#take(connection);
      await connection.close();
      throw new ClosedError();
    });
    try {
      const late = () => new DatabaseUnavailableError(this.description, silentFor(silence.answerMs));
      await within(this.clock, silence.answerMs, late, connecting);
    } finally {
      isAwaited = false;
    }
  }

  #take(connection: Connection): void {
    const { dialect, description, clock } = this;
    const blocked = (): Error => new WriteBlockedError(description, new Error("others were before it"));
    const { schema } = this.#database;
    const access = connectionAccess({ connection, dialect, description, schema, clock, blocked });
    this.#connection = {
      access,
      push: connection.push,
      async close(cause) {
        await Promise.all([access.close(cause), connection.close()]);
      },
    };
  }

  async #close(): Promise<void> {
    const briefly = (work: Promise<unknown>): Promise<unknown> =>
      within(this.clock, graceMs, "closing", work).catch(() => undefined);
    const cause = new ClosedError();
    this.#reads.end(cause);
    await briefly(this.#writes.settled());
    this.#writes.end(cause);
    await briefly(Promise.allSettled([this.#opening, this.#writes.settled()]));
    await briefly(Promise.all([this.#publisher?.close(), this.#connection?.close(cause)]));
  }

  get #place(): Place {
    const { dialect, namespace, topic, clock } = this;
    return { dialect, tables: this.#tables, namespace, topic, clock };
  }

  /** What was written is no failure, whatever becomes of the news. */
  #tell(written: RevisionMark): void {
    try {
      this.#onWritten(written);
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
    return this.#answered(({ use }) => use(work));
  }

  /** For what has no limit of its own. */
  #answered<T>(work: (access: Access) => Promise<T>, user?: DatabaseUser): Promise<T> {
    return this.#reach((access, call) => {
      call.within(silence.answerMs, () => silentFor(silence.answerMs));
      return work(access);
    }, user);
  }

  /** Runs `work` on the database, for which a user needs these rights. */
  async #reach<T>(
    work: (access: Access, call: Call) => Promise<T>,
    user?: DatabaseUser,
    calls = this.#reads,
  ): Promise<T> {
    // A database that the application handed in would still answer after the end.
    if (this.#isClosed) throw new ClosedError();
    const access = this.#connection?.access;
    if (!access)
      throw new DatabaseUnavailableError(this.description, new Error("it has not been opened yet"));
    return this.#inOwnWords(
      calls.run((call) => work(access, call)),
      user,
    );
  }

  async #inOwnWords<T>(work: Promise<T>, user?: DatabaseUser): Promise<T> {
    try {
      return await work;
    } catch (error) {
      if (error instanceof GivenUp || this.#isForTheApplication(error)) throw error;
      throw inOwnWords(error, this, user);
    }
  }

  /** In a transaction of its own it can repeat what lost against another, and knows that by the driver's error. */
  #isForTheApplication(error: unknown): boolean {
    return this.#isJoined && this.dialect.meaningOf(error)?.kind === "conflict";
  }
}

/** How long each step of closing may take, in milliseconds. */
const graceMs = 1_000;
