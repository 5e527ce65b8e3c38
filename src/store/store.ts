import { createHash } from "node:crypto";
import { sql } from "kysely";
import type { PluginIdentity } from "../definition/identity.ts";
import type { Clock } from "../time/clock.ts";
import { isoTime } from "../time/iso-time.ts";
import { within } from "../time/within.ts";
import { warn } from "../warn.ts";
import { type Access, connectionAccess } from "./access.ts";
import type { AuditEntry } from "./audit.ts";
import type { Author, RowChange } from "./change.ts";
import type { Connection, Database, Glance } from "./database.ts";
import type { Db, StoreDialect } from "./dialect.ts";
import { ClosedError, DatabaseUnavailableError, type DatabaseUser, WriteBlockedError } from "./errors.ts";
import type { KyselyTransaction } from "./kysely-instance.ts";
import { lockLimitMs } from "./lock-limit.ts";
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
import { hasChange, readItems, readItemsOf, readItemsSince, readRows, readRowsSince } from "./read-rows.ts";
import type { ItemRow, Rows } from "./rows.ts";
import { installationOf } from "./schema.ts";
import { silence, silentFor } from "./silence.ts";
import type { TableNames } from "./table-names.ts";
import { checkTransaction, transactionAccess } from "./transaction-access.ts";
import { newUuid } from "./uuid.ts";
import { raiseRevision, writeChanges } from "./write-changes.ts";

/** What a change may look at, inside its transaction, before it decides. */
export interface Current {
  /** The revision before this change. */
  readonly revision: number;
  /** Whether that is the revision, of this history, at which something was read. */
  readonly isAt: (read: RevisionMark) => Promise<boolean>;
  readonly rows: () => Promise<Rows>;
  readonly items: (ids: readonly string[]) => Promise<ItemRow[]>;
  /** All items of one plugin, retired ones included. */
  readonly itemsOf: (typeId: string, plugin: PluginIdentity) => Promise<ItemRow[]>;
}

/** What a transaction did; `changes` are as written, with versions and revisions. Empty: nothing was written. */
export interface Written {
  readonly revision: number;
  /** The random id of that revision; `""` where nothing was written. */
  readonly revisionId: string;
  readonly changes: readonly RowChange[];
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
    | {
        readonly access: Access;
        readonly push?: PushChannel | undefined;
        readonly glance?: Glance | undefined;
        close(cause: Error): Promise<void>;
      }
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

  /** The cheapest look, where the database has one. */
  get glance(): Glance | undefined {
    return this.#connection?.glance;
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
    joined.#connection = { access, close: async () => undefined };
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
    return this.#read((transaction) =>
      readRowsSince(transaction, this.#tables, this.namespace, since, this.#head),
    );
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
   * The one way to change anything: raises the revision, which makes all other writers of the namespace
   * wait, lets `decide` look and say what shall change, and writes that with its history. When `decide`
   * throws or wants nothing changed, nothing is written and the revision stays.
   */
  async write(author: Author, decide: (current: Current) => Promise<readonly RowChange[]>): Promise<Written> {
    try {
      const written = await this.#reach(
        ({ write }, call) => {
          call.within(...this.#lockWait());
          return write((transaction) => this.#change(transaction, call, author, decide));
        },
        "writer",
        this.#writes,
      );
      this.#onWritten(written);
      return written;
    } catch (error) {
      if (error instanceof NothingToWrite) return { revision: error.revision, revisionId: "", changes: [] };
      throw error;
    }
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
    const connecting = this.#inOwnWords(this.#database.connect()).then(async (connection) => {
      if (isAwaited && !this.#isClosed) return this.#take(connection);
      await connection.close();
      throw new ClosedError();
    });
    try {
      // Longer than a file's lock is waited for: that is no silence.
      const late = () => new DatabaseUnavailableError(this.description, silentFor(silence.lockMs));
      await within(this.clock, silence.lockMs, late, connecting);
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
      glance: connection.glance,
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

  async #change(
    transaction: Db,
    call: Call,
    author: Author,
    decide: (current: Current) => Promise<readonly RowChange[]>,
  ): Promise<Written> {
    const { namespace, dialect } = this;
    const tables = this.#tables;
    call.begin();
    const mark = await raiseRevision(transaction, dialect, tables, namespace, newUuid());
    const { revision, revisionId } = mark;
    call.within(silence.writeMs, () => silentFor(silence.writeMs));
    const wanted = await decide({
      revision: revision - 1,
      isAt: async (read) =>
        read.revision === revision - 1 &&
        (read.revision === 0 || (await hasChange(transaction, tables, namespace, read))),
      rows: async () => ({ ...(await readRows(transaction, tables, namespace)), revision: revision - 1 }),
      items: (ids) => readItems(transaction, tables, namespace, ids),
      itemsOf: (typeId, plugin) => readItemsOf(transaction, tables, namespace, typeId, plugin),
    });
    if (wanted.length === 0) throw new NothingToWrite(revision - 1);
    const context = { ...author, ...mark, namespace, at: isoTime(this.clock) };
    const changes = await writeChanges(transaction, dialect, tables, wanted, context);
    await dialect.notify?.(transaction, this.topic);
    call.commit();
    return { revision, revisionId, changes };
  }

  /** Where the server ends a wait for the lock by itself, one that goes on for longer is silence. */
  #lockWait(): [ms: number, late: () => Error] {
    if (this.dialect.limitsLockWaits) return [silence.lockMs, () => silentFor(silence.lockMs)];
    const cause = new Error(`the lock did not come within ${lockLimitMs / 1_000} s`);
    return [lockLimitMs, () => new WriteBlockedError(this.description, cause)];
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
      if (error instanceof NothingToWrite || this.#isForTheApplication(error)) throw error;
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

/** Thrown inside a transaction to roll it back when there turned out to be nothing to write. */
class NothingToWrite extends Error {
  readonly revision: number;
  constructor(revision: number) {
    super("nothing to write");
    this.revision = revision;
  }
}
