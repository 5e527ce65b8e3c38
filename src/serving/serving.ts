import type { TypeIdentity } from "../definition/identity.ts";
import type { PluginItem } from "../definition/plugin-item.ts";
import type { AnyPluginType } from "../definition/plugin-type.ts";
import { Instances, type InstancesOptions } from "../instances/instances.ts";
import type { Registered } from "../registry/registry.ts";
import { type LocalRows, localRows } from "../selection/local-rows.ts";
import { endItems, withoutEnded } from "../selection/past-ends.ts";
import { emptySnapshot, type Snapshot, succeed } from "../selection/snapshot.ts";
import { succeedFull } from "../selection/succeed-full.ts";
import type { Rows } from "../store/rows.ts";
import type { Emitter } from "./events.ts";
import { ItemEnds } from "./item-ends.ts";
import { Offers } from "./offers.ts";
import { OwnReport } from "./own-report.ts";

export interface ServingOptions extends Omit<InstancesOptions, "onReadiness"> {
  readonly emitter: Emitter;
  /** The types whose plugins are made; the others' items stay idle. Default: all. */
  readonly prepares?: ((type: TypeIdentity) => boolean) | undefined;
  /** What `get` reads, made over the instances. Default: what the snapshot offers. */
  readonly offersOf?: ((instances: Instances) => Offers) | undefined;
}

/** What changed of a type's items. */
interface TypeChange {
  /** As they were. */
  readonly former: PluginItem[];
  /** As they are now, without those that are gone. */
  readonly present: PluginItem[];
}

/**
 * Serves from a snapshot, whatever becomes of the database. Goes over to another one at once, with what is ready; what
 * takes longer to make is taken in when it arrives.
 */
export class Serving {
  readonly instances: Instances;
  readonly offers: Offers;
  /** What this process says of itself to others. */
  readonly report: OwnReport;
  readonly #options: ServingOptions;
  readonly #stopListening: () => void;
  readonly #ends: ItemEnds;
  #snapshot = emptySnapshot;
  /** Types that were registered since the last snapshot was taken over, or that have new plugins. */
  readonly #registered = new Set<AnyPluginType>();
  #isClosed = false;

