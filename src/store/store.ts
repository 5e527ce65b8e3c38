import { createHash } from "node:crypto";
import { sql } from "kysely";
import type { PluginIdentity } from "../definition/identity.ts";
import { type Access, connectionAccess } from "./access.ts";
import type { AuditEntry } from "./audit.ts";
import type { Author, RowChange } from "./change.ts";
import { ConnectionQueue } from "./connection-queue.ts";
import type { Database } from "./database.ts";
import type { Db, StoreDialect } from "./dialect.ts";
import { ClosedError, DatabaseUnavailableError, WriteBlockedError, WriteRefusedError } from "./errors.ts";
import type { KyselyTransaction } from "./kysely-instance.ts";
import { checkMigrated, migrate, pendingMigrations } from "./migrate.ts";
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
import type { PushChannel } from "./push-channel.ts";
import { countHistory, type HistoryFilter, noteUnreadableEntries, readHistory } from "./read-history.ts";
import {
  type Head,
  readHead,
  readItems,
  readItemsOf,
  readItemsSince,
  readRows,
  readRowsSince,
} from "./read-rows.ts";
import { RowFaults } from "./row-faults.ts";
import type { ItemRow, Rows } from "./rows.ts";
import { installationOf } from "./schema.ts";
import { isUnreachable } from "./server-error.ts";
import type { TableNames } from "./table-names.ts";
import { checkTransaction, transactionAccess } from "./transaction-access.ts";
import { newUuid } from "./uuid.ts";
import { raiseRevision, writeChanges } from "./write-changes.ts";

/** What a change may look at, inside its transaction, before it decides. */
export interface Current {
  /** The revision before this change. */
  readonly revision: number;
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
  /** What tells this installation from others that share its database. */
  readonly installation: string;
  /** What was found in the rows that have been read so far, and nobody can use. */
  readonly faults: RowFaults;
  /** What the namespace's push messages are about. */
  readonly topic: string;
  readonly #database: Database;
  readonly #tables: TableNames;
  readonly #pluginLists = new PluginLists();
  #connection:
    | { readonly access: Access; readonly push: PushChannel | undefined; close(): Promise<void> }
    | undefined;
  #onWritten = (_revision: number): void => undefined;
  #closed = false;
  #isJoined = false;

  constructor(database: Database, namespace: string, tables: TableNames, faults = new RowFaults(tables)) {
    this.namespace = namespace;
    this.dialect = database.dialect;
    this.description = database.description;
    this.installation = installationOf(database, namespace);
    // A name of letters, short enough for PostgreSQL, whatever the namespace is called.
    this.topic = tables.prefix + createHash("sha256").update(this.installation).digest("hex").slice(0, 24);
    this.#database = database;
    this.#tables = tables;
    this.faults = faults;
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

  /** The database's own way to tell of changes, where it has one. */
  get push(): PushChannel | undefined {
    return this.#connection?.push;
  }

  /** Calls `listener` after every transaction that changed something here. */
  onCommit(listener: () => void): void {
    this.#onWritten = listener;
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
    const joined = new Store(this.#database, this.namespace, this.#tables, this.faults);
    const access = transactionAccess(transaction, this.#database);
    joined.#connection = { access, push: undefined, close: async () => undefined };
    joined.#isJoined = true;
    joined.#onWritten = onWritten;
    return joined;
  }

  /** Applies missing migrations and returns their names. */
  migrate(): Promise<string[]> {
    return this.#use((db) => migrate(db, this.dialect, this.#tables));
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
    return this.#read((transaction) => readRows(transaction, this.#tables, this.namespace, this.faults));
  }

  /** The rows that changed after a revision, as of one revision: that of `head` or a later one. */
  async readSince(revision: number, head: Head): Promise<Rows> {
    if (head.onlyItems) {
      const rows = await this.#use((db) =>
        readItemsSince(db, this.#tables, this.namespace, revision, head, this.faults),
      );
      if (rows) return rows;
    }
    return this.#read((transaction) =>
      readRowsSince(transaction, this.#tables, this.namespace, revision, this.faults),
    );
  }

  /** Changes of the namespace, the latest first. */
  history(filter: HistoryFilter): Promise<AuditEntry[]> {
    return this.#use((db) => readHistory(db, this.#tables, this.namespace, filter, this.faults));
  }

  /** Notes the entries of the history that no page of it shows. */
  noteUnreadableEntries(): Promise<void> {
    return this.#use((db) => noteUnreadableEntries(db, this.#tables, this.namespace, this.faults));
  }

  /** Adds the entries of the history that no page of it shows to the faults. */
  findUnreadableEntries(): Promise<void> {
    return this.#use((db) => noteUnreadableEntries(db, this.#tables, this.namespace, this.faults));
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
      const written = await this.#reach(({ write }) =>
        write((transaction) => this.#change(transaction, author, decide)),
      );
      this.#onWritten(written.revision);
      return written;
    } catch (error) {
      if (error instanceof NothingToWrite) return { revision: error.revision, revisionId: "", changes: [] };
      if (this.dialect.refusesWrites(error)) throw new WriteRefusedError(this.description, error);
      throw this.#isJoined || !this.dialect.isBlocked(error)
        ? error
        : new WriteBlockedError(this.description, error);
    }
  }

  /** Notes that a process is alive, and forgets those that have not been for `forgetAfterMs`. */
  saveProcess(note: ProcessNote, news: PluginNews, forgetAfterMs: number): Promise<void> {
    return this.#use((db) => saveProcess(db, this.#tables, this.namespace, note, news, forgetAfterMs));
  }

  forgetProcess(id: string): Promise<void> {
    return this.#use((db) => removeProcess(db, this.#tables, id));
  }

  /** The processes that are alive, by host and process id. */
  processes(): Promise<ProcessRow[]> {
    return this.#use((db) => readProcesses(db, this.#tables, this.namespace, this.#pluginLists, this.faults));
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#connection?.close();
  }

  async #change(
    transaction: Db,
    author: Author,
    decide: (current: Current) => Promise<readonly RowChange[]>,
  ): Promise<Written> {
    const { namespace, dialect, faults } = this;
    const tables = this.#tables;
    const mark = await raiseRevision(transaction, dialect, tables, namespace, newUuid());
    const { revision, revisionId } = mark;
    const wanted = await decide({
      revision: revision - 1,
      rows: async () => ({
        ...(await readRows(transaction, tables, namespace, faults)),
        revision: revision - 1,
      }),
      items: (ids) => readItems(transaction, tables, namespace, ids, faults),
      itemsOf: (typeId, plugin) => readItemsOf(transaction, tables, namespace, typeId, plugin, faults),
    });
    if (wanted.length === 0) throw new NothingToWrite(revision - 1);
    const context = { ...author, ...mark, namespace, at: new Date().toISOString() };
    const changes = await writeChanges(transaction, dialect, tables, wanted, context);
    await dialect.notify?.(transaction, this.topic);
    return { revision, revisionId, changes };
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
      if (isUnreachable(error)) throw new DatabaseUnavailableError(this.description, error);
      throw this.dialect.settingAtFault?.(error, this.description) ?? error;
    }
  }
}

/** Thrown inside a transaction to roll it back when there turned out to be nothing to write. */
class NothingToWrite extends Error {
  readonly revision: number;
  constructor(revision: number) {
    super("nothing to write");
    this.revision = revision;
  }
}
