import type { Status, SyncMode } from "plugbay";
import { freeFormerNames, localName, match, namesIn, rename } from "./model-names.ts";

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
  /** The hour of the process that retired it; means nothing while it is not. */
  retiredHour: number;
  formerNames: string[];
}

export interface ModelType {
  manager: string;
  name: string;
  description: string;
  retired: boolean;
  retiredHour: number;
  formerNames: string[];
  items: ModelItem[];
}

/** The model as it was, which nothing changes any more. */
export interface ModelCopy {
  readonly revision: number;
  readonly types: readonly ModelType[];
  readonly ids: ReadonlyMap<ModelItem, string>;
}

export class Refused extends Error {}

export class Model {
  types: ModelType[] = [];
  revision = 0;

  get items(): ModelItem[] {
    return this.types.flatMap((type) => type.items);
  }

  /** @param hour what the clock of the process says that syncs */
  sync(build: Build, mode: SyncMode, prune: boolean, hour: number): void {
    this.#change(() => {
      const kept = new Set<ModelType>();
      for (const declared of build) {
        const type = this.#syncType(build, declared, mode);
        kept.add(type);
        this.#syncItems(type, declared, mode, prune, hour);
      }
      if (!prune) return;
      for (const type of this.types) {
        if (kept.has(type)) continue;
        if (!type.retired) type.retiredHour = hour;
        type.retired = true;
        for (const item of type.items) retire(item, "sync", hour);
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
      type = { manager, name, description, retired: false, retiredHour: 0, formerNames, items: [] };
      this.types.push(type);
    }
    rename(type, declared, names);
    type.retired = false;
    if (mode === "update") type.description = description;
    return type;
  }

  #syncItems(type: ModelType, declared: DeclaredType, mode: SyncMode, prune: boolean, hour: number): void {
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
          retiredHour: 0,
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
    if (prune) for (const item of type.items) if (!kept.has(item)) retire(item, "sync", hour);
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

  /** Which items get another priority is free, as long as they come into the order, and those in order stay. */
  reorder(items: readonly ModelItem[], status: Status | undefined, found: readonly number[]): void {
    const wasOrdered = isOrdered(items);
    this.#change(() => {
      for (const [index, item] of items.entries()) {
        const priority = found[index] ?? Number.NaN;
        if (wasOrdered && priority !== item.priority) throw new Error("an item in order was moved");
        item.priority = priority;
        item.status = status ?? item.status;
      }
      if (!isOrdered(items)) throw new Error("the items are in another order");
    });
  }

  retire(items: readonly ModelItem[], hour: number): void {
    this.#change(() => {
      for (const item of items) retire(item, "operator", hour);
    });
  }

  restore(items: readonly ModelItem[]): void {
    this.#change(() => {
      for (const item of items) item.retiredBy = null;
    });
  }

  /** Of all that was retired before now, as the clock says of the process that purges. */
  purge(hour: number): void {
    this.#change(() => {
      for (const type of this.types)
        type.items = type.items.filter((item) => item.retiredBy === null || item.retiredHour > hour);
      this.types = this.types.filter(
        (type) => !type.retired || type.retiredHour > hour || type.items.length > 0,
      );
    });
  }

  /** What somebody wrote past plugbay: no version tells of it, and a revision only if he raised it. */
  editByHand(item: ModelItem, columns: Partial<ModelItem>, raise: 0 | 1): void {
    Object.assign(item, columns);
    this.revision += raise;
  }

  copy(ids: ReadonlyMap<ModelItem, string>): ModelCopy {
    const copied = new Map<ModelItem, string>();
    return {
      revision: this.revision,
      types: this.types.map((type) => copyType(type, ids, copied)),
      ids: copied,
    };
  }

  /** Goes back to a copy, and gives the ids of its items. */
  restoreCopy({ revision, types, ids }: ModelCopy): ReadonlyMap<ModelItem, string> {
    const restored = new Map<ModelItem, string>();
    this.revision = revision;
    this.types = types.map((type) => copyType(type, ids, restored));
    return restored;
  }

  /** The items of a type, in order, under the names that a process of this build sees them by. */
  seen(build: Build, declared: DeclaredType): ModelItem[] {
    const { manager } = declared;
    const names = build.filter((type) => type.manager === manager).map((type) => type.name);
    const type = this.types.find(
      (type) => type.manager === manager && localName(type, names) === declared.name,
    );
    const named = (type?.items ?? []).map((item) => ({
      ...item,
      name: localName(item, namesIn(item.module, declared)),
    }));
    return inOrder(named, declared);
  }

  /** What `get` answers in a process of this build. */
  served(build: Build, declared: DeclaredType): string | undefined {
    const usable = this.seen(build, declared).filter(
      (item) => isKnown(item, declared) && !isOut(item, declared),
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

function copyType(
  type: ModelType,
  ids: ReadonlyMap<ModelItem, string>,
  copied: Map<ModelItem, string>,
): ModelType {
  const items = type.items.map((item) => {
    const copy = { ...item, formerNames: [...item.formerNames] };
    copied.set(copy, ids.get(item) ?? "");
    return copy;
  });
  return { ...type, formerNames: [...type.formerNames], items };
}

function retire(item: ModelItem, by: "sync" | "operator", hour: number): void {
  if (item.retiredBy === null) item.retiredHour = hour;
  item.retiredBy ??= by;
}

const isKnown = ({ module, name }: ModelItem, declared: DeclaredType): boolean =>
  namesIn(module, declared).includes(name);

/** Whether an item is out of selection here. A sync speaks for its own code; an operator for all. */
const isOut = (item: ModelItem, declared: DeclaredType): boolean =>
  item.retiredBy === "operator" || (item.retiredBy === "sync" && !isKnown(item, declared));

/** Items in the order of selection. */
function inOrder(items: readonly ModelItem[], declared: DeclaredType): ModelItem[] {
  const rank = (item: ModelItem) =>
    isOut(item, declared) ? 3 : ["active", "reserve", "disable"].indexOf(item.status);
  return items.toSorted((one, other) => rank(one) - rank(other) || compareInRank(one, other));
}

function compareInRank(one: ModelItem, other: ModelItem): number {
  const text = (here: string, there: string) => (here === there ? 0 : here < there ? -1 : 1);
  return one.priority - other.priority || text(one.module, other.module) || text(one.name, other.name);
}

const isOrdered = (items: readonly ModelItem[]): boolean =>
  items.every((item, index) => index === 0 || compareInRank(items[index - 1] ?? item, item) < 0);
