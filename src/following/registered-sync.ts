import type { SchemaWait } from "../definition/check-config.ts";
import type { Registry } from "../registry/registry.ts";
import type { Rows } from "../store/rows.ts";
import type { Store } from "../store/store.ts";
import { applySync, prepareSync } from "../sync/apply-sync.ts";
import type { SyncMode, SyncOptions, SyncPlan } from "../sync/sync-plan.ts";
import { coalesce } from "./coalesce.ts";
import type { RefusedWrites } from "./refused-writes.ts";

export interface RegisteredSyncOptions {
  readonly registry: Registry;
  readonly store: Store;
  readonly wait: SchemaWait;
  /** `false`: nothing is written unasked. */
  readonly mode: SyncMode | false;
  /** Who appears in the history as the author. */
  readonly actor: string | null;
  readonly refusedWrites: RefusedWrites;
  /** Whether the database can be written to, as far as is known. */
  readonly mayWrite: () => boolean;
  /** Asks whether the database answers. @throws what it fails with */
  readonly check: () => Promise<void>;
}

/** Brings the rows in line with what the code declares: at the start, when asked to, and after late registrations. */
export class RegisteredSync {
  /** Writes what was registered and is not written yet. Calls made at once share the work. */
  readonly write: () => Promise<void>;
  readonly #options: RegisteredSyncOptions;
  #isDue = false;
  #isUnderWay = false;

  constructor(options: RegisteredSyncOptions) {
    this.#options = options;
    this.write = coalesce(() => this.#write());
  }

  /** Whether definitions were registered that no sync has written yet, be it that one is under way. */
  get isDue(): boolean {
    return this.#isDue || this.#isUnderWay;
  }

  /** Notes that there is something to write. */
  note(): void {
    this.#isDue = true;
  }

  plan(options: SyncOptions, rows?: Rows): Promise<SyncPlan> {
    const { registry, store, wait } = this.#options;
    return prepareSync(registry, store, wait, options, rows ? { rows } : {});
  }

  async apply(plan: SyncPlan): Promise<SyncPlan> {
    const { registry, store, wait, actor } = this.#options;
    return applySync(registry, store, wait, plan, actor);
  }

  /** The rows to start from: those that are there, with what the code adds. */
  async start(rows: Rows): Promise<Rows> {
    const { mode, refusedWrites, store } = this.#options;
    if (mode === false) return rows;
    const plan = await this.plan({ mode }, rows);
    if (plan.changes.length === 0) return rows;
    try {
      await this.apply(plan);
    } catch (error) {
      if (!refusedWrites.isRefusal("sync", error)) throw error;
      this.#isDue = true;
      return rows;
    }
    return store.readAll();
  }

  async #write(): Promise<void> {
    const { mode, refusedWrites, mayWrite, check } = this.#options;
    if (!this.#isDue || mode === false || !mayWrite() || refusedWrites.isResting("sync")) return;
    this.#isDue = false;
    this.#isUnderWay = true;
    try {
      await check();
      await this.apply(await this.plan({ mode }));
    } catch (error) {
      // The next one tries again.
      this.#isDue = true;
      if (!refusedWrites.isRefusal("sync", error)) throw error;
    } finally {
      this.#isUnderWay = false;
    }
  }
}
