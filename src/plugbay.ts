import type { Control } from "./control/control.ts";
import { createControl } from "./control/create-control.ts";
import { followChange } from "./control/writing/follow-change.ts";
import type { SchemaWait } from "./definition/check-config.ts";
import { checkKnown, type OptionNames } from "./definition/known-options.ts";
import { isEmptied, type LastKnown } from "./following/emptied.ts";
import { ExpectedCommit } from "./following/expected-commit.ts";
import { Follower } from "./following/follower.ts";
import { Heartbeat } from "./following/heartbeat.ts";
import { RefusedWrites } from "./following/refused-writes.ts";
import type { SnapshotFile } from "./following/snapshot-file.ts";
import { SnapshotKeeper } from "./following/snapshot-keeper.ts";
import type { State } from "./following/state.ts";
import { Watch } from "./following/watch.ts";
import type { Registry } from "./registry/registry.ts";
import { coalesce } from "./runtime/coalesce.ts";
import { DataPlane, type DataPlaneOptions } from "./runtime/data-plane.ts";
import { lostNames } from "./selection/lost-names.ts";
import { knownInRows } from "./selection/remains.ts";
import { emptySnapshot } from "./selection/snapshot.ts";
import { ClosedError } from "./store/errors.ts";
import type { RevisionMark } from "./store/mark.ts";
import type { Transport } from "./store/push-channel.ts";
import { noRows, type Rows } from "./store/rows.ts";
import type { Store } from "./store/store.ts";
import type { Written } from "./store/writing/change-work.ts";
import { applySync, prepareSync } from "./sync/apply-sync.ts";
import type { SyncCounts, SyncMode, SyncOptions, SyncPlan } from "./sync/sync-plan.ts";
import { warn } from "./warn.ts";

export interface PlugbayOptions extends DataPlaneOptions {
  readonly store: Store;
  readonly wait: SchemaWait;
  readonly sync: SyncMode | false;
  readonly migrate: boolean;
  readonly actor: string | null;
  readonly version: string;
  readonly pollIntervalMs: number | false | undefined;
  readonly heartbeatMs: number | false;
  readonly snapshotFiles: readonly SnapshotFile[];
}

const syncOptionNames: OptionNames<SyncOptions> = { mode: true, prune: true };

/** How long `close` may take, whatever hangs, and how long each step of taking leave, in milliseconds. */
const closeLimitMs = 5_000;
const partingLimitMs = 1_000;

/** How long who only looks waits to be brought up to date, in milliseconds: enough for a second look. */
const catchUpLimitMs = 1_500;

/**
 * An open plugbay: reads from memory, writes through `sync` and `control`. Made by `openPlugbay`.
 */
export class Plugbay extends DataPlane {
  /** What an operator does: list, update, reorder, history. */
  readonly control: Control;
  /** The types and plugins of this process. What is registered later is synced and served soon after. */
  readonly registry: Registry;
  readonly #store: Store;
  readonly #options: PlugbayOptions;
  readonly #follower: Follower;
  readonly #refusedWrites: RefusedWrites;
  readonly #stopListening: () => void;
  readonly #syncRegistered = coalesce(() => this.#writeRegistered());
  readonly #expected: ExpectedCommit;
  #watch: Watch | undefined;
  #keeper: SnapshotKeeper | undefined;
  #heartbeat: Heartbeat | undefined;
  #transport: Transport = "poll";
  /** Whether definitions were registered that no sync has written yet. */
  #isUnsynced = false;
  /** Whether the sync of them takes so long that nobody waits for it. */
  #isSyncLate = false;
  #lastKnown: LastKnown | undefined;
  #closing: Promise<void> | undefined;

