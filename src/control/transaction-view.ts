import type { PluginItem } from "../definition/plugin-item.ts";
import type { PluginType } from "../definition/plugin-type.ts";
import type { Lease } from "../instances/lease.ts";
import { localRows } from "../selection/local-rows.ts";
import { withoutEnded } from "../selection/past-ends.ts";
import type { Readiness } from "../selection/readiness.ts";
import { emptySnapshot, type Snapshot, succeed } from "../selection/snapshot.ts";
import type { EventName, Listener } from "../serving/events.ts";
import type { Store } from "../store/store.ts";
import { warn } from "../warn.ts";
import { untold } from "./untold.ts";
import type { View } from "./view.ts";

/**
 * The items as a transaction of the application sees them: its snapshot has the transaction's own changes, and is
 * never served. What is ready is what this process has made so far.
 */
export class TransactionView implements View {
  readonly #view: View;
  readonly #store: Store;
  /** What each look begins with: the transaction may go back behind what was seen in between. */
  readonly #base: Snapshot;
  #snapshot: Snapshot;

  /** `store` is in the transaction. */
  constructor(view: View, store: Store) {
    this.#view = view;
    this.#store = store;
    this.#base = view.state.kind === "bootstrapped" ? emptySnapshot : view.snapshot;
    this.#snapshot = this.#base;
  }

  get snapshot(): Snapshot {
    return this.#snapshot;
  }

  get state(): View["state"] {
    return this.#view.state;
  }

  get registry(): View["registry"] {
    return this.#view.registry;
  }

  get fleet(): View["fleet"] {
    return this.#view.fleet;
  }

  readiness(item: PluginItem): Readiness {
    return this.#view.readiness(item);
  }

  /** The row that tells of it may be waited for by what holds this transaction up, and the other way round. */
  async forgive(item: PluginItem): Promise<void> {
    this.#view.forgive(item).catch((error: unknown) => warn(untold(item), error));
  }

  lease(item: PluginItem): Lease | undefined {
    return this.#view.lease(item);
  }

  selected<Args extends readonly unknown[]>(
    type: PluginType<object, Args>,
    ...args: Args
  ): PluginItem | undefined {
    return this.#view.selected(type, ...args);
  }

  on<Name extends EventName>(name: Name, listener: Listener<Name>): () => void {
    return this.#view.on(name, listener);
  }

  catchUp(): Promise<void> {
    return this.refresh();
  }

  async refresh(): Promise<void> {
    const head = await this.#store.readHead(this.#base);
    if (head.course === "same") {
      this.#snapshot = this.#base;
      return;
    }
    const rows =
      head.course === "later"
        ? await this.#store.readSince(this.#base, { ...head, onlyItems: false })
        : undefined;
    if (rows) this.#use(this.#base, rows);
    else this.#use(emptySnapshot, await this.#store.readAll());
  }

  take(): Promise<void> {
    return this.refresh();
  }

  #use(before: Snapshot, rows: Parameters<typeof localRows>[0]): void {
    const present = withoutEnded(rows, this.#store.clock.now());
    this.#snapshot = succeed(before, localRows(present, this.registry, before)).snapshot;
  }
}
