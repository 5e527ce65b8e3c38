import type { PublicClass } from "../definition/class-shape.ts";
import { statusInForce } from "../definition/lead.ts";
import type { Plugin } from "../definition/plugin.ts";
import type { Candidates, PluginItem } from "../definition/plugin-item.ts";
import type { AnyPluginType } from "../definition/plugin-type.ts";
import type { Lease } from "../instances/lease.ts";
import { UnknownTypeError } from "../registry/errors.ts";
import { registeredPlugin } from "../registry/registered-plugin.ts";
import { registeredType, selectingType } from "../registry/registered-type.ts";
import type { Registry } from "../registry/registry.ts";
import { explainItems } from "../selection/explain.ts";
import type { ItemExplanation } from "../selection/explanation.ts";
import { selectDefault, selectWith } from "../selection/select.ts";
import { ClosedError } from "../store/errors.ts";
import type { Serving } from "./serving.ts";

/** What application code asks, answered from memory. The usual call of `get` is answered before it comes to this. */
export class Reads {
  readonly #registry: Registry;
  readonly #serving: Serving;

  constructor(registry: Registry, serving: Serving) {
    this.#registry = registry;
    this.#serving = serving;
  }

  /** Whether it answers nothing any more. */
  get isClosed(): boolean {
    return this.#serving.isClosed;
  }

  /** The longer way of `get`: another copy's token, a selector, a transient plugin, or nothing to serve. */
  get(token: AnyPluginType, args: readonly unknown[]): object | undefined {
    const { offers, instances } = this.#serving;
    const type = offers.has(token) ? token : this.selecting(token);
    const take = (item: PluginItem): object | undefined =>
      offers.instanceOf(type, item) ?? instances.get(item);
    return offers.selected(type) ?? this.#first(type, args, take);
  }

  lease(token: AnyPluginType, args: readonly unknown[]): Lease | undefined {
    return this.#first(this.selecting(token), args, (item) => this.#serving.instances.lease(item, "other"));
  }

  getClass(token: AnyPluginType, args: readonly unknown[]): PublicClass<object> | undefined {
    const type = this.selecting(token);
    const item = this.select(type, args);
    const construction = item && this.#registry.plugin(type, item.module, item.name)?.construction;
    return construction?.kind === "class" ? construction.class : undefined;
  }

  getAll(token: AnyPluginType): readonly object[] {
    const type = this.registered(token);
    const { offers, instances } = this.#serving;
    const all = offers.all(type);
    if (all) return all;
    const { active } = offers.candidates(type);
    return active.map((item) => instances.get(item)).filter((instance) => instance !== undefined);
  }

  getById(token: AnyPluginType, itemId: string, includeDisabled: boolean): object | undefined {
    const type = this.registered(token);
    const { manager, name } = type;
    const { snapshot, instances, offers } = this.#serving;
    const item = snapshot.item(itemId);
    if (item === undefined || item.type.name !== name || item.type.manager !== manager) return undefined;
    const standIn = offers.standIn(type);
    if (standIn) return instances.get(standIn);
    if (item.retiredAt !== null && instances.isRetired(item)) return undefined;
    if (statusInForce(item) !== "disable") return instances.usable(item);
    return includeDisabled ? instances.usableOnDemand(item) : undefined;
  }

  items(token: AnyPluginType): readonly PluginItem[] {
    return this.#serving.offers.inUse(this.registered(token));
  }

  itemsOf(plugin: Plugin): readonly PluginItem[] {
    if (this.#serving.isClosed) throw new ClosedError();
    const { type, module, name } = registeredPlugin(this.#registry, plugin);
    return this.items(type).filter((item) => item.module === module && item.name === name);
  }

  explain(token: AnyPluginType, args: readonly unknown[]): ItemExplanation[] {
    const type = this.selecting(token);
    return this.explanation(type, this.select(type, args));
  }

  /** The item that serves a type. @throws SelectorError, and as `selecting` */
  selected(token: AnyPluginType, args: readonly unknown[]): PluginItem | undefined {
    return this.select(this.selecting(token), args);
  }

  /** The item of that id, if it is not retired. @throws ClosedError */
  item(itemId: string): PluginItem | undefined {
    const { isClosed, snapshot, instances, offers } = this.#serving;
    if (isClosed) throw new ClosedError();
    const item = snapshot.item(itemId) ?? offers.standInOf(itemId);
    return item && instances.isRetired(item) ? undefined : item;
  }

  /** The registered type of an item that is not retired. @throws UnknownTypeError */
  typeOf({ type }: PluginItem): AnyPluginType {
    const registered = this.#registry.type(type);
    if (registered === undefined) throw new UnknownTypeError(type);
    return registered;
  }

  /** Why each item of a registered type is the selected one, or is not. */
  explanation(type: AnyPluginType, selected: PluginItem | undefined): ItemExplanation[] {
    const items = this.#serving.snapshot.byIdentity.get(type.manager, type.name)?.items ?? [];
    return explainItems(items, this.#registry, selected, (item) => this.#serving.instances.readiness(item));
  }

  /** The item that serves a registered type, but for those that were tried in vain. @throws SelectorError */
  select(type: AnyPluginType, args: readonly unknown[], tried?: ReadonlySet<string>): PluginItem | undefined {
    const { offers } = this.#serving;
    if (tried === undefined || tried.size === 0) return offers.choose(type, args);
    return selectUntried(type, offers.candidates(type), args, tried);
  }

  /**
   * What a call tries before it fails: the best of those that are put aside for nothing but the failures of others'
   * calls. @throws SelectorError
   */
  selectAside(
    type: AnyPluginType,
    args: readonly unknown[],
    tried: ReadonlySet<string>,
  ): PluginItem | undefined {
    if (tried.size === 0) return undefined;
    const open = this.#serving.offers.circuitsOpen(type);
    return open.active.length + open.reserve.length === 0
      ? undefined
      : selectUntried(type, open, args, tried);
  }

  /** The active items that can serve a registered type, in order. */
  active(type: AnyPluginType): readonly PluginItem[] {
    return this.#serving.offers.candidates(type).active;
  }

  /** The registered type that a token stands for. @throws ClosedError, InvalidTokenError, UnknownTypeError */
  registered(token: AnyPluginType): AnyPluginType {
    if (this.#serving.isClosed) throw new ClosedError();
    return registeredType(this.#registry, token);
  }

  /** As `registered`, for a call with selector arguments, which must not be lost. @throws SelectorMismatchError */
  selecting(token: AnyPluginType): AnyPluginType {
    if (this.#serving.isClosed) throw new ClosedError();
    return selectingType(this.#registry, token);
  }

  /** What the first candidate gives that gives something. */
  #first<R>(
    type: AnyPluginType,
    args: readonly unknown[],
    take: (item: PluginItem) => R | undefined,
  ): R | undefined {
    let tried: Set<string> | undefined;
    for (;;) {
      const item = this.select(type, args, tried);
      if (item === undefined) return undefined;
      const taken = take(item);
      if (taken !== undefined) return taken;
      tried ??= new Set();
      tried.add(item.id);
    }
  }
}

/** The item that serves, but for those that were tried in vain. @throws SelectorError */
function selectUntried(
  type: AnyPluginType,
  all: Candidates,
  args: readonly unknown[],
  tried: ReadonlySet<string>,
): PluginItem | undefined {
  const left = (item: PluginItem): boolean => !tried.has(item.id);
  const candidates = { active: all.active.filter(left), reserve: all.reserve.filter(left) };
  return type.selector
    ? selectWith(type.selector, type, candidates, args as never)
    : selectDefault(candidates);
}
