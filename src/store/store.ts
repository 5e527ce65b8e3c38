import { createHash } from "node:crypto";
import type { Clock } from "../time/clock.ts";
import { warn } from "../warn.ts";
import type { AuditEntry } from "./audit.ts";
import type { Author } from "./change.ts";
import type { FirstChange, Repetition } from "./change-table.ts";
import { checkOrigin } from "./check-origin.ts";
import type { CircuitRegister } from "./circuit-register.ts";
import type { Expected } from "./current.ts";
import type { Database, Glance } from "./database.ts";
import type { StoreDialect } from "./dialect.ts";
import { ClosedError, type DatabaseReplacedError } from "./errors.ts";
import type { KyselyTransaction } from "./kysely-instance.ts";
import type { RevisionMark } from "./mark.ts";
import { checkMigrated, migrate, newerMigrations, pendingMigrations } from "./migrate.ts";
import type { OnWait } from "./migration-turn.ts";
import type { ProcessNews, ProcessNote, ProcessRow } from "./process-row.ts";
import type { PushChannel } from "./push-channel.ts";
import type { ChangeSetFilter, StoredChangeSet } from "./read-change-sets.ts";
import type { Changes, Head } from "./read-head.ts";
import type { HistoryFilter } from "./read-history.ts";
import type { RegisterPlace } from "./register-place.ts";
import { RowFaults } from "./row-faults.ts";
import type { Rows } from "./rows.ts";
import { installationOf } from "./schema.ts";
import { type Joined, type StoreParts, storeParts } from "./store-parts.ts";
import type { TableNames } from "./table-names.ts";
import type { TrafficRegister } from "./traffic-register.ts";
import { checkTransaction, transactionAccess } from "./transaction-access.ts";
import type { Decide, Written } from "./writing/change-work.ts";

/** What a change is told beforehand. */
export interface WriteOptions {
  /** What it is likely to look at: read in the same round trip as the lock. Default: nothing. */
  readonly expected?: Expected;
  /** The key under which it is made once. Default: none. */
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
  readonly #isPushed: boolean;
  readonly #parts: StoreParts;

  /** `push` is told of each commit and stands in for the database's own channel; `false`: nothing is listened to. */
  constructor(
    database: Database,
    namespace: string,
    tables: TableNames,
    clock: Clock,
    push?: PushChannel | false,
    joined?: Joined,
  ) {
    this.namespace = namespace;
    this.dialect = database.dialect;
    this.description = database.description;
    this.installation = installationOf(database, namespace);
    // A name of letters, short enough for PostgreSQL, whatever the namespace is called.
    this.topic = tables.prefix + createHash("sha256").update(this.installation).digest("hex").slice(0, 24);
    this.#database = database;
    this.#tables = tables;
    this.faults = joined?.faults ?? new RowFaults(tables);
    this.clock = clock;
    this.#isPushed = push !== false;
    const { topic, faults } = this;
    this.#parts = storeParts({ database, namespace, tables, clock, topic, faults, push, joined });
  }

  /** Whether it is inside a transaction of the application. */
  get isJoined(): boolean {
    return this.#parts.connection.isJoined;
  }

  /** Whether its connections are the application's. */
  get isBorrowed(): boolean {
    return this.#parts.connection.isBorrowed;
  }

  /** Opens the database, once: unless it is open, or about to be. @throws DriverMissingError, and the errors of `inOwnWords` */
  connect(): Promise<void> {
    return this.#parts.connection.connect();
  }

  /** Resolves when the database answers; opens it, unless it is open. @throws DatabaseSettingError */
  ping(): Promise<void> {
    return this.#parts.connection.ping();
  }

  /** Whether the database is known to answer somebody now, whatever else it was asked. */
  answers(): Promise<boolean> {
    return this.#parts.connection.answers();
  }

  /** The channel over which changes are heard of: that which was handed in, or the database's own. */
  get push(): PushChannel | undefined {
    return this.#isPushed ? (this.#parts.publisher?.channel ?? this.#parts.connection.push) : undefined;
  }

  /** The cheapest look, where the database has one. */
  get glance(): Glance | undefined {
    return this.#parts.connection.glance;
  }

  /** Tells other processes that something was committed, where the database has not done so itself. */
  publish(revisionId: string): void {
    this.#parts.publisher?.publish("revision", revisionId);
  }

  /** Whether this process itself has told that, a moment ago: the id of a revision, by which it serves without a look, or what it found. */
  isOwn(message: string): boolean {
    const { changes, circuits, processes } = this.#parts;
    return changes.isOwn(message) || circuits.isOwn(message) || processes.isOwn(message);
  }

