import { createHash } from "node:crypto";
import { sql } from "kysely";
import { PlugbayError } from "../errors.ts";
import type { Clock } from "../time/clock.ts";
import { within } from "../time/within.ts";
import { warn } from "../warn.ts";
import { type Access, connectionAccess } from "./access.ts";
import type { AuditEntry } from "./audit.ts";
import type { Author } from "./change.ts";
import { changeByKey, type FirstChange, type Repetition, toFirstChange } from "./change-table.ts";
import type { Expected } from "./current.ts";
import type { Connection, Database, Glance } from "./database.ts";
import type { Db, StoreDialect } from "./dialect.ts";
import {
  ClosedError,
  DatabaseForbiddenError,
  type DatabaseLoss,
  type DatabaseReplacedError,
  DatabaseUnavailableError,
  type DatabaseUser,
  WriteBlockedError,
  WriteOutcomeUnknownError,
} from "./errors.ts";
import type { KyselyTransaction } from "./kysely-instance.ts";
import { lockLimitMs } from "./lock-limit.ts";
import { LockWait } from "./lock-wait.ts";
import { type Mark, type RevisionMark, readMark } from "./mark.ts";
import { checkMigrated, migrate, newerMigrations, pendingMigrations } from "./migrate.ts";
import type { OnWait } from "./migration-turn.ts";
import { MisplacedError } from "./misplaced-error.ts";
import { type Call, OpenCalls } from "./open-calls.ts";
import { OriginGuard } from "./origin-guard.ts";
import { ownQueries } from "./own-queries.ts";
import { blockedBy, inOwnWords } from "./own-words.ts";
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
import { countHistory, type HistoryFilter, noteUnreadableEntries, readHistory } from "./read-history.ts";
import { readItemsSince, readRows } from "./read-rows.ts";
import { readRowsSince, readRowsSinceApart } from "./read-since.ts";
import { RowFaults } from "./row-faults.ts";
import type { Rows } from "./rows.ts";
import { installationOf } from "./schema.ts";
import { silence, silentFor, UnansweredError } from "./silence.ts";
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
  /** What was found in the rows that have been read so far, and nobody can use. */
  readonly faults: RowFaults;
  /** What the namespace's push messages are about. */
  readonly topic: string;
  readonly #database: Database;
  readonly #tables: TableNames;
  readonly #pluginLists = new PluginLists();
  readonly #reads: OpenCalls;
  readonly #writes: OpenCalls;
  readonly #head: HeadQuery;
  #guard: OriginGuard;
  #connection:
    | {
        readonly access: Access;
        readonly push?: PushChannel | undefined;
        readonly glance?: Glance | undefined;
        readonly verify?: Connection["verify"] | undefined;
        readonly isBorrowed?: boolean | undefined;
        close(cause: Error): Promise<void>;
      }
    | undefined;
  readonly #isPushed: boolean;
  readonly #publisher: Publisher | undefined;
  #opening: Promise<void> | undefined;
  #closing: Promise<void> | undefined;
  #isClosed = false;
  /** The ids of the revisions that this process wrote last. */
  readonly #ownRevisions: string[] = [];
  #onWritten = ({ revisionId }: RevisionMark): void => this.publish(revisionId);
  #isJoined = false;

  /** `push` is told of each commit and stands in for the database's own channel; `false`: nothing is listened to. */
  constructor(
    database: Database,
    namespace: string,
    tables: TableNames,
    clock: Clock,
    push?: PushChannel | false,
    faults = new RowFaults(tables),
  ) {
    this.namespace = namespace;
    this.dialect = database.dialect;
    this.description = database.description;
    this.installation = installationOf(database, namespace);
    // A name of letters, short enough for PostgreSQL, whatever the namespace is called.
    this.topic = tables.prefix + createHash("sha256").update(this.installation).digest("hex").slice(0, 24);
    this.#database = database;
    this.#tables = tables;
    this.faults = faults;
    this.clock = clock;
    this.#reads = new OpenCalls(clock);
    this.#writes = new OpenCalls(clock);
    this.#head = new HeadQuery(database.dialect, tables, namespace, faults);
    this.#guard = new OriginGuard(database.description);
    this.#isPushed = push !== false;
    this.#publisher = push ? new Publisher(push, this.topic) : undefined;
  }

  /** Whether it is inside a transaction of the application. */
  get isJoined(): boolean {
    return this.#isJoined;
  }

  /** Whether its connections are the application's. */
  get isBorrowed(): boolean {
    return this.#connection?.isBorrowed ?? false;
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

  /** Whether the database is known to answer somebody now, whatever else it was asked. */
  async answers(): Promise<boolean> {
    if (this.#connection === undefined) return false;
    const { access, verify } = this.#connection;
    // A file that is gone would still answer what needs none of it.
    const fault = await verify?.().then(
      () => undefined,
      (error: unknown) => error,
    );
    if (this.dialect.meaningOf(fault)?.kind === "unreachable") return false;
    return (await access.life()) === "answers";
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
  publish(revisionId: string): void {
    this.#publisher?.publish(revisionId);
  }

  /** Whether this process wrote that revision, a moment ago, and serves by it without a look. */
  isOwn(revisionId: string): boolean {
    return this.#ownRevisions.includes(revisionId);
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
    const joined = new Store(
      this.#database,
      this.namespace,
      this.#tables,
      this.clock,
      undefined,
      this.faults,
    );
    const access = transactionAccess(transaction, this.#database);
    joined.#connection = { access, close: async () => undefined };
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
      const { revision } = this.#tables;
      const isThere = await this.dialect.hasColumn(db, revision, "origin");
      if (!isThere && (await this.dialect.findTable(db, revision)) !== "hidden")
        throw this.#guard.fault("missing");
      this.#guard.check(await readMark(db, this.#tables, this.namespace));
    });
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
  async readHead(since: RevisionMark): Promise<Head> {
    const head = await this.#reach(({ look }) => look((db) => this.#head.read(db, since)));
    this.#guard.check(head);
    return head;
  }

  /** All rows of the namespace, retired ones included, as of one revision. */
  async readAll(): Promise<Rows> {
    const rows = await this.#read((transaction) =>
      readRows(transaction, this.#tables, this.namespace, this.faults),
    );
    this.#guard.check(rows);
    return rows;
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
        list((db) => readItemsSince(db, this.#tables, this.namespace, since, head, this.faults)),
      );
      if (rows) return rows;
    }
    if (this.#isJoined) {
      return this.#use((db) =>
        readRowsSinceApart(db, this.#tables, this.namespace, since, this.#head, this.faults),
      );
    }
    return this.#reach(({ list }) =>
      list((db) => readRowsSince(db, this.#tables, this.namespace, since, this.faults)),
    );
  }

  /** Changes of the namespace, the latest first. */
  async history(filter: HistoryFilter): Promise<AuditEntry[]> {
    this.#guard.checkLast();
    return this.#use((db) => readHistory(db, this.#tables, this.namespace, filter, this.faults));
  }

  /** Adds the entries of the history that no page of it shows to the faults. */
  findUnreadableEntries(): Promise<void> {
    return this.#use((db) => noteUnreadableEntries(db, this.#tables, this.namespace, this.faults));
  }

  /** How many changes there are of the items and types of these ids. */
  async countHistory(ids: readonly string[]): Promise<number> {
    this.#guard.checkLast();
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
    if (!this.#isJoined) this.#noteOwn(id);
    const lockWait = new LockWait(this.clock);
    const written = await this.#reach(
      (access, call) => {
        const blocked = async (): Promise<Error> =>
          (await access.life()) === "silent"
            ? silentFor(lockLimitMs)
            : new WriteBlockedError(this.description, new Error(noLock));
        const change = { id, author, decide, expected, repetition, call, lockWait, blocked };
        return writeForCertain(access, {
          work: changeWork(this.#place, change),
          begin() {
            call.begin();
            call.within(lockWait.nextMs, blocked);
          },
          isRepeatable: (error) => !this.#isJoined && this.dialect.isRepeatable(error),
          look: () => lookFor(access, this.#place, id, () => this.#isClosed),
          unknown: (error) => new WriteOutcomeUnknownError(this.description, repetition?.key, error),
          blocked: (error) => blockedBy(error, this, lockLimitMs),
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
  async saveProcess(note: ProcessNote, news: PluginNews, aliveMs: number): Promise<void> {
    const save = async (db: Db): Promise<void> => {
      if (this.#guard.isSet) this.#guard.checkChange(await readMark(db, this.#tables, this.namespace));
      await saveProcess(this.#processesOf(db), note, news, aliveMs);
    };
    await this.#answered((access) => access.note(save), "writer");
  }

  forgetProcess(id: string): Promise<void> {
    return this.#answered(({ note }) => note((db) => removeProcess(db, this.#tables, id)), "writer");
  }

  /** The processes that are alive, by host and process id. */
  async processes(): Promise<ProcessRow[]> {
    this.#guard.checkLast();
    return this.#use((db) => readProcesses(this.#processesOf(db), this.#pluginLists, this.faults));
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
    // A database that has to be there is not made anew.
    const connected = this.#inOwnWords(this.#database.connect({ mayCreate: !this.#guard.isSet }));
    const connecting = connected.then(async (connection) => {
      if (isAwaited && !this.#isClosed) return this.#take(connection);
      await connection.close();
      throw new ClosedError();
    });
    try {
      // Longer than a file's lock is waited for: that is no silence.
      const late = () => new DatabaseUnavailableError(this.description, silentFor(silence.openMs));
      await within(this.clock, silence.openMs, late, connecting);
    } finally {
      isAwaited = false;
    }
  }

  #take(connection: Connection): void {
    const { dialect, description, clock } = this;
    const blocked = (): Error => new WriteBlockedError(description, new Error("others were before it"));
    const { schema } = this.#database;
    const repeated = new Set([this.#head.compile(ownQueries(connection.db, dialect, schema)).sql]);
    const access = connectionAccess({ connection, dialect, description, schema, clock, repeated, blocked });
    this.#connection = {
      access,
      push: connection.push,
      glance: connection.glance,
      verify: connection.verify,
      isBorrowed: connection.isBorrowed,
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
    const { dialect, namespace, topic, clock, faults } = this;
    const checkOrigin = (before: Mark): void => this.#guard.checkChange(before);
    return { dialect, tables: this.#tables, namespace, topic, clock, faults, checkOrigin };
  }

  /** Before it is made: the news of it may be here sooner than the answer. */
  #noteOwn(revisionId: string): void {
    this.#ownRevisions.push(revisionId);
    if (this.#ownRevisions.length > mostOwnRevisions) this.#ownRevisions.shift();
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
  async #answered<T>(work: (access: Access) => Promise<T>, user?: DatabaseUser): Promise<T> {
    const late = silentFor(silence.answerMs);
    try {
      return await this.#reach((access, call) => {
        call.within(silence.answerMs, () => late);
        return work(access);
      }, user);
    } catch (error) {
      const isLate = error instanceof DatabaseUnavailableError && error.cause === late;
      if (!isLate || this.#isJoined || !(await this.answers())) throw error;
      throw inOwnWords(new UnansweredError(silence.answerMs), this, user);
    }
  }

  /** Runs `work` on the database, for which a user needs these rights. */
  async #reach<T>(
    work: (access: Access, call: Call) => Promise<T>,
    user?: DatabaseUser,
    calls = this.#reads,
  ): Promise<T> {
    // A database that the application handed in would still answer after the end.
    if (this.#isClosed) throw new ClosedError();
    if (!this.#connection) {
      this.#guard.checkLast();
      throw new DatabaseUnavailableError(this.description, new Error("it has not been opened yet"));
    }
    const { access, verify } = this.#connection;
    const verified = async (call: Call): Promise<T> => {
      await verify?.();
      return work(access, call);
    };
    return this.#inOwnWords(
      calls.run((call) => (verify ? verified(call) : work(access, call))),
      user,
    );
  }

  async #inOwnWords<T>(work: Promise<T>, user?: DatabaseUser): Promise<T> {
    try {
      return await work;
    } catch (error) {
      if (error instanceof GivenUp || this.#isForTheApplication(error)) throw error;
      throw (await this.#absence(error, user)) ?? inOwnWords(error, this, user);
    }
  }

  /** What an error says of tables that are not to be found, if it does. */
  async #absence(error: unknown, user: DatabaseUser = "reader"): Promise<PlugbayError | undefined> {
    if (error instanceof PlugbayError) return undefined;
    const fault = (found: DatabaseLoss) => (this.#guard.isSet ? this.#guard.fault(found) : undefined);
    if (error instanceof MisplacedError) return fault(error.found);
    const kind = this.dialect.meaningOf(error)?.kind;
    if (!absences.has(kind)) return undefined;
    // It may be another table that a statement lacked: a trigger of the application does more than plugbay asks for.
    const standing = await this.#standingOfTables();
    if (standing === "hidden") return new DatabaseForbiddenError(this.description, user, error);
    return standing === "missing" ? fault("missing") : undefined;
  }

  /** The worst of all tables; "there", too, where the database does not say. */
  async #standingOfTables(): Promise<Awaited<ReturnType<StoreDialect["findTable"]>>> {
    const { revision, change, type, item, audit, process } = this.#tables;
    const find = async (db: Db) => {
      const found: Awaited<ReturnType<StoreDialect["findTable"]>>[] = [];
      for (const table of [revision, change, type, item, audit, process]) {
        found.push(await this.dialect.findTable(db, table));
      }
      return (["hidden", "missing"] as const).find((standing) => found.includes(standing)) ?? "there";
    };
    const failed = (error: unknown) =>
      absences.has(this.dialect.meaningOf(error)?.kind) ? ("missing" as const) : ("there" as const);
    return this.#connection?.access.use(find).catch(failed) ?? "there";
  }

  /** In a transaction of its own it can repeat what lost against another, and knows that by the driver's error. */
  #isForTheApplication(error: unknown): boolean {
    return this.#isJoined && this.dialect.meaningOf(error)?.kind === "conflict";
  }
}

/** What a database says of what it does not have. */
const absences = new Set<unknown>(["missing-table", "missing-schema", "missing-database"]);

/** More than there can be on their way to the database at once, and back from it. */
const mostOwnRevisions = 100;

const noLock = `the lock did not come within ${lockLimitMs / 1_000} s`;

/** How long each step of closing may take, in milliseconds. */
const graceMs = 1_000;
