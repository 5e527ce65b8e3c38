import { createHash } from "node:crypto";
import { ClosedError, DatabaseUnavailableError } from "../errors.ts";
import type { AuditEntry } from "./audit.ts";
import { toAuditEntry } from "./audit.ts";
import type { Author, RowChange } from "./change.ts";
import type { Database } from "./database.ts";
import type { Db, StoreDialect } from "./dialect.ts";
import { checkMigrated, migrate, pendingMigrations } from "./migrate.ts";
import { type ProcessRow, readProcesses, saveProcess } from "./process-table.ts";
import type { PushChannel } from "./push-channel.ts";
import { type ItemRow, type Rows, toItemRow, toTypeRow } from "./rows.ts";
import type { TableNames } from "./table-names.ts";
import { raiseRevision, readRevision, writeChanges } from "./write-changes.ts";

export interface HistoryFilter {
  /** The id of an item or a type. */
  readonly entityId?: string | undefined;
  readonly typeId?: string | undefined;
  readonly actor?: string | undefined;
  readonly source?: string | undefined;
  /** ISO 8601; entries from here on. */
  readonly since?: string | undefined;
  /** ISO 8601; entries up to, and without, this moment. */
  readonly until?: string | undefined;
  /** Only entries older than this one, for the next page. */
  readonly before?: { readonly revision: number; readonly position: number } | undefined;
  readonly limit: number;
}

/** What a change may look at, inside its transaction, before it decides. */
export interface Current {
  /** The revision before this change. */
  readonly revision: number;
  readonly rows: () => Promise<Rows>;
  readonly items: (ids: readonly string[]) => Promise<ItemRow[]>;
}

/** What a transaction did; `changes` are as written, with versions and revisions. Empty: nothing was written. */
export interface Written {
  readonly revision: number;
  readonly changes: readonly RowChange[];
}

/** How many values one query may name; all databases take at least twice as many. */
const idsPerQuery = 10_000;

/** plugbay's tables in one database, as one namespace sees them. The only code that speaks SQL. */
export class Store {
  readonly namespace: string;
  readonly dialect: StoreDialect;
  readonly description: string;
  /** What the namespace's push messages are about. */
  readonly topic: string;
  readonly #database: Database;
  readonly #tables: TableNames;
  #connection:
    | { readonly db: Db; readonly push: PushChannel | undefined; close(): Promise<void> }
    | undefined;
  #onCommit = (): void => undefined;
  #closed = false;

  constructor(database: Database, namespace: string, tables: TableNames) {
    this.namespace = namespace;
    this.dialect = database.dialect;
    this.description = database.description;
    // A name of letters, short enough for PostgreSQL, whatever the namespace is called.
    this.topic = tables.prefix + createHash("sha256").update(namespace).digest("hex").slice(0, 24);
    this.#database = database;
    this.#tables = tables;
  }

