import { randomUUID } from "node:crypto";
import { ConflictError, InvalidPriorityError, type SyncMode } from "plugbay";
import { expect } from "vitest";
import type { Store } from "../../src/store/store.ts";
import { codeOf } from "../../src/thrown.ts";
import type { TestDatabase } from "../store/test-database.ts";
import type { Action, Change, ProcessAction, ProcessIndex } from "./actions.ts";
import { expectToServe, plain, rowsAgree } from "./agreement.ts";
import type { Hand, NamespaceCopy } from "./hand.ts";
import { byHand } from "./hand-edits.ts";
import { LossyDatabase } from "./lossy-database.ts";
import { type Build, type DeclaredPlugin, Model, type ModelCopy, type ModelItem, Refused } from "./model.ts";
import { clash, openProcess, type Process, pluginOf } from "./process.ts";

const by = { actor: "operator" };
const hourMs = 3_600_000;
/** Each process looks for rows edited by hand every 45 s, give or take a tenth. */
const reconcileMs = 50_000;
/** Between two questions, so that a database which answers does not count as silent. */
const stepMs = 900;

/** What the database had, and the model. */
interface Copy extends ModelCopy {
  readonly rows: NamespaceCopy;
}

/** plugbay in two processes over one database, and the model beside it, which every action is done to as well. */
export class System {
  readonly #home: TestDatabase;
  readonly #namespace: string;
  readonly #store: Store;
  readonly #model = new Model();
  /** The ids that items had when they were first seen: they must keep them. */
  readonly #ids = new Map<ModelItem, string>();
  readonly #hand: Hand;
  /** What the second process goes by; the first one has plugbay's own connections. */
  readonly #lossy: LossyDatabase;
  readonly #processes: Process[] = [];
  /** What the clocks of the processes are off by. */
  readonly #hours: [number, number] = [0, 0];
  /** How long the processes have run, in milliseconds. */
  #elapsed = 0;
  #copy: Copy | undefined;
  #edits = 0;
  /** Whether somebody edited a row since the copy was made, and no revision tells of it. */
  #isEditUntold = false;

  private constructor(home: TestDatabase, namespace: string, store: Store, hand: Hand, lossy: LossyDatabase) {
    this.#home = home;
    this.#namespace = namespace;
    this.#store = store;
    this.#hand = hand;
    this.#lossy = lossy;
  }

  /** Opens the two processes, one after the other, each with the code that it starts from. */
  static async open(home: TestDatabase, hand: Hand, builds: readonly [Build, Build]): Promise<System> {
    const namespace = randomUUID();
    const store = await home.store({ namespace });
    const lossy = new LossyDatabase(await home.here.dialect(3));
    const system = new System(home, namespace, store, hand, lossy);
    for (const [index, build] of ([0, 1] as const).map((index) => [index, builds[index]] as const)) {
      await system.#start(index, build, "create");
    }
    return system;
  }

  async close(): Promise<void> {
    for (const { plugbay } of this.#processes) await plugbay.close();
    await this.#store.close();
    await this.#lossy.db.destroy();
  }

  async do({ lost, ...action }: Change): Promise<void> {
    const isLossy = "process" in action && action.process === 1;
    this.#lossy.loseNext(isLossy ? lost : undefined);
    try {
      await this.#act(action);
    } catch (error) {
      // It says that nothing was written: so whoever wants it writes it again.
      const isTold = lost === "statement" && this.#lossy.hasLost && codeOf(error) === "DATABASE_UNAVAILABLE";
      if (!isTold) throw error;
      await this.#act(action);
    } finally {
      this.#lossy.loseNext(undefined);
    }
    if ("process" in action) this.#expectToServe(this.#process(action.process));
  }

  async #act(action: Action): Promise<void> {
    switch (action.kind) {
      case "copy":
        this.#copy = await this.#copied();
        this.#isEditUntold = false;
        break;
      case "promote":
        await this.#promote(action.isLevel);
        break;
      case "edit":
        await this.#edit(action);
        break;
      default:
        await this.#actIn(this.#process(action.process), action);
    }
  }