  constructor(options: PlugbayOptions) {
    super(options);
    const { registry, store, clock } = options;
    this.#options = options;
    this.#store = store;
    this.registry = registry;
    this.#refusedWrites = new RefusedWrites(clock);
    const { keys, wait } = options;
    this.#expected = new ExpectedCommit({
      clock,
      refresh: () => this.refresh(),
      served: () => this.snapshot,
      onCommit: (revisionId) => store.publish(revisionId),
    });
    const expectCommit = (written: RevisionMark): void => this.#expected.expect(written);
    this.control = createControl({ view: this, store, keys, wait, clock, expectCommit });
    this.#follower = new Follower({
      store,
      clock,
      firstRows: () => this.#firstRows(),
      snapshot: () => this.snapshot,
      familiar: (rows, whole) => this.familiar(rows, whole ? emptySnapshot : this.snapshot),
      lostNames: (rows) => lostNames(this.snapshot, rows, registry),
      isDue: () => this.registryChanged,
      accept: (rows, whole) => {
        this.#keepTo(rows);
        return this.accept(rows, whole);
      },
      onLive: () => this.emit("live", { revision: this.snapshot.revision }),
      onStale: (since, cause) => this.emit("stale", { since, cause }),
    });
    this.#stopListening = registry.onRegister(() => {
      this.#isUnsynced = true;
      this.refresh().catch((error: unknown) => {
        if (!this.closed) warn("what was registered could not be synced yet", error);
      });
    });
  }

  /**
   * The changes that a sync with these options would make now. Writes nothing.
   *
   * @example
   * console.log(formatPlan(await plugbay.planSync({ mode: "update", prune: true })));
   */
  async planSync(options: SyncOptions = {}): Promise<SyncPlan> {
    checkKnown("sync", options, syncOptionNames);
    this.#store.checkLast();
    return prepareSync(this.registry, this.#store, this.#options.wait, options);
  }

  /**
   * Brings the rows in line with the registry, in one transaction, and resolves with the numbers when
   * this process serves by it. A second run writes nothing.
   *
   * @example
   * await plugbay.sync({ mode: "update", prune: true });
   */
  async sync(options: SyncOptions = {}): Promise<SyncCounts> {
    const planned = await this.planSync(options);
    const plan = await applySync(
      this.registry,
      this.#store,
      this.#options.wait,
      planned,
      this.#options.actor,
    );
    await followChange(this, () => this.refresh());
    return plan.counts;
  }

  /** What keeps applications that share a database apart. */
  get namespace(): string {
    return this.#store.namespace;
  }

  /** The id of this process in the list of processes; undefined when it does not tell that it is alive. */
  get processId(): string | undefined {
    return this.#heartbeat?.id;
  }

  /** How this process stands with the database, and how old its snapshot is. */
  get state(): State {
    if (this.closed) return { kind: "closed" };
    const { standing, ageMs } = this.#follower.state;
    return { ...standing, revision: this.snapshot.revision, ageMs, transport: this.#transport };
  }

  /**
   * Takes over what changed in the database, and resolves when it serves. Calls made at once share the
   * work. What was registered meanwhile is synced first.
   */
  async refresh(): Promise<void> {
    if (this.closed) throw new ClosedError();
    const [synced] = await Promise.allSettled([this.#syncRegistered()]);
    await this.#follower.refresh();
    // Closed meanwhile, this serves nothing.
    if (this.closed) throw new ClosedError();
    if (synced.status === "rejected") throw synced.reason;
  }

  /**
   * As `refresh`, for who shows what there is: it waits no longer than a moment, for the sync of what was registered or
   * for a database that does not answer.
   *
   * @internal
   */
  async catchUp(): Promise<void> {
    if (this.closed) throw new ClosedError();
    await this.#briefly(this.#isSyncLate ? this.#follower.refresh() : this.#syncAndFollow(), catchUpLimitMs);
    if (this.closed) throw new ClosedError();
  }

  /**
   * Refreshes when the snapshot was not compared with the database for `ms` milliseconds; 0 does so every
   * time. For hosts that freeze a process between requests, where no timer runs, and for requests that must
   * go by what an operator decided a moment ago. A database that does not answer is no error: the last
   * snapshot serves.
   *
   * @example
   * await plugbay.refreshIfOlderThan(1_000); // at the start of a request
   */
  async refreshIfOlderThan(ms: number): Promise<void> {
    if (this.closed) throw new ClosedError();
    if (this.#follower.state.ageMs >= ms) await this.refresh().catch(() => undefined);
  }

  /** Ends everything: instances are disposed of once no `run` uses them, at the latest after 5 seconds. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /**
   * Reads, syncs and prepares for the first time. `lastKnown` is what is known of the database that it has to be.
   *
   * @internal
   */
  begin(lastKnown: LastKnown | undefined): Promise<void> {
    this.#lastKnown = lastKnown;
    return this.#follower.begin();
  }

  /** Serves by rows that did not come from the database, until it answers. @internal */
  bootstrap(from: "code" | "file", rows: Rows, cause: unknown): Promise<void> {
    return this.#follower.bootstrap(from, rows, cause);
  }

  /** Serves by what this process has written. @internal */
  async take(written: Written): Promise<void> {
    if (this.closed) throw new ClosedError();
    if (this.#isUnsynced) return this.refresh();
    await this.#follower.take(written);
    if (this.closed) throw new ClosedError();
  }

  /** Follows the changes of other processes from here on, and tells them of this one. */
  watch(): void {
    const { clock, pollIntervalMs, heartbeatMs, snapshotFiles } = this.#options;
    if (snapshotFiles.length > 0) this.#keepSnapshot(new SnapshotKeeper(clock, snapshotFiles));
    this.startHealthChecks();
    if (pollIntervalMs !== false) {
      this.#watch = new Watch({
        clock,
        store: this.#store,
        pollIntervalMs,
        refresh: () => this.#follow(),
        reconcile: () => this.#follower.reconcile(),
        served: () => this.snapshot.revisionId,
        isKnown: (revisionId) => this.snapshot.revisionId === revisionId || this.#store.isOwn(revisionId),
        itemCount: () => this.itemCount,
        onTransport: (transport, reason) => this.#transportChanged(transport, reason),
      });
    }
    if (heartbeatMs !== false) {
      this.#heartbeat = new Heartbeat({
        clock,
        store: this.#store,
        intervalMs: heartbeatMs,
        version: this.#options.version,
        registry: this.registry,
        refusedWrites: this.#refusedWrites,
        state: () => this.state,
        failures: () => this.failures(),
      });
      void this.#heartbeat.beat();
    }
  }

  async #close(): Promise<void> {
    this.emit("close", {});
    this.#stopListening();
    const kept = this.#keeper?.stop();
    this.#expected.stop();
    const ended = Promise.allSettled([this.stopServing(), kept, this.#takeLeave()]);
    await this.#briefly(ended, closeLimitMs);
  }

  /** Each step has its limit, so that the next one comes: the database is closed last. */
  async #takeLeave(): Promise<void> {
    await this.#briefly(Promise.allSettled([this.#watch?.stop(), this.#heartbeat?.stop()]));
    await this.#store.close();
  }

  /** Waits for `work`, but not for long. */
  async #briefly(work: Promise<unknown>, limitMs = partingLimitMs): Promise<void> {
    let cancel = (): void => undefined;
    const limit = new Promise<void>((resolve) => {
      cancel = this.#options.clock.schedule(limitMs, resolve, true);
    });
    await Promise.race([work, limit]).finally(() => cancel());
  }

  /** A sync that has to wait, as for a lock, is waited for once. */
  async #syncAndFollow(): Promise<void> {
    const cancel = this.#options.clock.schedule(catchUpLimitMs, () => {
      this.#isSyncLate = true;
    });
    await Promise.allSettled([this.#syncRegistered()]);
    cancel();
    this.#isSyncLate = false;
    await this.#follower.refresh();
  }

  /** Takes over what changed. What was registered is synced beside it: that is a writer, which may have to wait. */
  async #follow(): Promise<void> {
    if (this.#isUnsynced) this.refresh().catch(() => undefined);
    await this.#follower.refresh();
  }

  /** The rows to start from: read once where the sync finds nothing to do. */
  async #firstRows(): Promise<Rows> {
    const { sync: mode, migrate, actor } = this.#options;
    await this.#store.connect();
    // At the start it has just answered.
    if (this.state.kind === "bootstrapped") await this.#store.ping();
    await this.#store.checkOrigin();
    if (migrate) await this.#store.migrate();
    else await this.#store.checkMigrated();
    const rows = await this.#store.readAll();
    await this.#checkRemains(rows);
    this.#store.confirm();
    if (mode === false) return rows;
    const plan = await prepareSync(this.registry, this.#store, this.#options.wait, { mode }, { rows });
    if (plan.changes.length === 0) return rows;
    try {
      await applySync(this.registry, this.#store, this.#options.wait, plan, actor);
    } catch (error) {
      if (!this.#refusedWrites.isRefusal("sync", error)) throw error;
      this.#isUnsynced = true;
      return rows;
    }
    return this.#store.readAll();
  }

  /** Emptied tables would be filled by a sync as if nobody had ever decided anything. @throws DatabaseReplacedError */
  async #checkRemains(rows: Rows): Promise<void> {
    if (this.#lastKnown === undefined) return;
    const { mark, read } = this.#lastKnown;
    const known = async () => knownInRows((await read()) ?? noRows);
    if (await isEmptied(this.#store, mark, known, rows)) throw this.#store.emptied();
  }

  /** From here on, other data than these are not taken for what an operator decided. */
  #keepTo({ origin }: Rows): void {
    const files = this.#options.snapshotFiles.map(({ path }) => path);
    if (origin !== "") this.#store.keepTo(origin, files);
  }

  async #writeRegistered(): Promise<void> {
    const { sync: mode, actor } = this.#options;
    if (!this.#isUnsynced || mode === false || this.state.kind === "bootstrapped") return;
    if (this.#refusedWrites.isResting("sync")) return;
    this.#isUnsynced = false;
    try {
      await this.#follower.check();
      await applySync(this.registry, this.#store, this.#options.wait, await this.planSync({ mode }), actor);
    } catch (error) {
      // The next refresh tries again.
      this.#isUnsynced = true;
      if (!this.#refusedWrites.isRefusal("sync", error)) throw error;
    }
  }

  #transportChanged(transport: Transport, reason: unknown): void {
    this.#transport = transport;
    this.emit("transport", reason === undefined ? { transport } : { transport, reason });
  }

  #keepSnapshot(keeper: SnapshotKeeper): void {
    this.#keeper = keeper;
    const keep = (): void => {
      if (this.state.kind === "live") keeper.keep(this.snapshot);
    };
    this.on("change", keep);
    this.on("live", keep);
    keep();
  }
}