  /** Opens the database, unless it is open. @throws DriverMissingError, DatabaseUnavailableError */
  async connect(): Promise<void> {
    if (this.#connection) return;
    const { db, push, close } = await this.#database.connect();
    // An application's Kysely may have plugins (camel case, say) that do not know these tables.
    this.#connection = { db: db.withoutPlugins(), push, close };
  }

  /** The database's own way to tell of changes, where it has one. */
  get push(): PushChannel | undefined {
    return this.#connection?.push;
  }

  /** Calls `listener` after every transaction that changed something here. */
  onCommit(listener: () => void): void {
    this.#onCommit = listener;
  }

  /** A database that the application handed in would still answer after the end. */
  get #db(): Db {
    if (this.#closed) throw new ClosedError();
    if (this.#connection) return this.#connection.db;
    throw new DatabaseUnavailableError(this.description, new Error("it was not opened yet"));
  }

  /** Applies missing migrations and returns their names. */
  migrate(): Promise<string[]> {
    return migrate(this.#db, this.dialect, this.#tables);
  }

  /** The names of missing migrations. */
  pendingMigrations(): Promise<string[]> {
    return pendingMigrations(this.#db, this.dialect, this.#tables);
  }

  checkMigrated(): Promise<void> {
    return checkMigrated(this.#db, this.dialect, this.#tables);
  }

  /** The revision of the last change; 0 where there was none. */
  readRevision(): Promise<number> {
    return readRevision(this.#db, this.#tables, this.namespace);
  }

  /** All rows of the namespace, retired ones included, as of one revision. */
  readAll(): Promise<Rows> {
    return this.dialect.read(this.#db, (transaction) => this.#rows(transaction));
  }

  /** The rows that changed after a revision. */
  readSince(revision: number): Promise<Rows> {
    return this.dialect.read(this.#db, async (transaction) => {
      const { namespace } = this;
      const now = await readRevision(transaction, this.#tables, namespace);
      const types = await transaction
        .selectFrom(this.#tables.type)
        .selectAll()
        .where("namespace", "=", namespace)
        .where("revision", ">", revision)
        .execute();
      const items = await transaction
        .selectFrom(this.#tables.item)
        .selectAll()
        .where("namespace", "=", namespace)
        .where("revision", ">", revision)
        .execute();
      const purged = await transaction
        .selectFrom(this.#tables.audit)
        .select("entity_id")
        .where("namespace", "=", namespace)
        .where("revision", ">", revision)
        .where("action", "=", "purge")
        .execute();
      return {
        revision: now,
        types: types.map(toTypeRow),
        items: items.map(toItemRow),
        purged: purged.map((row) => row.entity_id),
      };
    });
  }

  /**
   * The one way to change anything: raises the revision, which makes all other writers of the namespace
   * wait, lets `decide` look and say what shall change, and writes that with its history. When `decide`
   * throws or wants nothing changed, nothing is written and the revision stays.
   */
  async write(author: Author, decide: (current: Current) => Promise<readonly RowChange[]>): Promise<Written> {
    try {
      const written = await this.dialect.write(this.#db, (transaction) =>
        this.#change(transaction, author, decide),
      );
      this.#onCommit();
      return written;
    } catch (error) {
      if (error instanceof NothingToWrite) return { revision: error.revision, changes: [] };
      throw error;
    }
  }

  async #change(
    transaction: Db,
    author: Author,
    decide: (current: Current) => Promise<readonly RowChange[]>,
  ): Promise<Written> {
    const { namespace, dialect } = this;
    const tables = this.#tables;
    const revision = await raiseRevision(transaction, dialect, tables, namespace);
    const wanted = await decide({
      revision: revision - 1,
      rows: async () => ({ ...(await this.#rows(transaction)), revision: revision - 1 }),
      items: (ids) => this.#items(transaction, ids),
    });
    if (wanted.length === 0) throw new NothingToWrite(revision - 1);
    const context = { ...author, namespace, revision, at: new Date().toISOString() };
    const changes = await writeChanges(transaction, dialect, tables, wanted, context);
    await dialect.notify?.(transaction, this.topic);
    return { revision, changes };
  }

  /** Changes of the namespace, the latest first. */
  async history(filter: HistoryFilter): Promise<AuditEntry[]> {
    let query = this.#db
      .selectFrom(this.#tables.audit)
      .selectAll()
      .where("namespace", "=", this.namespace)
      .orderBy("revision", "desc")
      .orderBy("position", "desc")
      .limit(filter.limit);
    const { entityId, typeId, actor, source, since, until, before } = filter;
    if (entityId !== undefined) query = query.where("entity_id", "=", entityId);
    if (typeId !== undefined) query = query.where("type_id", "=", typeId);
    if (actor !== undefined) query = query.where("actor", "=", actor);
    if (source !== undefined) query = query.where("source", "=", source);
    if (since !== undefined) query = query.where("at", ">=", since);
    if (until !== undefined) query = query.where("at", "<", until);
    if (before !== undefined) {
      query = query.where((where) =>
        where.or([
          where("revision", "<", before.revision),
          where.and([where("revision", "=", before.revision), where("position", "<", before.position)]),
        ]),
      );
    }
    return (await query.execute()).map(toAuditEntry);
  }

  /** Notes that a process is alive, and forgets those that have not been for `forgetAfterMs`. */
  saveProcess(row: ProcessRow, forgetAfterMs: number): Promise<void> {
    return saveProcess(this.#db, this.#tables, this.namespace, row, forgetAfterMs);
  }

  async forgetProcess(id: string): Promise<void> {
    await this.#db.deleteFrom(this.#tables.process).where("id", "=", id).execute();
  }

  /** The processes that are alive, by host and process id. */
  processes(): Promise<ProcessRow[]> {
    return readProcesses(this.#db, this.#tables, this.namespace);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#connection?.close();
  }

  async #rows(db: Db): Promise<Rows> {
    const { namespace } = this;
    const revision = await readRevision(db, this.#tables, namespace);
    const types = await db
      .selectFrom(this.#tables.type)
      .selectAll()
      .where("namespace", "=", namespace)
      .execute();
    const items = await db
      .selectFrom(this.#tables.item)
      .selectAll()
      .where("namespace", "=", namespace)
      .execute();
    return { revision, types: types.map(toTypeRow), items: items.map(toItemRow), purged: [] };
  }

  async #items(db: Db, ids: readonly string[]): Promise<ItemRow[]> {
    const rows: ItemRow[] = [];
    for (let start = 0; start < ids.length; start += idsPerQuery) {
      const batch = await db
        .selectFrom(this.#tables.item)
        .selectAll()
        .where("namespace", "=", this.namespace)
        .where("id", "in", ids.slice(start, start + idsPerQuery))
        .execute();
      for (const row of batch) rows.push(toItemRow(row));
    }
    return rows;
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
