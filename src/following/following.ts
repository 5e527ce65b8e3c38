import type { SchemaWait } from "../definition/check-config.ts";
import type { PluginItem } from "../definition/plugin-item.ts";
import type { Registry } from "../registry/registry.ts";
import { lostNames } from "../selection/lost-names.ts";
import type { Emitter } from "../serving/events.ts";
import type { Serving } from "../serving/serving.ts";
import { ClosedError } from "../store/errors.ts";
import type { RevisionMark } from "../store/mark.ts";
import type { Transport } from "../store/push-channel.ts";
import type { Rows } from "../store/rows.ts";
import type { Store } from "../store/store.ts";
import type { Written } from "../store/writing/change-work.ts";
import type { SyncMode } from "../sync/sync-plan.ts";
import { briefly } from "../time/briefly.ts";
import type { Clock } from "../time/clock.ts";
import { warn } from "../warn.ts";
import { FleetCircuits } from "./circuits/fleet-circuits.ts";
import type { LastKnown } from "./emptied.ts";
import { EventLog } from "./event-log.ts";
import { ExpectedCommit } from "./expected-commit.ts";
import { readFirstRows } from "./first-rows.ts";
import { Fleet } from "./fleet.ts";
import { Follower } from "./follower.ts";
import { Heartbeat } from "./heartbeat.ts";
import { RefusedWrites } from "./refused-writes.ts";
import { RegisteredSync } from "./registered-sync.ts";
import type { SnapshotFile } from "./snapshot-file.ts";
import { keepServed, SnapshotKeeper } from "./snapshot-keeper.ts";
import type { State } from "./state.ts";
import { Watch } from "./watch.ts";

export interface FollowingOptions {
  readonly registry: Registry;
  readonly store: Store;
  readonly serving: Serving;
  readonly emitter: Emitter;
  readonly clock: Clock;
  readonly wait: SchemaWait;
  readonly sync: SyncMode | false;
  /** Whether the tables are made and brought up to date at the start. */
  readonly migrate: boolean;
  /** Who appears in the history as the author of syncs. */
  readonly actor: string | null;
  /** The application's version. */
  readonly version: string;
  readonly pollIntervalMs: number | false | undefined;
  readonly heartbeatMs: number | false;
  readonly snapshotFiles: readonly SnapshotFile[];
}

/** How long each step of taking leave may take, in milliseconds. */
const partingLimitMs = 1_000;

/** How long who only looks waits to be brought up to date, in milliseconds: enough for a second look. */
const catchUpLimitMs = 1_500;

/** Keeps what a process serves what the database has, and the database what its code declares. */
export class Following {
  readonly sync: RegisteredSync;
  /** What the application's processes say of themselves. */
  readonly fleet: Fleet;
  readonly #options: FollowingOptions;
  readonly #follower: Follower;
  /** What this process may not write. */
  readonly refusedWrites: RefusedWrites;
  readonly #expected: ExpectedCommit;
  readonly #circuits: FleetCircuits;
  readonly #stopListening: () => void;
  #watch: Watch | undefined;
  #keeper: SnapshotKeeper | undefined;
  #heartbeat: Heartbeat | undefined;
  #transport: Transport = "poll";
  #lastKnown: LastKnown | undefined;
  /** Resolves when the sync of what was registered a moment ago has begun. */
  #registering: Promise<void> | undefined;
  /** Whether the sync of it takes so long that nobody waits for it. */
  #isSyncLate = false;

