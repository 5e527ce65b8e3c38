import { randomUUID } from "node:crypto";
import {
  ConflictError,
  createRegistry,
  definePlugin,
  definePluginType,
  InvalidPriorityError,
  type Plugbay,
  type Plugin,
  type PluginType,
  type Registry,
  type SyncMode,
} from "plugbay";
import { expect } from "vitest";
import type { Store } from "../../src/store/store.ts";
import type { Greeter } from "../store/definitions.ts";
import type { TestDatabase } from "../store/test-database.ts";
import type { Action, ProcessIndex } from "./actions.ts";
import {
  type Build,
  type DeclaredPlugin,
  type DeclaredType,
  Model,
  type ModelItem,
  Refused,
} from "./model.ts";

const by = { actor: "operator" };

interface Process {
  readonly plugbay: Plugbay;
  readonly registry: Registry;
  readonly types: Map<DeclaredType, PluginType<Greeter>>;
  /** How it brings the rows in line with what is registered, at the start and later. */
  readonly sync: SyncMode | false;
  build: Build;
}

/** plugbay in two processes over one database, and the model beside it, which every action is done to as well. */
export class System {
  readonly #home: TestDatabase;
  readonly #namespace: string;
  readonly #store: Store;
  readonly #model = new Model();
  /** The ids that items had when they were first seen: they must keep them. */
  readonly #ids = new Map<ModelItem, string>();
  readonly #processes: [Process, Process];

  private constructor(home: TestDatabase, namespace: string, store: Store, processes: [Process, Process]) {
    this.#home = home;
    this.#namespace = namespace;
    this.#store = store;
    this.#processes = processes;
  }

  /** Opens the two processes, one after the other, each with the code that it starts from. */
  static async open(home: TestDatabase, [first, second]: readonly [Build, Build]): Promise<System> {
    const namespace = randomUUID();
    const open = (build: Build) => openProcess(home, namespace, build, "create");
    const store = await home.store({ namespace });
    const system = new System(home, namespace, store, [await open(first), await open(second)]);
    for (const build of [first, second]) system.#model.sync(build, "create", false);
    return system;
  }

