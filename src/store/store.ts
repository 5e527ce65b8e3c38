import { createHash } from "node:crypto";
import { sql } from "kysely";
import type { PluginIdentity } from "../definition/identity.ts";
import { PlugbayError } from "../errors.ts";
import type { Clock } from "../time/clock.ts";
import { isoTime } from "../time/iso-time.ts";
import { type Access, connectionAccess } from "./access.ts";
import type { AuditEntry } from "./audit.ts";
import type { Author, RowChange } from "./change.ts";
import { ConnectionQueue } from "./connection-queue.ts";
import type { Connection, Database } from "./database.ts";
import type { Db, StoreDialect } from "./dialect.ts";
import type { DriverErrorMeaning } from "./driver-error.ts";
import {
  ClosedError,
  type DatabaseReplacedError,
  DatabaseSettingError,
  DatabaseUnavailableError,
  WriteBlockedError,
  WriteRefusedError,
} from "./errors.ts";
import type { KyselyTransaction } from "./kysely-instance.ts";
import { readMark } from "./mark.ts";
import { checkMigrated, migrate, pendingMigrations } from "./migrate.ts";
import { MisplacedError } from "./misplaced-error.ts";
import { OriginGuard } from "./origin-guard.ts";
import { ownQueries } from "./own-queries.ts";
import { PluginLists } from "./plugin-lists.ts";
import {
  type PluginNews,
  type ProcessNote,
  type ProcessRow,
  readProcesses,
  removeProcess,
  saveProcess,
} from "./process-table.ts";
import { Publisher } from "./publisher.ts";
import type { PushChannel } from "./push-channel.ts";
import { countHistory, type HistoryFilter, readHistory } from "./read-history.ts";
import {
  type Head,
  hasChange,
  type RevisionMark,
  readHead,
  readItems,
  readItemsOf,
  readItemsSince,
  readRows,
  readRowsSince,
} from "./read-rows.ts";
import type { ItemRow, Rows } from "./rows.ts";
import { installationOf } from "./schema.ts";
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
  #connection:
    | (Pick<Connection, "close"> & {
        readonly access: Access;
        readonly push: PushChannel | undefined;
        readonly verify: Connection["verify"] | undefined;
      })
    | undefined;
  readonly #isPushed: boolean;
  readonly #publisher: Publisher | undefined;
  #guard: OriginGuard;
  #onWritten = (_written: RevisionMark): void => this.publish();
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
    this.#guard = new OriginGuard(database.description);
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
    const { db: opened, isBorrowed = false, push, verify, close } = await this.#open();
    const db = ownQueries(opened, this.dialect, this.#database.schema);
    const queue = isBorrowed ? new ConnectionQueue(db, this.description) : undefined;
    this.#connection = { access: connectionAccess(db, this.dialect, queue), push, verify, close };
  }

  /** A database that has to be there is not made anew. */
  #open(): Promise<Connection> {
    return this.#database.connect({ mayCreate: !this.#guard.isSet }).catch((error: unknown) => {
      throw this.#placed(error);
    });
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
  in(transaction: KyselyTransaction, onWritten: (written: RevisionMark) => void): Store {
    if (this.#closed) throw new ClosedError();
    checkTransaction(transaction, this.dialect);
    const joined = new Store(this.#database, this.namespace, this.#tables, this.clock);
    const access = transactionAccess(transaction, this.#database);
    joined.#connection = { access, push: undefined, verify: undefined, close: async () => undefined };
    joined.#isJoined = true;
    joined.#guard = this.#guard;
    joined.#onWritten = onWritten;
    return joined;
  }

  /**
   * From here on, this process serves data of this origin: data of another one are neither read nor written.
   * `snapshotFiles` are those that were taken of them.
   */
  keepTo(origin: string, snapshotFiles: readonly string[]): void {
    this.#guard.keepTo(origin, snapshotFiles);
  }

  /** Any data are good again. */
  release(): void {
    this.#guard.release();
  }

  /** The rows that this process serves were found to be gone: nothing is written from here on. */
  emptied(): DatabaseReplacedError {
    return this.#guard.fault("emptied");
  }

  /** The rows that this process serves are there. */
  confirm(): void {
    this.#guard.confirm();
  }

  /** @throws DatabaseReplacedError when the last look found other data, or none */
  checkLast(): void {
    this.#guard.checkLast();
  }

  /**
   * Looks whether the data are those that this process serves, before anything is made of them that are not.
   *
   * @throws DatabaseReplacedError
   */
  async checkOrigin(): Promise<void> {
    if (!this.#guard.isSet) return;
    await this.#use(async (db) => {
      const isThere = await this.dialect.hasColumn(db, this.#tables.revision, "origin");
      if (!isThere) throw this.#guard.fault("missing");
      this.#guard.check(await readMark(db, this.#tables, this.namespace));
    });
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

  /** Where the database is, seen from a revision that was read before. */
  async readHead(since: RevisionMark): Promise<Head> {
    const head = await this.#use((db) => readHead(db, this.#tables, this.namespace, since));
    this.#guard.check(head);
    return head;
  }

  /** All rows of the namespace, retired ones included, as of one revision. */
  async readAll(): Promise<Rows> {
    const rows = await this.#read((transaction) => readRows(transaction, this.#tables, this.namespace));
    this.#guard.check(rows);
    return rows;
  }

  /**
   * The rows that changed after a revision, as of one revision: that of `head` or a later one. undefined where the
   * database is not at a successor of that revision.
   */
  async readSince(since: RevisionMark, head: Head): Promise<Rows | undefined> {
    if (head.onlyItems) {
      const rows = await this.#use((db) => readItemsSince(db, this.#tables, this.namespace, since, head));
      if (rows) return rows;
    }
    return this.#read((transaction) => readRowsSince(transaction, this.#tables, this.namespace, since));
  }

  /** Changes of the namespace, the latest first. */
  async history(filter: HistoryFilter): Promise<AuditEntry[]> {
    this.#guard.checkLast();
    return this.#use((db) => readHistory(db, this.#tables, this.namespace, filter));
  }

  /** How many changes there are of the items and types of these ids. */
  async countHistory(ids: readonly string[]): Promise<number> {
    this.#guard.checkLast();
    return this.#use((db) => countHistory(db, this.#tables, this.namespace, ids));
  }

  /**
   * The one way to change anything: raises the revision, which makes all other writers of the namespace
   * wait, lets `decide` look and say what shall change, and writes that with its history. When `decide`
   * throws or wants nothing changed, nothing is written and the revision stays.
   */
  async write(author: Author, decide: (current: Current) => Promise<readonly RowChange[]>): Promise<Written> {
    try {
      const written = await this.#reach(({ write }) =>
        write((transaction) => this.#change(transaction, author, decide)),
      );
      this.#onWritten(written);
      return written;
    } catch (error) {
      if (error instanceof NothingToWrite) return { revision: error.revision, revisionId: "", changes: [] };
      if (error instanceof PlugbayError) throw error;
      const kind = this.dialect.meaningOf(error)?.kind;
      if (kind === "refused") throw new WriteRefusedError(this.description, error);
      throw !this.#isJoined && kind === "lock-wait" ? new WriteBlockedError(this.description, error) : error;
    }
  }

  /** Notes that a process is alive, and forgets those that have not been for `forgetAfterMs`. */
  saveProcess(note: ProcessNote, news: PluginNews, forgetAfterMs: number): Promise<void> {
    return this.#use(async (db) => {
      if (this.#guard.isSet) this.#guard.checkChange(await readMark(db, this.#tables, this.namespace));
      await saveProcess(db, this.#tables, this.namespace, note, news, forgetAfterMs);
    });
  }

  forgetProcess(id: string): Promise<void> {
    return this.#use((db) => removeProcess(db, this.#tables, id));
  }

  /** The processes that are alive, by host and process id. */
  async processes(): Promise<ProcessRow[]> {
    this.#guard.checkLast();
    return this.#use((db) => readProcesses(db, this.#tables, this.namespace, this.#pluginLists));
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([this.#publisher?.close(), this.#connection?.close()]);
  }

  async #change(
    transaction: Db,
    author: Author,
    decide: (current: Current) => Promise<readonly RowChange[]>,
  ): Promise<Written> {
    const { namespace, dialect } = this;
    const tables = this.#tables;
    const mark = await raiseRevision(transaction, dialect, tables, namespace, newUuid());
    this.#guard.checkChange(mark);
    const { revision, revisionId } = mark;
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
    return { revision, revisionId, changes };
  }

  /** What it means for this process that a database is not in its place. */
  #placed(error: unknown): unknown {
    if (!(error instanceof MisplacedError)) return error;
    if (this.#guard.isSet) return this.#guard.fault(error.found);
    return new DatabaseUnavailableError(this.description, error);
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
      this.#guard.checkLast();
      throw new DatabaseUnavailableError(this.description, new Error("it has not been opened yet"));
    }
    try {
      await this.#connection.verify?.();
      return await work(this.#connection.access);
    } catch (error) {
      if (error instanceof MisplacedError) throw this.#placed(error);
      if (error instanceof PlugbayError) throw error;
      const meaning = this.dialect.meaningOf(error);
      if (this.#guard.isSet && isMissing(meaning)) throw this.#guard.fault("missing");
      if (meaning?.kind === "unreachable") throw new DatabaseUnavailableError(this.description, error);
      if (meaning?.kind === "setting") {
        throw new DatabaseSettingError(this.description, meaning.setting, meaning.problem, error);
      }
      throw error;
    }
  }
}

const isMissing = (meaning: DriverErrorMeaning | undefined): boolean =>
  meaning?.kind === "missing-table" ||
  meaning?.kind === "missing-schema" ||
  meaning?.kind === "missing-database";

/** Thrown inside a transaction to roll it back when there turned out to be nothing to write. */
class NothingToWrite extends Error {
  readonly revision: number;
  constructor(revision: number) {
    super("nothing to write");
    this.revision = revision;
  }
}
