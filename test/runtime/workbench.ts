import {
  type Definitions,
  type OpenOptions,
  openPlugbay,
  type Plugbay,
  type PluginItem,
  type Registry,
} from "plugbay";
import { onTestFinished } from "vitest";
import { openStore } from "../../src/open/open-plugbay.ts";
import type { ItemRow } from "../../src/store/rows.ts";
import type { Store } from "../../src/store/store.ts";
import { BreakableDatabase } from "./breakable-database.ts";
import { ManualClock, settle } from "./manual-clock.ts";

/** A database and a clock of one test. What it opens is closed when the test has finished. */
export class Workbench {
  readonly clock = new ManualClock();
  readonly database: BreakableDatabase;
  readonly #store: Store;

  private constructor(database: BreakableDatabase, store: Store) {
    this.database = database;
    this.#store = store;
  }

  static async create(): Promise<Workbench> {
    const database = await BreakableDatabase.open();
    onTestFinished(() => database.db.destroy());
    const store = openStore({ database: database.db, plugins: [] });
    await store.connect();
    return new Workbench(database, store);
  }

  /** Opens plugbay as one process does. It does not poll, unless told to. */
  async open(plugins: Definitions | Registry, options: Partial<OpenOptions> = {}): Promise<Plugbay> {
    const plugbay = await openPlugbay({
      database: this.database.db,
      clock: this.clock,
      pollIntervalMs: false,
      heartbeatMs: false,
      traffic: false,
      plugins,
      ...options,
    });
    onTestFinished(async () => {
      this.database.failure = undefined;
      let isClosed = false;
      const closing = plugbay.close().then(() => {
        isClosed = true;
      });
      await settle();
      // A test that failed may have left a call, which is given up by this clock.
      if (!isClosed) await this.clock.advance(5_000);
      await closing;
    });
    return plugbay;
  }

  /** Changes a row as another process does: whoever serves it learns of it by a refresh. */
  async edit(item: PluginItem | undefined, patch: Partial<ItemRow>): Promise<void> {
    await this.#store.write({ actor: "another process", source: "api" }, async (current) => {
      const [before] = await current.items(item ? [item.id] : []);
      if (before === undefined) throw new Error("there is no such item to edit");
      return [{ entity: "item", action: "update", before, after: { ...before, ...patch } }];
    });
  }

  /** Adds a row as another process does: a labelled item of the plugin that `like` is an item of. */
  async add(like: PluginItem | undefined, patch: Partial<ItemRow> & { readonly id: string }): Promise<void> {
    await this.#store.write({ actor: "another process", source: "api" }, async (current) => {
      const [row] = await current.items(like ? [like.id] : []);
      if (row === undefined) throw new Error("there is no such item to make another one of");
      return [{ entity: "item", action: "create", before: null, after: { ...row, version: 0, ...patch } }];
    });
  }

  /** Deletes a row as another process does. */
  async purge(item: PluginItem | undefined): Promise<void> {
    await this.#store.write({ actor: "another process", source: "api" }, async (current) => {
      const [before] = await current.items(item ? [item.id] : []);
      if (before === undefined) throw new Error("there is no such item to purge");
      return [{ entity: "item", action: "purge", before, after: null }];
    });
  }
}

/** The item of this name. */
export function itemOf(items: readonly PluginItem[], name: string): PluginItem {
  const item = items.find((candidate) => candidate.name === name);
  if (item === undefined) throw new Error(`there is no item called "${name}"`);
  return item;
}