  async #actIn(process: Process, action: ProcessAction): Promise<void> {
    const { control } = process.plugbay;
    const hour = this.#hours[action.process];
    switch (action.kind) {
      case "reopen":
        await process.plugbay.close();
        await this.#start(action.process, action.build, action.sync);
        break;
      case "step":
        process.clock.step(action.hours * hourMs);
        this.#hours[action.process] += action.hours;
        break;
      case "sync": {
        const { mode, prune } = action;
        await process.plugbay.sync({ mode, prune });
        this.#model.sync(process.build, mode, prune, hour);
        break;
      }
      case "register":
        await this.#register(process, action.type, action.plugin, hour);
        break;
      case "update":
        await this.#update(process, action);
        break;
      case "bulk":
        await this.#bulk(process, action);
        break;
      case "reorder": {
        const first = this.#pick(action.items.slice(0, 1)).at(0);
        const siblings = this.#model.types.find(({ items }) => first && items.includes(first))?.items ?? [];
        const items = this.#pick(action.items).filter((item) => siblings.includes(item));
        const { status } = action;
        const ids = this.#idsOf(items);
        await control.reorder(ids, { ...by, ...(status && { status }) });
        const rows = new Map((await this.#store.readAll()).items.map((row) => [row.id, row]));
        this.#model.reorder(
          items,
          status,
          ids.map((id) => rows.get(id)?.priority ?? Number.NaN),
        );
        break;
      }
      case "retire":
      case "restore": {
        const items = this.#pick(action.items);
        await control[action.kind](this.#idsOf(items), by);
        if (action.kind === "retire") this.#model.retire(items, hour);
        else this.#model.restore(items);
        break;
      }
      case "purge":
        await control.purge({ ...by, olderThanMs: 0 });
        this.#model.purge(hour);
        break;
    }
  }

  /** The rows and both processes must be what the model says. */
  async agrees(): Promise<void> {
    rowsAgree(await this.#store.readAll(), this.#model, this.#ids);
    for (const process of this.#processes) {
      await process.plugbay.refresh();
      this.#expectToServe(process);
    }
  }

  #expectToServe(process: Process): void {
    expectToServe(process, this.#model);
  }

  /** Starts a process in the place of the one before. */
  async #start(index: ProcessIndex, build: Build, sync: SyncMode | false): Promise<void> {
    this.#processes[index] = await this.#openProcess(index, build, sync);
    if (sync !== false) this.#model.sync(build, sync, false, this.#hours[index]);
  }

  #openProcess(index: ProcessIndex, build: Build, sync: SyncMode | false): Promise<Process> {
    const database = index === 0 ? this.#home.here.database : this.#lossy.db;
    const offMs = this.#elapsed + this.#hours[index] * hourMs;
    return openProcess(this.#home, { namespace: this.#namespace, database }, offMs, build, sync);
  }

  #process(index: ProcessIndex): Process {
    const process = this.#processes[index];
    if (process === undefined) throw new Error("it was not started");
    return process;
  }

  async #copied(): Promise<Copy> {
    return { rows: await this.#hand.copy(this.#namespace), ...this.#model.copy(this.#ids) };
  }