  constructor(options: ServingOptions) {
    this.#options = options;
    this.instances = new Instances({ ...options, onReadiness: (item) => this.#readinessChanged(item.id) });
    this.offers = options.offersOf?.(this.instances) ?? new Offers(this.instances);
    this.report = new OwnReport({
      ...{ clock: options.clock, offers: this.offers, snapshot: () => this.#snapshot },
      readiness: (item) => this.instances.readiness(item),
      isWanted: (item) => this.instances.isWanted(item) && options.registry.type(item.type) !== undefined,
    });
    this.#ends = new ItemEnds(options.clock, (ids) => this.#ended(ids));
    this.#stopListening = options.registry.onRegister((added) => this.#noteRegistered(added));
  }

  /** The picture of all items that this process serves from. */
  get snapshot(): Snapshot {
    return this.#snapshot;
  }

  /** Whether it serves nothing any more. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Whether definitions were registered since the last snapshot was taken over. */
  get isBehindRegistry(): boolean {
    return this.#registered.size > 0;
  }

  /** The rows under the names that this process knows. `isFull`: they are all that there are. */
  localRows(rows: Rows, isFull: boolean): LocalRows {
    const { registry, clock } = this.#options;
    return localRows(withoutEnded(rows, clock.now()), registry, isFull ? emptySnapshot : this.#snapshot);
  }

  /**
   * Serves by rows under the names that this process knows: those that changed since the snapshot, or with `isFull` all
   * that there are.
   */
  accept(rows: Rows, isFull: boolean): void {
    if (this.#isClosed) return;
    const before = this.#snapshot;
    const { snapshot, changedTypes, purgedTypes, changedItems, goneItems } = (isFull ? succeedFull : succeed)(
      before,
      rows,
    );
    const registered = [...this.#registered];
    this.#registered.clear();
    const changes = this.#changes(before, changedItems, goneItems);
    const items = new Set(changedItems);
    for (const type of registered) for (const item of itemsOf(snapshot, type)) items.add(item);
    const { emitter } = this.#options;
    const failed = this.instances.update(this.#prepared(items), goneItems);
    // A plugin that is made may close plugbay.
    if (this.#isClosed) return;
    this.#snapshot = snapshot;
    this.#ends.change(changedItems, goneItems);
    for (const [type, { former, present }] of changes) this.offers.change(type, former, present);
    for (const type of registered) this.offers.renew(type, itemsOf(snapshot, type));
    const changedIds = [...Array.from(items, ({ id }) => id), ...goneItems];
    this.report.note([...changes.keys(), ...registered], changedIds);
    for (const item of changedItems) {
      if (before.item(item.id)?.hold && !item.hold) this.instances.forgive(item);
    }
    for (const item of failed) emitter.emit("readiness", { item, readiness: this.instances.readiness(item) });
    // So may a listener.
    if (this.#isClosed) return;
    const ids = [...changedTypes, ...purgedTypes];
    const rowsOfTypes = [
      ...ids.map((id) => snapshot.types.get(id)),
      ...ids.map((id) => before.types.get(id)),
    ];
    const types = new Set(rowsOfTypes.map((type) => type && this.#options.registry.type(type.row)));
    for (const type of registered) types.add(type);
    emitter.emit("change", {
      revision: snapshot.revision,
      types: [...types].flatMap((type) => (type ? [{ manager: type.manager, name: type.name }] : [])),
    });
  }

  /** Serves nothing from here on. */
  end(): void {
    this.#isClosed = true;
    this.#stopListening();
    this.#ends.stop();
    this.#snapshot = emptySnapshot;
    this.offers.end();
  }

  /** Those of the items that are made in this process. */
  #prepared(items: Iterable<PluginItem>): Iterable<PluginItem> {
    const { prepares } = this.#options;
    return prepares ? [...items].filter(({ type }) => prepares(type)) : items;
  }

  #changes(
    before: Snapshot,
    changedItems: readonly PluginItem[],
    goneItems: readonly string[],
  ): Map<AnyPluginType, TypeChange> {
    const changes = new Map<AnyPluginType, TypeChange>();
    const of = (item: PluginItem): TypeChange | undefined => {
      const type = this.#options.registry.type(item.type);
      if (type === undefined) return undefined;
      const change = changes.get(type) ?? { former: [], present: [] };
      changes.set(type, change);
      return change;
    };
    const leave = (item: PluginItem | undefined): void => {
      if (item) of(item)?.former.push(item);
    };
    for (const id of goneItems) leave(before.item(id));
    for (const item of changedItems) {
      leave(before.item(item.id));
      of(item)?.present.push(item);
    }
    return changes;
  }

  #noteRegistered({ types, plugins }: Registered): void {
    for (const type of types) this.#registered.add(type);
    for (const plugin of plugins) {
      const type = this.#options.registry.type(plugin.type);
      if (type) this.#registered.add(type);
    }
  }

  /** Items come back, or go back to their place, by themselves: the database says as before. */
  #ended(ids: readonly string[]): void {
    const before = this.#snapshot;
    const { snapshot, changedItems, goneItems } = endItems(before, ids, this.#options.clock.now());
    this.instances.update(this.#prepared(changedItems), goneItems);
    // What hears that a plugin is no longer to be made may close plugbay.
    if (this.#isClosed) return;
    this.#snapshot = snapshot;
    this.#ends.change(changedItems, goneItems);
    const changes = this.#changes(before, changedItems, goneItems);
    for (const [type, { former, present }] of changes) this.offers.change(type, former, present);
    this.report.note(changes.keys(), ids);
    for (const item of changedItems) {
      this.#options.emitter.emit("readiness", { item, readiness: this.instances.readiness(item) });
    }
  }

  /** Something arrived, was put aside or came back. */
  #readinessChanged(id: string): void {
    const item = this.#isClosed ? undefined : this.#snapshot.item(id);
    const type = item && this.#options.registry.type(item.type);
    if (!type) return;
    this.offers.change(type, [item], [item]);
    this.report.note([type], [id]);
    this.#options.emitter.emit("readiness", { item, readiness: this.instances.readiness(item) });
  }
}

const itemsOf = (snapshot: Snapshot, { manager, name }: AnyPluginType): readonly PluginItem[] =>
  snapshot.byIdentity.get(manager, name)?.items ?? [];