  constructor(options: FollowingOptions) {
    const { registry, store, serving, emitter, clock, wait, actor } = options;
    this.#options = options;
    this.refusedWrites = new RefusedWrites(clock);
    this.#expected = new ExpectedCommit({
      clock,
      refresh: () => this.refresh(),
      served: () => serving.snapshot,
      onCommit: (revisionId) => store.publish(revisionId),
    });
    const { instances } = serving;
    this.#circuits = new FleetCircuits({
      ...{ clock, register: store.circuits, circuits: instances.circuits },
      slotOf: (itemId) => instances.slotOf(itemId),
      refusedWrites: this.refusedWrites,
      isLive: () => this.state.kind === "live",
    });
    const isPushed = () => this.#transport !== "poll";
    this.fleet = new Fleet({ clock, store, serving, isPushed, ownId: () => this.processId });
    this.#follower = new Follower({
      store,
      clock,
      firstRows: () => {
        const isUnsure = this.state.kind === "bootstrapped";
        const { migrate } = options;
        return readFirstRows({ store, migrate, isUnsure, lastKnown: this.#lastKnown, sync: this.sync });
      },
      snapshot: () => serving.snapshot,
      localRows: (rows, isFull) => serving.localRows(rows, isFull),
      lostNames: (rows) => lostNames(serving.snapshot, rows, registry),
      isDue: () => serving.isBehindRegistry,
      accept: (rows, isFull) => {
        this.#keepTo(rows);
        serving.accept(rows, isFull);
      },
      followCircuits: (marks) => this.#circuits.follow(marks),
      onLive: () => emitter.emit("live", { revision: serving.snapshot.revision }),
      onStale: (since, cause) => emitter.emit("stale", { since, cause }),
    });
    this.sync = new RegisteredSync({
      ...{ registry, store, wait, actor, mode: options.sync, refusedWrites: this.refusedWrites },
      mayWrite: () => this.state.kind !== "bootstrapped",
      check: () => this.#follower.check(),
    });
    this.#stopListening = registry.onRegister(() => this.#registered());
  }

  /** The id of this process in the list of processes; undefined when it does not tell that it is alive. */
  get processId(): string | undefined {
    return this.#heartbeat?.id;
  }

  /** How this process stands with the database, and how old its snapshot is. */
  get state(): State {
    const { serving } = this.#options;
    if (serving.isClosed) return { kind: "closed" };
    const { standing, ageMs } = this.#follower.state;
    return { ...standing, revision: serving.snapshot.revision, ageMs, transport: this.#transport };
  }

  /** Takes over what changed, and resolves when it serves. What was registered meanwhile is synced, too. */
  async refresh(): Promise<void> {
    this.#checkOpen();
    await this.#registering;
    const looks = this.sync.isDue
      ? [this.#follower.refresh(), this.#syncAndFollow()]
      : [this.#follower.refresh()];
    const ended = await Promise.allSettled(looks);
    await this.#options.serving.instances.settled();
    this.#checkOpen();
    for (const look of ended) if (look.status === "rejected") throw look.reason;
  }

  /** As `refresh`, as far as that is done within 1.5 seconds; nothing that is being made is waited for. */
  async catchUp(): Promise<void> {
    this.#checkOpen();
    const look = this.#isSyncLate ? this.#follower.refresh() : this.#followSynced();
    await briefly(this.#options.clock, look, catchUpLimitMs);
    this.#checkOpen();
  }

  /** Takes over what changed when that was not looked for for so long. A database that does not answer is no error. */
  async refreshIfOlderThan(ms: number): Promise<void> {
    this.#checkOpen();
    if (this.#follower.state.ageMs >= ms) await this.#follow().catch(() => undefined);
  }

  /** Serves by what this process has written, and resolves when that is ready or has failed. */
  async take(written: Written): Promise<void> {
    this.#checkOpen();
    this.#writeRegistered();
    await this.#follower.take(written);
    await this.#options.serving.instances.settled(({ revision }) => revision === written.revision);
    this.#checkOpen();
  }

  /** Lets an item have calls again in all processes, whatever became of those before. @throws what the database says */
  async forgive(item: PluginItem): Promise<void> {
    this.#options.serving.instances.forgive(item);
    await this.#circuits.release(item);
  }

  /** Looks for a change that a transaction of the application has written. */
  expect(written: RevisionMark): void {
    this.#expected.expect(written);
  }

  /** Reads, syncs and prepares for the first time. `lastKnown` is what is known of the database that it has to be. */
  async begin(lastKnown: LastKnown | undefined): Promise<void> {
    this.#lastKnown = lastKnown;
    await this.#follower.begin();
    await this.#options.serving.instances.settled();
  }

  /** Serves by rows that did not come from the database, until it answers. */
  async bootstrap(from: "code" | "file", rows: Rows, cause: unknown): Promise<void> {
    await this.#follower.bootstrap(from, rows, cause);
    await this.#options.serving.instances.settled();
  }

  /** Follows the changes of other processes from here on, and tells them of this one. */
  watch(): void {
    const { clock, store, serving, emitter, pollIntervalMs, heartbeatMs, snapshotFiles } = this.#options;
    const lastGood = () => (this.state.kind === "live" ? serving.snapshot : undefined);
    if (snapshotFiles.length > 0) {
      this.#keeper = new SnapshotKeeper(clock, snapshotFiles);
      keepServed(this.#keeper, emitter, lastGood);
    }
    if (pollIntervalMs !== false) {
      this.#watch = new Watch({
        ...{ clock, store, pollIntervalMs },
        refresh: () => this.#follow(),
        followCircuits: () => this.#circuits.follow(undefined),
        onProcessNotice: () => this.fleet.told(),
        reconcile: () => this.#follower.reconcile(),
        served: () => serving.snapshot.revisionId,
        isKnown: (message) => serving.snapshot.revisionId === message || store.isOwn(message),
        itemCount: () => serving.snapshot.items.size,
        onTransport: (transport, reason) => this.#transportChanged(transport, reason),
      });
    }
    if (heartbeatMs !== false) {
      const { refusedWrites } = this;
      const log = new EventLog({ clock, store, serving, refusedWrites });
      this.#heartbeat = new Heartbeat({
        ...{ ...this.#options, refusedWrites, log, intervalMs: heartbeatMs, report: serving.report },
        isHeardTogether: () => this.#transport !== "poll" || store.glance !== undefined,
        ...{ state: () => this.state, onTold: () => this.fleet.hint(), isFleetTold: () => this.fleet.isTold },
      });
    }
  }

  /** Each step has its limit, and so has `writing`, what others still write: the database is closed last. */
  async close(writing: readonly (Promise<unknown> | undefined)[] = []): Promise<void> {
    this.#stopListening();
    this.#expected.stop();
    this.fleet.stop();
    const kept = this.#keeper?.stop();
    const watched = this.#watch?.stop();
    await briefly(
      this.#options.clock,
      Promise.allSettled([kept, watched, this.#heartbeat?.stop(), this.#circuits.close(), ...writing]),
      partingLimitMs,
    );
    await this.#options.store.close();
  }

  #checkOpen(): void {
    if (this.#options.serving.isClosed) throw new ClosedError();
  }

  /** One look for as many registrations as come in one go. */
  #registered(): void {
    this.sync.note();
    this.#registering ??= Promise.resolve().then(() => {
      this.#registering = undefined;
      if (this.#options.serving.isClosed) return;
      this.#syncAndFollow().catch((error: unknown) => {
        if (!this.#options.serving.isClosed) warn("what was registered could not be synced yet", error);
      });
    });
  }

  /** Writes what was registered, and takes over what changed. */
  async #syncAndFollow(): Promise<void> {
    const [synced] = await Promise.allSettled([this.sync.write()]);
    await this.#follower.refresh();
    if (synced.status === "rejected") throw synced.reason;
  }

  /** As `#syncAndFollow`; a sync that has to wait, as for a lock, is waited for once. */
  async #followSynced(): Promise<void> {
    const cancel = this.#options.clock.schedule(catchUpLimitMs, () => {
      this.#isSyncLate = true;
    });
    await Promise.allSettled([this.sync.write()]);
    cancel();
    this.#isSyncLate = false;
    await this.#follower.refresh();
  }

  /** Takes over what changed. What was registered is synced beside it: that is a writer, which may have to wait. */
  async #follow(): Promise<void> {
    this.#writeRegistered();
    await this.#follower.refresh();
  }

  #writeRegistered(): void {
    if (this.sync.isDue) this.#syncAndFollow().catch(() => undefined);
  }

  /** From here on, other data than these are not taken for what an operator decided. */
  #keepTo({ origin }: Rows): void {
    const files = this.#options.snapshotFiles.map(({ path }) => path);
    if (origin !== "") this.#options.store.keepTo(origin, files);
  }

  #transportChanged(transport: Transport, reason: unknown): void {
    this.#transport = transport;
    this.#options.emitter.emit("transport", reason === undefined ? { transport } : { transport, reason });
  }
}
