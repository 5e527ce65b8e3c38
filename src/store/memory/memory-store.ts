import { InvalidOptionError } from "../../definition/errors.ts";
import type { Clock } from "../../time/clock.ts";
import { isoTime } from "../../time/iso-time.ts";
import { type AuditEntry, auditRow } from "../audit.ts";
import type { Author } from "../change.ts";
import type { FirstChange } from "../change-table.ts";
import type { Current } from "../current.ts";
import { ClosedError, DatabaseReplacedError } from "../errors.ts";
import type { Mark, RevisionMark } from "../mark.ts";
import type { ChangeSetFilter, StoredChangeSet } from "../read-change-sets.ts";
import type { Head } from "../read-head.ts";
import type { HistoryFilter } from "../read-history.ts";
import type { RegisterPlace } from "../register-place.ts";
import { RowFaults } from "../row-faults.ts";
import { noRows, type Rows } from "../rows.ts";
import type { Store, WriteOptions } from "../store.ts";
import { tableNames } from "../table-names.ts";
import { TrafficRegister } from "../traffic-register.ts";
import { newUuid } from "../uuid.ts";
import { stamped } from "../write-changes.ts";
import { type Decide, KeyUsed, type Written } from "../writing/change-work.ts";
import { emptyPlace } from "./empty-place.ts";
import { MemoryHistory } from "./memory-history.ts";
import { MemoryRows } from "./memory-rows.ts";

const description = "in memory";

/**
 * What a namespace has, in memory: types, items and their history, as a database keeps them, and nothing of what processes
 * tell each other. It ends with its process.
 */
export class MemoryStore implements Store {
  readonly namespace: string;
  readonly clock: Clock;
  readonly description = description;
  readonly installation: string;
  readonly topic = "plugbay_memory";
  readonly dialect: Store["dialect"] = {
    migratesOnOpen: true,
    pollIntervalMs: 1_000,
    meaningOf: () => undefined,
  };
  readonly faults = new RowFaults(tableNames());
  readonly isJoined = false;
  readonly isBorrowed = false;
  readonly push = undefined;
  readonly glance = undefined;
  /** There are no other processes to be told of what this one finds. */
  readonly circuits: Store["circuits"] = {
    all: async () => ({ now: this.clock.now(), rows: [] }),
    change: async () => undefined,
    remove: async () => undefined,
  };
  readonly traffic: TrafficRegister;
  readonly #place: RegisterPlace;
  readonly #rows = new MemoryRows();
  readonly #history = new MemoryHistory();
  /** The ids of the revisions so far. */
  readonly #revisions = new Set<string>();
  readonly #keys = new Map<string, FirstChange>();
  #mark: Mark = noRows;
  #turn: Promise<unknown> = Promise.resolve();
  #isClosed = false;

