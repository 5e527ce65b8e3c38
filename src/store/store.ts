import type { Clock } from "../time/clock.ts";
import type { AuditEntry } from "./audit.ts";
import type { Author } from "./change.ts";
import type { FirstChange, Repetition } from "./change-table.ts";
import type { CircuitRegister } from "./circuit-register.ts";
import type { Expected } from "./current.ts";
import type { Glance } from "./database.ts";
import type { StoreDialect } from "./dialect.ts";
import type { DatabaseReplacedError } from "./errors.ts";
import type { KyselyTransaction } from "./kysely-instance.ts";
import type { RevisionMark } from "./mark.ts";
import type { OnWait } from "./migration-turn.ts";
import type { ProcessNews, ProcessNote, ProcessRow } from "./process-row.ts";
import type { PushChannel } from "./push-channel.ts";
import type { ChangeSetFilter, StoredChangeSet } from "./read-change-sets.ts";
import type { Changes, Head } from "./read-head.ts";
import type { HistoryFilter } from "./read-history.ts";
import type { RegisterPlace } from "./register-place.ts";
import type { RowFaults } from "./row-faults.ts";
import type { Rows } from "./rows.ts";
import type { TrafficRegister } from "./traffic-register.ts";
import type { Decide, Written } from "./writing/change-work.ts";

/** What a change is told beforehand. */
export interface WriteOptions {
  /** What it is likely to look at: read in the same round trip as the lock. Default: nothing. */
  readonly expected?: Expected;
  /** The key under which it is made once. Default: none. */
  readonly repetition?: Repetition | undefined;
}

/** What a namespace has, as all above the store read and change it. It is in a database, but for tests. */
export interface Store {
  readonly namespace: string;
  readonly dialect: Pick<StoreDialect, "meaningOf" | "migratesOnOpen" | "pollIntervalMs">;
  readonly description: string;
  readonly clock: Clock;
  /** What tells this installation from others that share its database. */
  readonly installation: string;
  /** What was found in the rows that have been read so far, and nobody can use. */
  readonly faults: RowFaults;
  /** What the namespace's push messages are about. */
  readonly topic: string;
  /** Whether it is inside a transaction of the application. */
  readonly isJoined: boolean;
  /** Whether its connections are the application's. */
  readonly isBorrowed: boolean;
  /** The channel over which changes are heard of: that which was handed in, or the database's own. */
  readonly push: PushChannel | undefined;
  /** The cheapest look, where the database has one. */
  readonly glance: Glance | undefined;
  /** What the processes found about items in use. */
  readonly circuits: Pick<CircuitRegister, "all" | "change" | "remove">;
  /** What calls came to, by item and minute. */
  readonly traffic: Pick<TrafficRegister, keyof TrafficRegister>;

  /** Opens the database, once: unless it is open, or about to be. @throws DriverMissingError, and the errors of `inOwnWords` */
  connect(): Promise<void>;
  /** Resolves when the database answers; opens it, unless it is open. @throws DatabaseSettingError */
  ping(): Promise<void>;
  /** Whether the database is known to answer somebody now, whatever else it was asked. */
  answers(): Promise<boolean>;
  /** Tells other processes that something was committed, where the database has not done so itself. */
  publish(revisionId: string): void;
  /** Whether this process itself has told that, a moment ago: the id of a revision, by which it serves without a look, or what it found. */
  isOwn(message: string): boolean;
  /**
   * The same tables as a transaction of the application sees and changes them. `onWritten` hears of what is
   * written there, and may never be committed.
   *
   * @throws InvalidOptionError
   */
  in(transaction: KyselyTransaction, onWritten: (written: RevisionMark) => void): Store;

  /**
   * From here on, this process serves data of this origin: data of another one are neither read nor written.
   * `snapshotFiles` are those that were taken of them.
   */
  keepTo(origin: string, snapshotFiles: readonly string[]): void;
  /** Any data are good again. */
  release(): void;
  /** The rows that this process serves were found to be gone: nothing is written from here on. */
  emptied(): DatabaseReplacedError;
  /** The rows that this process serves are there. */
  confirm(): void;
  /** @throws DatabaseReplacedError when the last look found other data, or none */
  checkLast(): void;
  /**
   * Looks whether the data are those that this process serves, before anything is made of them that are not.
   *
   * @throws DatabaseReplacedError
   */
  checkOrigin(): Promise<void>;

  /** Applies missing migrations and returns their names. `onWait` hears when others have to be waited for. */
  migrate(onWait?: OnWait): Promise<string[]>;
  /** The names of migrations of newer versions, all of which this one can work with where it opens. */
  newerMigrations(): Promise<string[]>;
  /** The names of missing migrations. @throws NewerDatabaseError */
  pendingMigrations(): Promise<string[]>;
  /** @throws MigrationRequiredError, NewerDatabaseError */
  checkMigrated(): Promise<void>;

  /** Where the database is, seen from a revision that was read before; with what changed, where that is a few rows. */
  readHead(since: RevisionMark): Promise<Head>;
  /** All rows of the namespace, retired ones included, as of one revision. */
  readAll(): Promise<Rows>;
  /**
   * The rows that changed after a revision, as of one revision: that of `head` or a later one. undefined where the
   * database is not at a successor of that revision.
   */
  readSince(since: RevisionMark, head: Changes): Promise<Rows | undefined>;
  /** Changes of the namespace, the latest first. */
  history(filter: HistoryFilter): Promise<AuditEntry[]>;
  /** As `history`, by what was changed together. */
  changeSets(filter: ChangeSetFilter): Promise<StoredChangeSet[]>;
  /** Adds the entries of the history that no page of it shows to the faults. */
  findUnreadableEntries(): Promise<void>;
  /** How many changes there are of the items and types of these ids. */
  countHistory(ids: readonly string[]): Promise<number>;

  /**
   * The one way to change anything: takes the lock of the revision, which makes all other writers of the namespace
   * wait, lets `decide` look and say what is to change, and writes that with its history under a new revision. When
   * `decide` throws or wants nothing changed, nothing is written and the revision stays.
   *
   * @throws KeyUsed where something was made under its key before; WriteOutcomeUnknownError
   */
  write(author: Author, decide: Decide, options?: WriteOptions): Promise<Written>;
  /** What was made under a key, if something was. */
  firstChange(key: string): Promise<FirstChange | undefined>;

  /** Notes that a process is alive, for `aliveMs` unless it says so again; forgets those that no longer are. */
  saveProcess(note: ProcessNote, news: ProcessNews, aliveMs: number): Promise<void>;
  /** Forgets a process that ends. */
  forgetProcess(id: string): Promise<void>;
  /** The processes that are alive, by host and process id. */
  processes(): Promise<ProcessRow[]>;
  /** What reads and writes further tables of the namespace, for those who need it. */
  register<Register>(make: (place: RegisterPlace) => Register): Register;

  /**
   * Closes it, within 3 seconds: nothing more is begun, and reads end with ClosedError at once. A write has a
   * second to come to its end; then it ends with ClosedError, too, unless it is being committed.
   */
  close(): Promise<void>;
}
