import { Control } from "./control/control.ts";
import type { Registry } from "./registry/registry.ts";
import { DataPlane, type DataPlaneOptions } from "./runtime/data-plane.ts";
import { warn } from "./runtime/events.ts";
import type { Rows } from "./store/rows.ts";
import type { Store } from "./store/store.ts";
import { applySync, prepareSync } from "./sync/apply-sync.ts";
import type { SyncCounts, SyncMode, SyncOptions, SyncPlan } from "./sync/sync-plan.ts";
import { poll } from "./watch/poll.ts";

export interface PlugbayOptions extends DataPlaneOptions {
  readonly syncOnRegister: SyncMode | false;
  readonly actor: string | null;
}

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
  readonly #endings: (() => void)[] = [];
  #syncing: Promise<unknown> = Promise.resolve();

  constructor(options: PlugbayOptions) {
    super(options);
    this.#options = options;
    this.#store = options.store;
    this.registry = options.registry;
    this.control = new Control(this, options.store);
    this.#endings.push(this.registry.onRegister(() => this.#syncRegistered()));
  }

  /**
   * The changes that a sync with these options would make now. Writes nothing.
   *
   * @example
   * console.log(formatPlan(await plugbay.planSync({ mode: "update", prune: true })));
   */
  async planSync(options: SyncOptions = {}): Promise<SyncPlan> {
    return prepareSync(this.registry, this.#store, options);
  }

  /**
   * Brings the rows in line with the registry, in one transaction, and resolves with the numbers when
   * this process serves by it. A second run writes nothing.
   *
   * @example
   * await plugbay.sync({ mode: "update", prune: true });
   */
  async sync(options: SyncOptions = {}): Promise<SyncCounts> {
    const plan = await applySync(
      this.registry,
      this.#store,
      await this.planSync(options),
      this.#options.actor,
    );
    await this.refresh();
    return plan.counts;
  }

  /** As `DataPlane.refresh`; what was registered meanwhile is synced first. */
  override async refresh(): Promise<void> {
    await this.#syncing;
    await super.refresh();
  }

  override close(): Promise<void> {
    for (const end of this.#endings.splice(0)) end();
    return super.close();
  }

  /** Reads, syncs and prepares for the first time, then watches for the changes of other processes. */
  async start(sync: SyncMode | false, pollIntervalMs: number | false): Promise<void> {
    await this.accept(await this.#firstRows(sync));
    if (pollIntervalMs !== false) {
      this.#endings.push(poll(this.#options.clock, pollIntervalMs, () => this.refresh()));
    }
  }

  /** The rows to start from: read once where the sync finds nothing to do. */
  async #firstRows(mode: SyncMode | false): Promise<Rows> {
    const rows = await this.#store.readAll();
    if (mode === false) return rows;
    const plan = await prepareSync(this.registry, this.#store, { mode }, rows);
    if (plan.changes.length === 0) return rows;
    await applySync(this.registry, this.#store, plan, this.#options.actor);
    return this.#store.readAll();
  }

  #syncRegistered(): void {
    const mode = this.#options.syncOnRegister;
    if (mode === false) return;
    this.#syncing = this.#syncing
      .then(async () => {
        const plan = await this.planSync({ mode });
        await applySync(this.registry, this.#store, plan, this.#options.actor);
      })
      .catch((error: unknown) => warn("what was registered could not be synced", error));
    void this.#syncing.then(() => this.refresh()).catch(() => undefined);
  }
}
