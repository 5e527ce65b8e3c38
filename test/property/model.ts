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
  /** Whether it had another name before. */
  renamed: boolean;
}

export interface ModelType {
  manager: string;
  name: string;
  description: string;
  retired: boolean;
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
        const type = this.#syncType(declared, mode);
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

  #syncType(declared: DeclaredType, mode: SyncMode): ModelType {
    const named = (name: string | undefined) =>
      this.types.find((type) => type.manager === declared.manager && type.name === name);
    let type = named(declared.name) ?? named(declared.formerName);
    if (type === undefined) {
      const { manager, name, description } = declared;
      type = { manager, name, description, retired: false, items: [] };
      this.types.push(type);
    }
    type.name = declared.name;
    type.retired = false;
    if (mode === "update") type.description = declared.description;
    return type;
  }

  #syncItems(type: ModelType, declared: DeclaredType, mode: SyncMode, prune: boolean): void {
    const kept = new Set<ModelItem>();
    for (const plugin of declared.plugins) {
      const named = (name: string | undefined) =>
        type.items.find((item) => item.module === plugin.module && item.name === name);
      let item = named(plugin.name) ?? named(plugin.formerName);
      if (item === undefined) {
        const { module, name, status, priority, description } = plugin;
        item = { module, name, status, priority, description, version: 0, retiredBy: null, renamed: false };
        type.items.push(item);
      }
      kept.add(item);
      item.renamed ||= item.name !== plugin.name;
      item.name = plugin.name;
      if (item.retiredBy === "sync") item.retiredBy = null;
      if (mode === "update") {
        item.priority = plugin.priority;
        item.description = plugin.description;
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

  /** What `get` answers in a process of this build. */
  served(build: Build, declared: DeclaredType): string | undefined {
    const type = this.types.find(
      ({ manager, name }) => manager === declared.manager && name === declared.name,
    );
    const usable = inOrder(type?.items ?? []).filter(
      ({ module, name, retiredBy }) =>
        retiredBy === null &&
        build.includes(declared) &&
        declared.plugins.some((plugin) => plugin.module === module && plugin.name === name),
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

/** Items in the order of selection. */
export function inOrder(items: readonly ModelItem[]): ModelItem[] {
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
