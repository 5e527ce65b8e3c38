import { differences } from "../selection/differences.ts";
import type { LocalRows } from "../selection/local-rows.ts";
import { knownInSnapshot, replacesRows } from "../selection/remains.ts";
import type { Snapshot } from "../selection/snapshot.ts";
import { ClosedError, DatabaseReplacedError, NoConnectionError } from "../store/errors.ts";
import { isSameMark } from "../store/mark.ts";
import type { NameLoss } from "../store/name-faults.ts";
import type { Rows } from "../store/rows.ts";
import type { Store } from "../store/store.ts";
import type { Written } from "../store/writing/change-work.ts";
import { writtenItems } from "../store/writing/written-items.ts";
import type { Clock } from "../time/clock.ts";
import { warn } from "../warn.ts";
import { coalesce } from "./coalesce.ts";
import { ConnectionState } from "./connection-state.ts";
import { isEmptied } from "./emptied.ts";

export interface FollowerOptions {
  readonly store: Pick<Store, "readHead" | "readAll" | "readSince" | "faults" | "emptied" | "confirm">;
  readonly clock: Clock;
  /** What there is to serve when the database answers for the first time. */
  readonly firstRows: () => Promise<Rows>;
  readonly snapshot: () => Snapshot;
  /** The rows as the snapshot has them: those that are to be added to it, or with `isFull` all that there are. */
  readonly localRows: (rows: Rows, isFull: boolean) => LocalRows;
  /** Which rows, local ones, have lost the names by which the snapshot has them. */
  readonly lostNames: (rows: Rows) => readonly NameLoss[];
  /** Whether something beside the rows asks for a new snapshot. */
  readonly isDue: () => boolean;
  /** Serves by local rows: those that are to be added to the snapshot, or with `isFull` all that there are. */
  readonly accept: (rows: Rows, isFull: boolean) => void;
  /** Takes over what the processes found about items in use; `marks` is what a look shows of that, where there was one. */
  readonly followCircuits: (marks: string | undefined) => Promise<void>;
  readonly onLive: () => void;
  readonly onStale: (since: Date, cause: unknown) => void;
}

/** How long an application may use all of its connections before the database counts as lost, in milliseconds. */
const busyLimitMs = 30_000;

/** Keeps the snapshot what the database has, and knows whether the database answers. */
export class Follower {
  readonly state: ConnectionState;
  /** Takes over what changed. Calls made at once share the work. */
  readonly refresh: () => Promise<void>;
  /** Takes over rows that were edited by hand, which no revision tells of. */
  readonly reconcile: () => Promise<void>;
  readonly #options: FollowerOptions;
  #turn: Promise<unknown> = Promise.resolve();
  #isBusyTold = false;
  /** Whether rows go by the names of others: then those that changed do not say all. */
  #areNamesTaken = false;
  #isReplacedTold = false;
  /** Whether the rows were found to be gone: the revision alone does not tell that they are back. */
  #isEmptied = false;

  constructor(options: FollowerOptions) {
    this.#options = options;
    this.state = new ConnectionState(options.clock);
    this.refresh = coalesce(() => this.#inTurn(() => this.#readChanges()));
    this.reconcile = coalesce(() => this.#inTurn(() => this.#readDifferences()));
  }

  /** The first snapshot. */
  async begin(): Promise<void> {
    await this.#inTurn(async () => {
      this.#acceptAll(await this.#options.firstRows());
      await this.#ask(this.#options.followCircuits(undefined));
      this.#found();
    });
  }

  /** Asks whether the database answers. @throws what it fails with; the state tells of it, too */
  async check(): Promise<void> {
    await this.#ask(this.#options.store.readHead(this.#options.snapshot()));
  }

  /** Serves by rows that did not come from the database, until it answers. */
  async bootstrap(from: "code" | "file", rows: Rows, cause: unknown): Promise<void> {
    this.#acceptAll(rows);
    this.state.bootstrapped(from, cause);
    this.#tellReplaced(cause);
  }

