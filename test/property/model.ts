import type { Status, SyncMode } from "plugbay";

// What plugbay shall do, told in the plainest way: arrays, loops and no cleverness. Nothing of the
// library is used here.

export interface DeclaredPlugin {
  readonly module: string;
  readonly name: string;
  readonly formerName: string | undefined;
  readonly status: Status;
  readonly priority: number;
  readonly description: string;
}

export interface DeclaredType {
  readonly manager: string;
  readonly name: string;
  readonly formerName: string | undefined;
  readonly description: string;
  readonly plugins: readonly DeclaredPlugin[];
}

/** What one version of the code registers. */
export type Build = readonly DeclaredType[];

export interface ModelItem {
  module: string;
  name: string;
  status: Status;
  priority: number;
  description: string;
  version: number;
  retiredBy: "sync" | "operator" | null;
  formerNames: string[];
}

export interface ModelType {
  manager: string;
  name: string;
  description: string;
  retired: boolean;
  formerNames: string[];
  items: ModelItem[];
}

export class Refused extends Error {}

export class Model {
  types: ModelType[] = [];
  revision = 0;

  get items(): ModelItem[] {
    return this.types.flatMap((type) => type.items);
  }

  sync(build: Build, mode: SyncMode, prune: boolean): void {
    this.#change(() => {
      const kept = new Set<ModelType>();
      for (const declared of build) {
        const type = this.#syncType(build, declared, mode);
        kept.add(type);
        this.#syncItems(type, declared, mode, prune);
      }
      if (!prune) return;
      for (const type of this.types) {
        if (kept.has(type)) continue;
        type.retired = true;
        for (const item of type.items) item.retiredBy ??= "sync";
      }
    });
  }

  #syncType(build: Build, declared: DeclaredType, mode: SyncMode): ModelType {
    const { manager, name, description } = declared;
    const types = this.types.filter((type) => type.manager === manager);
    const names = build.filter((type) => type.manager === manager).map((type) => type.name);
    let type = match(types, declared, names);
    if (type === undefined) {
      const formerNames = freeFormerNames(types, declared);
      type = { manager, name, description, retired: false, formerNames, items: [] };
      this.types.push(type);
    }
    rename(type, declared, names);
    type.retired = false;
    if (mode === "update") type.description = description;
    return type;
  }

  #syncItems(type: ModelType, declared: DeclaredType, mode: SyncMode, prune: boolean): void {
    const kept = new Set<ModelItem>();
    for (const plugin of declared.plugins) {
      const { module, name, status, priority, description } = plugin;
      const items = type.items.filter((item) => item.module === module);
      const names = namesIn(module, declared);
      let item = match(items, plugin, names);
      if (item === undefined) {
        item = {
          module,
          name,
          status,
          priority,
          description,
          version: 0,
          retiredBy: null,
          formerNames: freeFormerNames(items, plugin),
        };
        type.items.push(item);
      }
      kept.add(item);
      rename(item, plugin, names);
      if (item.retiredBy === "sync") item.retiredBy = null;
      if (mode === "update") {
        item.priority = priority;
        item.description = description;
      }
    }
    if (prune) for (const item of type.items) if (!kept.has(item)) item.retiredBy ??= "sync";
  }

  update(item: ModelItem, patch: Partial<ModelItem>): void {
    this.#change(() => void Object.assign(item, patch));
  }

  setStatus(items: readonly ModelItem[], status: Status): void {
    this.#change(() => {
      for (const item of items) item.status = status;
    });
  }

  /** @throws Refused when one of them would leave the range of priorities */
  shift(items: readonly ModelItem[], step: number): void {
    const shifted = items.map((item) => item.priority + step);
    if (shifted.some((priority) => priority < -32768 || priority > 32767)) throw new Refused();
    this.#change(() => {
      for (const item of items) item.priority += step;
    });
  }

  /** Hands out the priorities that the items have, parted where they are equal, in the new order. */
  reorder(items: readonly ModelItem[], status: Status | undefined): void {
    this.#change(() => {
      const priorities = items.map((item) => item.priority).sort((one, other) => one - other);
      for (let index = 1; index < priorities.length; index += 1) {
        while ((priorities[index] ?? 0) <= (priorities[index - 1] ?? 0))
          priorities[index] = (priorities[index] ?? 0) + 1;
      }
      const excess = (index: number) => (priorities[index] ?? 0) - (32767 - (priorities.length - 1 - index));
      for (const [index, item] of items.entries()) {
        item.priority = (priorities[index] ?? 0) - Math.max(0, excess(index));
        item.status = status ?? item.status;
      }
    });
  }

  retire(items: readonly ModelItem[]): void {
    this.#change(() => {
      for (const item of items) item.retiredBy ??= "operator";
    });
  }

  restore(items: readonly ModelItem[]): void {
    this.#change(() => {
      for (const item of items) item.retiredBy = null;
    });
  }

  purge(): void {
    this.#change(() => {
      for (const type of this.types) type.items = type.items.filter((item) => item.retiredBy === null);
      this.types = this.types.filter((type) => !type.retired || type.items.length > 0);
    });
  }

  /** The items of a type, in order, under the names that a process of this build sees them by. */
  seen(build: Build, declared: DeclaredType): ModelItem[] {
    const { manager } = declared;
    const names = build.filter((type) => type.manager === manager).map((type) => type.name);
    const type = this.types.find(
      (type) => type.manager === manager && familiarName(type, names) === declared.name,
    );
    const items = type?.items ?? [];
    return inOrder(
      items.map((item) => ({ ...item, name: familiarName(item, namesIn(item.module, declared)) })),
    );
  }

  /** What `get` answers in a process of this build. */
  served(build: Build, declared: DeclaredType): string | undefined {
    const usable = this.seen(build, declared).filter(
      ({ module, name, retiredBy }) => retiredBy === null && namesIn(module, declared).includes(name),
    );
    const chosen =
      usable.find(({ status }) => status === "active") ?? usable.find(({ status }) => status === "reserve");
    return chosen && `${chosen.module} ${chosen.name}`;
  }

  /** Counts versions and the revision up by what `work` made different. */
  #change(work: () => void): void {
    const before = new Map(this.items.map((item) => [item, JSON.stringify(item)]));
    const whole = JSON.stringify(this.types);
    work();
    for (const item of this.items) if (before.get(item) !== JSON.stringify(item)) item.version += 1;
    if (JSON.stringify(this.types) !== whole) this.revision += 1;
  }
}

