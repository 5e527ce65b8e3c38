import { createHash } from "node:crypto";
import type { Clock } from "../time/clock.ts";
import { warn } from "../warn.ts";
import type { AuditEntry } from "./audit.ts";
import type { Author } from "./change.ts";
import type { FirstChange } from "./change-table.ts";
import { checkOrigin } from "./check-origin.ts";
import type { CircuitRegister } from "./circuit-register.ts";
import type { Database, Glance } from "./database.ts";
import type { StoreDialect } from "./dialect.ts";
import { ClosedError, type DatabaseReplacedError } from "./errors.ts";
import type { KyselyTransaction } from "./kysely-instance.ts";
import type { RevisionMark } from "./mark.ts";
import { checkMigrated, migrate, newerMigrations, pendingMigrations } from "./migrate.ts";
import type { OnWait } from "./migration-turn.ts";
import type { ProcessNews, ProcessNote, ProcessRow } from "./process-row.ts";
import type { Prologue } from "./prologue.ts";
import type { PushChannel } from "./push-channel.ts";
import type { ChangeSetFilter, StoredChangeSet } from "./read-change-sets.ts";
import type { Changes, Head } from "./read-head.ts";
import type { HistoryFilter } from "./read-history.ts";
import type { RegisterPlace } from "./register-place.ts";
import { RowFaults } from "./row-faults.ts";
import type { Rows } from "./rows.ts";
import { installationOf } from "./schema.ts";
import type { Store, WriteOptions } from "./store.ts";
import { type Joined, type StoreParts, storeParts } from "./store-parts.ts";
import type { TableNames } from "./table-names.ts";
import type { TrafficRegister } from "./traffic-register.ts";
import { checkTransaction, transactionAccess } from "./transaction-access.ts";
import type { Decide, Written } from "./writing/change-work.ts";

interface SqlWriteOptions extends WriteOptions {
  /** Default: nothing is written before the rows. */
  readonly prologue?: Prologue | undefined;
}

/** plugbay's tables in one database, as one namespace sees them. The only code that speaks SQL. */
export class SqlStore implements Store {
  readonly namespace: string;
  readonly dialect: StoreDialect;
  readonly description: string;
  readonly clock: Clock;
  readonly installation: string;
  readonly faults: RowFaults;
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

  get isJoined(): boolean {
    return this.#parts.connection.isJoined;
  }

  get isBorrowed(): boolean {
    return this.#parts.connection.isBorrowed;
  }

  connect(): Promise<void> {
    return this.#parts.connection.connect();
  }

  ping(): Promise<void> {
    return this.#parts.connection.ping();
  }

  answers(): Promise<boolean> {
    return this.#parts.connection.answers();
  }

  get push(): PushChannel | undefined {
    return this.#isPushed ? (this.#parts.publisher?.channel ?? this.#parts.connection.push) : undefined;
  }

  get glance(): Glance | undefined {
    return this.#parts.connection.glance;
  }

  publish(revisionId: string): void {
    this.#parts.publisher?.publish("revision", revisionId);
  }

  isOwn(message: string): boolean {
    const { changes, circuits, processes } = this.#parts;
    return changes.isOwn(message) || circuits.isOwn(message) || processes.isOwn(message);
  }

  in(transaction: KyselyTransaction, onWritten: (written: RevisionMark) => void): Store {
    if (this.#parts.connection.isClosed) throw new ClosedError();
    checkTransaction(transaction, this.dialect);
    const access = transactionAccess(transaction, this.#database);
    const { guard } = this.#parts;
    const joined = { access, guard, faults: this.faults, onWritten };
    return new SqlStore(this.#database, this.namespace, this.#tables, this.clock, undefined, joined);
  }

  keepTo(origin: string, snapshotFiles: readonly string[]): void {
    this.#parts.guard.keepTo(origin, snapshotFiles);
  }

  release(): void {
    this.#parts.guard.release();
  }

  emptied(): DatabaseReplacedError {
    return this.#parts.guard.fault("emptied");
  }

  confirm(): void {
    this.#parts.guard.confirm();
  }

  checkLast(): void {
    this.#parts.guard.checkLast();
  }

  async checkOrigin(): Promise<void> {
    if (!this.#parts.guard.isSet) return;
    await this.#parts.connection.use((db) =>
      checkOrigin(db, this.dialect, this.#tables, this.namespace, this.#parts.guard),
    );
  }

  migrate(onWait: OnWait = (message) => warn(message, message)): Promise<string[]> {
    const { dialect, clock, description } = this;
    const options = { clock, description, onWait };
    return this.#parts.connection.reachToWrite(
      ({ alter }) => alter((db) => migrate(db, dialect, this.#tables, options)),
      "migrator",
    );
  }

  newerMigrations(): Promise<string[]> {
    return this.#parts.connection.use((db) => newerMigrations(db, this.dialect, this.#tables));
  }

  pendingMigrations(): Promise<string[]> {
    return this.#parts.connection.use((db) => pendingMigrations(db, this.dialect, this.#tables));
  }

  checkMigrated(): Promise<void> {
    return this.#parts.connection.use((db) => checkMigrated(db, this.dialect, this.#tables));
  }

  readHead(since: RevisionMark): Promise<Head> {
    return this.#parts.rows.head(since);
  }

  readAll(): Promise<Rows> {
    return this.#parts.rows.all();
  }

  readSince(since: RevisionMark, head: Changes): Promise<Rows | undefined> {
    return this.#parts.rows.since(since, head);
  }

  async history(filter: HistoryFilter): Promise<AuditEntry[]> {
    return this.#parts.history.entries(filter);
  }

  async changeSets(filter: ChangeSetFilter): Promise<StoredChangeSet[]> {
    return this.#parts.history.changeSets(filter);
  }

  findUnreadableEntries(): Promise<void> {
    return this.#parts.history.findUnreadable();
  }

  async countHistory(ids: readonly string[]): Promise<number> {
    return this.#parts.history.count(ids);
  }

  /** As `Store.write`, also with a prologue. */
  async write(author: Author, decide: Decide, options: SqlWriteOptions = {}): Promise<Written> {
    const { expected = {}, repetition, prologue } = options;
    return this.#parts.changes.make({ author, decide, expected, repetition, prologue });
  }

  firstChange(key: string): Promise<FirstChange | undefined> {
    return this.#parts.history.firstChange(key);
  }

  saveProcess(note: ProcessNote, news: ProcessNews, aliveMs: number): Promise<void> {
    return this.#parts.processes.save(note, news, aliveMs);
  }

  forgetProcess(id: string): Promise<void> {
    return this.#parts.processes.remove(id);
  }

  processes(): Promise<ProcessRow[]> {
    return this.#parts.processes.all();
  }

  get circuits(): CircuitRegister {
    return this.#parts.circuits;
  }

  register<Register>(make: (place: RegisterPlace) => Register): Register {
    return make(this.#parts.place);
  }

  get traffic(): TrafficRegister {
    return this.#parts.traffic;
  }

  close(): Promise<void> {
    return this.#parts.connection.close();
  }
}