  /** A copy takes the place of the database; on it, an operator may have gone on until it was at the same revision. */
  async #promote(isLevel: boolean): Promise<void> {
    if (this.#copy === undefined || !this.#hasSome(this.#copy)) return;
    const { revision } = this.#model;
    await this.#hand.restore(this.#namespace, this.#copy.rows);
    for (const [item, id] of this.#model.restoreCopy(this.#copy)) this.#ids.set(item, id);
    // What was edited is at the same revision as before: that it is gone, no revision tells either.
    if (this.#isEditUntold) await this.#reconcile();
    const [item] = this.#model.items;
    if (!isLevel || item === undefined) return;
    const options = { namespace: this.#namespace, sync: false } as const;
    await using operator = await this.#home.open([], options);
    while (this.#model.revision < revision) {
      const description = `of the copy ${this.#model.revision}`;
      await operator.control.updateItem(this.#ids.get(item) ?? "", { description }, by);
      this.#model.update(item, { description });
    }
  }

  /** A copy without anything, in the place of what there is, counts as tables that were emptied. */
  #hasSome({ types, ids }: Copy): boolean {
    return this.#model.items.length > 0 ? ids.size > 0 : types.length > 0;
  }

  /** Whoever runs and whoever starts must see the same of a row that was edited by hand. */
  async #edit({ item: number, edit, raise }: Action & { kind: "edit" }): Promise<void> {
    const [item] = this.#pick([number]);
    if (item === undefined) return;
    this.#edits += 1;
    const { columns, effect } = byHand(edit, `by hand ${this.#edits}`, this.#model.revision);
    await this.#hand.edit(this.#namespace, this.#ids.get(item) ?? "", columns, raise);
    this.#model.editByHand(item, effect, raise);
    if (raise === 0 || edit === "early revision") {
      this.#isEditUntold = true;
      await this.#reconcile();
    }
    const starting = await this.#openProcess(0, this.#process(0).build, false);
    this.#expectToServe(starting);
    await starting.plugbay.close();
  }

  /** Time passes until each process has looked for what no revision tells of. */
  async #reconcile(): Promise<void> {
    for (let passed = 0; passed < reconcileMs; passed += stepMs) {
      this.#elapsed += stepMs;
      for (const { clock, plugbay } of this.#processes) {
        await clock.advance(stepMs);
        // Comes after what was asked before.
        await plugbay.refresh();
      }
    }
  }

  /** Registers one more plugin in a running process, unless it has one of that name. */
  async #register(process: Process, number: number, plugin: DeclaredPlugin, hour: number): Promise<void> {
    const index = process.build.length === 0 ? -1 : number % process.build.length;
    const declared = process.build[index];
    if (declared === undefined || declared.plugins.some((present) => clash(present, plugin))) return;
    const [, token] =
      [...process.types].find(
        ([{ manager, name }]) => manager === declared.manager && name === declared.name,
      ) ?? [];
    if (token === undefined) return;
    process.registry.register(pluginOf(token, plugin));
    process.build = process.build.with(index, { ...declared, plugins: [...declared.plugins, plugin] });
    await process.plugbay.refresh();
    if (process.sync !== false) this.#model.sync(process.build, process.sync, false, hour);
  }

  async #update(
    { plugbay }: Process,
    { item: number, patch, version }: Action & { kind: "update" },
  ): Promise<void> {
    const [item] = this.#pick([number]);
    if (item === undefined) return;
    const [id = ""] = this.#idsOf([item]);
    const options = {
      none: by,
      present: { ...by, version: item.version },
      old: { ...by, version: item.version - 1 },
    }[version];
    const update = plugbay.control.updateItem(id, patch, options);
    if (version === "old") await expect(update).rejects.toThrow(ConflictError);
    else {
      const updated = await update;
      this.#model.update(item, patch);
      // Its name in this process, which may be a former one, is compared with all the others'.
      const { name, ...others } = plain(item);
      expect(updated).toMatchObject({ id, ...others });
    }
    await plugbay.refresh();
  }

  async #bulk({ plugbay }: Process, { items: numbers, action }: Action & { kind: "bulk" }): Promise<void> {
    const items = this.#pick(numbers);
    const refusal = await plugbay.control.bulk(this.#idsOf(items), action, by).then(
      () => undefined,
      (error: unknown) => {
        if (error instanceof InvalidPriorityError) return error;
        throw error;
      },
    );
    try {
      if (action === "raise") this.#model.shift(items, -1);
      else if (action === "lower") this.#model.shift(items, 1);
      else
        this.#model.setStatus(
          items,
          ({ activate: "active", reserve: "reserve", disable: "disable" } as const)[action],
        );
      expect(refusal).toBeUndefined();
    } catch (error) {
      expect(error).toBeInstanceOf(Refused);
      expect(refusal).toBeInstanceOf(InvalidPriorityError);
    }
    await plugbay.refresh();
  }

  #pick(numbers: readonly number[]): ModelItem[] {
    const { items } = this.#model;
    if (items.length === 0) return [];
    const picked = numbers.map((number) => items[number % items.length]).filter((item) => item !== undefined);
    return [...new Set(picked)];
  }

  #idsOf(items: readonly ModelItem[]): string[] {
    return items.map((item) => this.#ids.get(item) ?? "");
  }
}