interface Named {
  name: string;
  formerNames: string[];
}

interface Declared {
  readonly name: string;
  readonly formerName: string | undefined;
}

const namesIn = (module: string, { plugins }: DeclaredType): string[] =>
  plugins.filter((plugin) => plugin.module === module).map(({ name }) => name);

/**
 * The one that the code means: of its name, else of the name it had in older code, else the one that newer
 * code gave a name which none of the `names` in this code is.
 */
function match<One extends Named>(
  all: readonly One[],
  declared: Declared,
  names: readonly string[],
): One | undefined {
  return (
    all.find(({ name }) => name === declared.name) ??
    all.find(({ name }) => name === declared.formerName) ??
    all.find(({ name, formerNames }) => !names.includes(name) && formerNames.includes(declared.name))
  );
}

/** What a new one is known by to older code: its former name, unless another one goes by that. */
function freeFormerNames(all: readonly Named[], { formerName }: Declared): string[] {
  if (formerName === undefined || all.some(({ formerNames }) => formerNames.includes(formerName))) return [];
  return [formerName];
}

/** Gives it the name in the code, unless newer code named it; names that are in use are not former ones. */
function rename(one: Named, declared: Declared, names: readonly string[]): void {
  if (one.name !== declared.name && one.name !== declared.formerName) return;
  if (one.name !== declared.name) one.formerNames.push(one.name);
  one.name = declared.name;
  one.formerNames = one.formerNames.filter((name) => !names.includes(name));
}

function familiarName({ name, formerNames }: Named, names: readonly string[]): string {
  return names.includes(name) ? name : (formerNames.find((former) => names.includes(former)) ?? name);
}

/** Items in the order of selection. */
function inOrder(items: readonly ModelItem[]): ModelItem[] {
  const rank = ({ retiredBy, status }: ModelItem) =>
    retiredBy === null ? ["active", "reserve", "disable"].indexOf(status) : 3;
  const text = (one: string, other: string) => (one === other ? 0 : one < other ? -1 : 1);
  return items.toSorted(
    (one, other) =>
      rank(one) - rank(other) ||
      one.priority - other.priority ||
      text(one.module, other.module) ||
      text(one.name, other.name),
  );
}