  constructor(namespace: string, clock: Clock) {
    this.namespace = namespace;
    this.installation = namespace;
    this.clock = clock;
    this.#place = emptyPlace(namespace, this.faults);
    this.traffic = new TrafficRegister({ ...this.#place, clock });
  }

  async connect(): Promise<void> {
    this.#checkOpen();
  }

  async ping(): Promise<void> {
    this.#checkOpen();
  }

  async answers(): Promise<boolean> {
    return !this.#isClosed;
  }

  publish(): void {}

  isOwn(): boolean {
    return false;
  }

  in(transaction: unknown): never {
    const expectation = "it is of plugbay's database, and a test's plugbay has none";
    throw new InvalidOptionError("transaction", transaction, expectation);
  }

  keepTo(): void {}

  release(): void {}

  emptied(): DatabaseReplacedError {
    return new DatabaseReplacedError(description, "emptied", []);
  }

  confirm(): void {}

  checkLast(): void {}

  async checkOrigin(): Promise<void> {}

  async migrate(): Promise<string[]> {
    return [];
  }

  async newerMigrations(): Promise<string[]> {
    return [];
  }

  async pendingMigrations(): Promise<string[]> {
    return [];
  }

  async checkMigrated(): Promise<void> {}

  async readHead(since: RevisionMark): Promise<Head> {
    this.#checkOpen();
    return { ...this.#mark, course: this.#courseSince(since), circuits: "0", onlyItems: false };
  }

  async readAll(): Promise<Rows> {
    this.#checkOpen();
    return this.#all();
  }

  async readSince(since: RevisionMark): Promise<Rows | undefined> {
    this.#checkOpen();
    if (this.#courseSince(since) === "other") return undefined;
    const { revision } = since;
    return { ...this.#mark, ...this.#rows.since(revision), purged: this.#history.purgedSince(revision) };
  }

  async history(filter: HistoryFilter): Promise<AuditEntry[]> {
    this.#checkOpen();
    return this.#history.entries(filter);
  }

  async changeSets(filter: ChangeSetFilter): Promise<StoredChangeSet[]> {
    this.#checkOpen();
    return this.#history.changeSets(filter);
  }

  async findUnreadableEntries(): Promise<void> {}

  async countHistory(ids: readonly string[]): Promise<number> {
    this.#checkOpen();
    return this.#history.count(ids);
  }

  write(author: Author, decide: Decide, options: WriteOptions = {}): Promise<Written> {
    const turn = this.#turn.then(() => this.#write(author, decide, options));
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async firstChange(key: string): Promise<FirstChange | undefined> {
    return this.#keys.get(key);
  }

  async saveProcess(): Promise<void> {}

  async forgetProcess(): Promise<void> {}

  async processes(): Promise<[]> {
    return [];
  }

  register<Register>(make: (place: RegisterPlace) => Register): Register {
    return make(this.#place);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
  }

  async #write(author: Author, decide: Decide, { repetition }: WriteOptions): Promise<Written> {
    this.#checkOpen();
    const before = this.#mark;
    const first = repetition && this.#keys.get(repetition.key);
    if (first) throw new KeyUsed(first);
    const wanted = await decide(this.#current());
    this.#checkOpen();
    if (wanted.length === 0 && !repetition) return { ...before, before, changes: [] };
    const origin = before.origin || newUuid();
    const id = newUuid();
    const mark =
      wanted.length === 0 ? { ...before, origin } : { revision: before.revision + 1, revisionId: id, origin };
    const { revision } = mark;
    const context = {
      ...author,
      ...{ id, namespace: this.namespace, mark, at: isoTime(this.clock), repetition },
    };
    const changes = stamped(wanted, context);
    this.#rows.apply(changes);
    this.#history.add(
      changes.map((change, position) => auditRow(change, { ...context, revision, position })),
    );
    if (repetition) {
      const { key, request, changedBefore = 0 } = repetition;
      this.#keys.set(key, { revision, request, changed: changes.length + changedBefore });
    }
    this.#revisions.add(mark.revisionId);
    this.#mark = mark;
    return { ...mark, before, changes };
  }

  #current(): Current {
    const mark = this.#mark;
    return {
      ...mark,
      isAt: async ({ revision, revisionId }) => revision === mark.revision && revisionId === mark.revisionId,
      rows: async () => this.#all(),
      items: async (ids) => this.#rows.items(ids),
      itemsOf: async (typeId, plugin) => this.#rows.itemsOf(typeId, plugin),
    };
  }

  #all(): Rows {
    return { ...this.#mark, ...this.#rows.all(), purged: [] };
  }

  #courseSince({ revision, revisionId }: RevisionMark): Head["course"] {
    const now = this.#mark;
    if (revision === now.revision) return revisionId === now.revisionId ? "same" : "other";
    return revision === 0 || this.#revisions.has(revisionId) ? "later" : "other";
  }

  #checkOpen(): void {
    if (this.#isClosed) throw new ClosedError();
  }
}