  async close(): Promise<void> {
    for (const { plugbay } of this.#processes) await plugbay.close();
    await this.#store.close();
  }

  async do(action: Action): Promise<void> {
    const process = this.#processes[action.process];
    const { control } = process.plugbay;
    switch (action.kind) {
      case "reopen":
        await this.#reopen(action.process, action.build, action.sync);
        break;
      case "sync": {
        const { mode, prune } = action;
        await process.plugbay.sync({ mode, prune });
        this.#model.sync(process.build, mode, prune);
        break;
      }
      case "register":
        await this.#register(process, action.type, action.plugin);
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
        await control.reorder(this.#idsOf(items), { ...by, ...(status && { status }) });
        this.#model.reorder(items, status);
        break;
      }
      case "retire":
      case "restore": {
        const items = this.#pick(action.items);
        await control[action.kind](this.#idsOf(items), by);
        this.#model[action.kind](items);
        break;
      }
      case "purge":
        await control.purge({ ...by, olderThanMs: 0 });
        this.#model.purge();
        break;
    }
    this.#serves(this.#processes[action.process]);
  }

  /** The rows and both processes must be what the model says. */
  async agrees(): Promise<void> {
    await this.#rowsAgree();
    for (const process of this.#processes) {
      await process.plugbay.refresh();
      this.#serves(process);
    }
  }

  async #rowsAgree(): Promise<void> {
    const rows = await this.#store.readAll();
    expect(rows.revision).toBe(this.#model.revision);
    const types = this.#model.types.map(({ items, ...type }) => type);
    expect(
      sorted(
        rows.types.map(({ manager, name, description, retiredAt, aliases }) => ({
          manager,
          name,
          description,
          retired: retiredAt !== null,
          formerNames: namesOf(aliases),
        })),
      ),
    ).toEqual(sorted(types));
    expect(rows.items).toHaveLength(this.#model.items.length);
    for (const type of this.#model.types) {
      const typeRow = rows.types.find(({ manager, name }) => manager === type.manager && name === type.name);
      for (const item of type.items) {
        const row = rows.items.find(
          ({ typeId, module, name }) =>
            typeId === typeRow?.id && module === item.module && name === item.name,
        );
        expect(row).toMatchObject({
          ...plain(item),
          retiredAt: item.retiredBy === null ? null : expect.any(String),
        });
        expect(namesOf(row?.aliases)).toEqual(item.formerNames);
        const id = this.#ids.get(item) ?? row?.id ?? "";
        this.#ids.set(item, id);
        expect(row?.id).toBe(id);
      }
    }
  }

  /** What a process answers, right after its own change or a refresh. */
  #serves({ plugbay, build, types }: Process): void {
    expect(plugbay.state).toMatchObject({ kind: "live", revision: this.#model.revision });
    for (const [declared, token] of types) {
      const current = build.find(
        ({ manager, name }) => manager === declared.manager && name === declared.name,
      );
      expect(current).toBeDefined();
      if (current === undefined) continue;
      const items = this.#model.seen(build, current);
      expect(plugbay.explain(token).map(({ item }) => plain(item))).toEqual(items.map(plain));
      expect(plugbay.get(token)?.greet()).toBe(this.#model.served(build, current));
    }
  }

  async #reopen(index: ProcessIndex, build: Build, sync: SyncMode | false): Promise<void> {
    await this.#processes[index].plugbay.close();
    this.#processes[index] = await openProcess(this.#home, this.#namespace, build, sync);
    if (sync !== false) this.#model.sync(build, sync, false);
  }

  /** Registers one more plugin in a running process, unless it has one of that name. */
  async #register(process: Process, number: number, plugin: DeclaredPlugin): Promise<void> {
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
    if (process.sync !== false) this.#model.sync(process.build, process.sync, false);
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
      this.#model.update(item, patch);
      // Its name in this process, which may be a former one, is compared with all the others'.
      const { name, ...others } = plain(item);
      expect(await update).toMatchObject({ id, ...others });
    }
    await plugbay.refresh();
  }

  async #bulk({ plugbay }: Process, { items: numbers, action }: Action & { kind: "bulk" }): Promise<void> {
    const items = this.#pick(numbers);
    const bulk = plugbay.control.bulk(this.#idsOf(items), action, by);
    try {
      if (action === "raise") this.#model.shift(items, -1);
      else if (action === "lower") this.#model.shift(items, 1);
      else
        this.#model.setStatus(
          items,
          ({ activate: "active", reserve: "reserve", disable: "disable" } as const)[action],
        );
    } catch (error) {
      expect(error).toBeInstanceOf(Refused);
      await expect(bulk).rejects.toThrow(InvalidPriorityError);
    }
    await bulk.catch(() => undefined);
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

async function openProcess(
  home: TestDatabase,
  namespace: string,
  build: Build,
  sync: SyncMode | false,
): Promise<Process> {
  const types = new Map(build.map((declared) => [declared, typeOf(declared)]));
  const plugins = [...types].flatMap(([{ plugins }, token]) =>
    plugins.map((plugin) => pluginOf(token, plugin)),
  );
  const registry = createRegistry([...types.values(), plugins]);
  const plugbay = await home.open(registry, { namespace, sync });
  return { plugbay, registry, types, sync, build };
}

const aliasesOf = (formerName: string | undefined) => (formerName === undefined ? [] : [formerName]);

function typeOf({ manager, name, formerName, description }: DeclaredType): PluginType<Greeter> {
  return definePluginType<Greeter>({
    manager,
    name,
    description,
    methods: { greet: "required" },
    aliases: aliasesOf(formerName),
  });
}

function pluginOf(type: PluginType<Greeter>, { formerName, ...plugin }: DeclaredPlugin): Plugin {
  return definePlugin(type, {
    ...plugin,
    aliases: aliasesOf(formerName),
    create: () => ({ greet: () => `${plugin.module} ${plugin.name}` }),
  });
}

const clash = (one: DeclaredPlugin, other: DeclaredPlugin): boolean =>
  one.module === other.module &&
  [one.name, one.formerName].some((name) => name === other.name || name === other.formerName);

/** The fields that the model and plugbay both have. */
function plain(item: Omit<ModelItem, "formerNames">): Omit<ModelItem, "formerNames"> {
  const { module, name, status, priority, description, version, retiredBy } = item;
  return { module, name, status, priority, description, version, retiredBy };
}

const namesOf = (aliases: readonly { readonly name: string }[] = []): string[] =>
  aliases.map(({ name }) => name);

const sorted = (rows: readonly object[]): string[] => rows.map((row) => JSON.stringify(row)).sort();