  /**
   * The same tables as a transaction of the application sees and changes them. `onWritten` hears of what is
   * written there, and may never be committed.
   *
   * @throws InvalidOptionError
   */
  in(transaction: KyselyTransaction, onWritten: (written: RevisionMark) => void): Store {
    if (this.#parts.connection.isClosed) throw new ClosedError();
    checkTransaction(transaction, this.dialect);
    const access = transactionAccess(transaction, this.#database);
    const { guard } = this.#parts;
    const joined = { access, guard, faults: this.faults, onWritten };
    return new Store(this.#database, this.namespace, this.#tables, this.clock, undefined, joined);
  }

  /**
   * From here on, this process serves data of this origin: data of another one are neither read nor written.
   * `snapshotFiles` are those that were taken of them.
   */
  keepTo(origin: string, snapshotFiles: readonly string[]): void {
    this.#parts.guard.keepTo(origin, snapshotFiles);
  }

  /** Any data are good again. */
  release(): void {
    this.#parts.guard.release();
  }

  /** The rows that this process serves were found to be gone: nothing is written from here on. */
  emptied(): DatabaseReplacedError {
    return this.#parts.guard.fault("emptied");
  }

  /** The rows that this process serves are there. */
  confirm(): void {
    this.#parts.guard.confirm();
  }

  /** @throws DatabaseReplacedError when the last look found other data, or none */
  checkLast(): void {
    this.#parts.guard.checkLast();
  }

  /**
   * Looks whether the data are those that this process serves, before anything is made of them that are not.
   *
   * @throws DatabaseReplacedError
   */
  async checkOrigin(): Promise<void> {
    if (!this.#parts.guard.isSet) return;
    await this.#parts.connection.use((db) =>
      checkOrigin(db, this.dialect, this.#tables, this.namespace, this.#parts.guard),
    );
  }

  /** Applies missing migrations and returns their names. `onWait` hears when others have to be waited for. */
  migrate(onWait: OnWait = (message) => warn(message, message)): Promise<string[]> {
    const { dialect, clock, description } = this;
    const options = { clock, description, onWait };
    return this.#parts.connection.reachToWrite(
      ({ alter }) => alter((db) => migrate(db, dialect, this.#tables, options)),
      "migrator",
    );
  }

  /** The names of migrations of newer versions, all of which this one can work with where it opens. */
  newerMigrations(): Promise<string[]> {
    return this.#parts.connection.use((db) => newerMigrations(db, this.dialect, this.#tables));
  }

  /** The names of missing migrations. @throws NewerDatabaseError */
  pendingMigrations(): Promise<string[]> {
    return this.#parts.connection.use((db) => pendingMigrations(db, this.dialect, this.#tables));
  }

  /** @throws MigrationRequiredError, NewerDatabaseError */
  checkMigrated(): Promise<void> {
    return this.#parts.connection.use((db) => checkMigrated(db, this.dialect, this.#tables));
  }

  /** Where the database is, seen from a revision that was read before; with what changed, where that is a few rows. */
  readHead(since: RevisionMark): Promise<Head> {
    return this.#parts.rows.head(since);
  }

  /** All rows of the namespace, retired ones included, as of one revision. */
  readAll(): Promise<Rows> {
    return this.#parts.rows.all();
  }

  /**
   * The rows that changed after a revision, as of one revision: that of `head` or a later one. undefined where the
   * database is not at a successor of that revision.
   */
  readSince(since: RevisionMark, head: Changes): Promise<Rows | undefined> {
    return this.#parts.rows.since(since, head);
  }

  /** Changes of the namespace, the latest first. */
  async history(filter: HistoryFilter): Promise<AuditEntry[]> {
    return this.#parts.history.entries(filter);
  }

  /** As `history`, by what was changed together. */
  async changeSets(filter: ChangeSetFilter): Promise<StoredChangeSet[]> {
    return this.#parts.history.changeSets(filter);
  }

  /** Adds the entries of the history that no page of it shows to the faults. */
  findUnreadableEntries(): Promise<void> {
    return this.#parts.history.findUnreadable();
  }

  /** How many changes there are of the items and types of these ids. */
  async countHistory(ids: readonly string[]): Promise<number> {
    return this.#parts.history.count(ids);
  }

  /**
   * The one way to change anything: takes the lock of the revision, which makes all other writers of the namespace
   * wait, lets `decide` look and say what is to change, and writes that with its history under a new revision. When
   * `decide` throws or wants nothing changed, nothing is written and the revision stays.
   *
   * @throws KeyUsed where something was made under its key before; WriteOutcomeUnknownError
   */
  async write(author: Author, decide: Decide, options: WriteOptions = {}): Promise<Written> {
    const { expected = {}, repetition } = options;
    return this.#parts.changes.make({ author, decide, expected, repetition });
  }

  /** What was made under a key, if something was. */
  firstChange(key: string): Promise<FirstChange | undefined> {
    return this.#parts.history.firstChange(key);
  }

  /** Notes that a process is alive, for `aliveMs` unless it says so again; forgets those that no longer are. */
  saveProcess(note: ProcessNote, news: ProcessNews, aliveMs: number): Promise<void> {
    return this.#parts.processes.save(note, news, aliveMs);
  }

  /** Forgets a process that ends. */
  forgetProcess(id: string): Promise<void> {
    return this.#parts.processes.remove(id);
  }

  /** The processes that are alive, by host and process id. */
  processes(): Promise<ProcessRow[]> {
    return this.#parts.processes.all();
  }

  /** What the processes found about items in use. */
  get circuits(): CircuitRegister {
    return this.#parts.circuits;
  }

  /** What reads and writes further tables of the namespace, for those who need it. */
  register<Register>(make: (place: RegisterPlace) => Register): Register {
    return make(this.#parts.place);
  }

  /** What calls came to, by item and minute. */
  get traffic(): TrafficRegister {
    return this.#parts.traffic;
  }

  /**
   * Closes it, within 3 seconds: nothing more is begun, and reads end with ClosedError at once. A write has a
   * second to come to its end; then it ends with ClosedError, too, unless it is being committed.
   */
  close(): Promise<void> {
    return this.#parts.connection.close();
  }
}