  /**
   * Takes over what this process has written itself. Where the snapshot has all that was there before, the database is
   * not asked.
   */
  async take(written: Written): Promise<void> {
    let isTaken = false;
    await this.#inTurn(async () => {
      const { snapshot, localRows, isDue, accept } = this.#options;
      const items = writtenItems(written);
      if (items === undefined || this.state.standing.kind === "bootstrapped" || isDue()) return;
      // A look that was under way has brought it.
      isTaken = isSameMark(snapshot(), written);
      if (isTaken || !isSameMark(snapshot(), written.before)) return;
      const { revision, revisionId, origin } = written;
      accept(localRows({ revision, revisionId, origin, types: [], items, purged: [] }, false), false);
      this.#found();
      isTaken = true;
    });
    if (!isTaken) await this.refresh();
  }

  async #readChanges(): Promise<void> {
    const { store, localRows, lostNames, accept, isDue } = this.#options;
    if (this.state.standing.kind === "bootstrapped") {
      const rows = await this.#options.firstRows().catch((error: unknown) => {
        this.#lost(error);
        throw error;
      });
      this.#acceptAll(rows);
      await this.#ask(this.#options.followCircuits(undefined));
      this.#found();
      return;
    }
    const snapshot = this.#options.snapshot();
    const head = await this.#ask(store.readHead(snapshot));
    // Definitions that were registered since may know rows by a name that nothing here knew.
    if (isDue() || this.#isEmptied || head.course === "other") await this.#readAll();
    else if (head.course === "later") {
      const read = await this.#ask(store.readSince(snapshot, head));
      const rows = read && localRows(read, false);
      if (rows) store.faults.noteLostNames(lostNames(rows));
      if (rows === undefined || !this.#saysAll(rows)) await this.#readAll();
      else accept(rows, false);
    }
    await this.#ask(this.#options.followCircuits(head.circuits));
    this.#found();
  }

  async #readAll(): Promise<void> {
    const rows = await this.#ask(this.#options.store.readAll());
    await this.#checkRemains(rows);
    this.#acceptAll(rows);
  }

  /** @throws DatabaseReplacedError */
  async #checkRemains(rows: Rows): Promise<void> {
    const { store, snapshot } = this.#options;
    const known = snapshot();
    this.#isEmptied = await this.#ask(isEmptied(store, known, () => knownInSnapshot(known), rows));
    if (!this.#isEmptied) return;
    const error = store.emptied();
    this.#lost(error);
    throw error;
  }

  #acceptAll(rows: Rows): void {
    const known = this.#options.localRows(rows, true);
    this.#noteCollisions(known);
    this.#options.accept(known, true);
  }

  #noteCollisions({ collisions }: LocalRows): void {
    this.#areNamesTaken = collisions.length > 0;
    this.#options.store.faults.noteCollisions(collisions);
  }

  /** Whether the snapshot needs no other rows than these, which changed. */
  #saysAll(rows: LocalRows): boolean {
    const snapshot = this.#options.snapshot();
    const isChanged = new Set(rows.types.map(({ id }) => id));
    // Items of a type that has another name here than before may have one, too, though they did not change.
    const isRenamed = rows.types.some(({ id, manager, name }) => {
      const { row } = snapshot.types.get(id) ?? {};
      return row !== undefined && (row.manager !== manager || row.name !== name);
    });
    // Rows that come in the place of others that nobody purged.
    if (replacesRows(snapshot, rows)) return false;
    const hasStrays = rows.items.some(({ typeId }) => !snapshot.types.has(typeId) && !isChanged.has(typeId));
    return !isRenamed && !hasStrays && !this.#areNamesTaken && rows.collisions.length === 0;
  }

  async #readDifferences(): Promise<void> {
    const { store, accept, snapshot, localRows } = this.#options;
    if (this.state.standing.kind === "bootstrapped") return;
    const rows = await this.#ask(store.readAll());
    await this.#checkRemains(rows);
    const known = localRows(rows, true);
    this.#noteCollisions(known);
    const changed = differences(snapshot(), known);
    if (changed) {
      store.faults.noteLostNames(this.#options.lostNames(changed));
      accept(changed, false);
    }
    this.#found();
  }

  async #ask<T>(answer: Promise<T>): Promise<T> {
    try {
      return await answer;
    } catch (error) {
      if (error instanceof ClosedError) throw error;
      // A busy pool is no lost database, unless that goes on.
      if (error instanceof NoConnectionError && this.state.ageMs < busyLimitMs) this.#tellBusy(error);
      else this.#lost(error);
      throw error;
    }
  }

  #lost(error: unknown): void {
    const isNews = this.state.lost(error);
    const { standing } = this.state;
    if (isNews && standing.kind === "stale") this.#options.onStale(standing.since, error);
    this.#tellReplaced(error);
  }

  /** Once, until the right database is there again. */
  #tellReplaced(error: unknown): void {
    if (!(error instanceof DatabaseReplacedError)) return;
    if (!this.#isReplacedTold) warn(error.message, error);
    this.#isReplacedTold = true;
  }

  /** Once, until a connection was to be had again. */
  #tellBusy(error: NoConnectionError): void {
    if (!this.#isBusyTold) warn(`changes are not followed for now: ${error.message}`, error);
    this.#isBusyTold = true;
  }

  #found(): void {
    this.#isBusyTold = false;
    this.#isReplacedTold = false;
    this.#options.store.confirm();
    if (this.state.found()) this.#options.onLive();
  }

  /** One at a time, in the order they came: a snapshot grows out of the one before. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.#turn.then(work, work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }
}
