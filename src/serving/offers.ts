import { statusInForce } from "../definition/lead.ts";
import type { Candidates, PluginItem } from "../definition/plugin-item.ts";
import type { AnyPluginType } from "../definition/plugin-type.ts";
import type { Instances } from "../instances/instances.ts";
import { nextOffer, noOffer, type Offer, type Standing } from "../selection/offer.ts";
import { selectDefault, selectWith } from "../selection/select.ts";

/** What a type offers, and what of that a call finds without a search. */
interface Offered {
  readonly offer: Offer;
  /** What may serve: those that are ready; where there are none, what is better than nothing, looked for when it is asked for. */
  candidates: Candidates | undefined;
  /** The instances of the active candidates; undefined where some are made for each call. */
  readonly all: readonly object[] | undefined;
}

const nothing: Offered = Object.freeze({
  offer: noOffer,
  candidates: noOffer.candidates,
  all: Object.freeze([]),
});

/**
 * What `get` reads. The usual call is answered with one look-up; types with a selector, transient plugins and tokens of
 * another copy take the longer way. A change is put in place without a pause, so that nobody sees half of it.
 */
export class Offers {
  readonly #instances: Instances;
  readonly #standing: Standing;
  readonly #selected = new Map<AnyPluginType, object | undefined>();
  readonly #offered = new Map<AnyPluginType, Offered>();
  /** The candidates of types with a selector, and the instance of each: for 100,000 items twice as quick as by their slots. */
  readonly #served = new Map<AnyPluginType, Map<PluginItem, object | undefined>>();

  constructor(instances: Instances) {
    this.#instances = instances;
    this.#standing = {
      isRetired: (item) => instances.isRetired(item),
      isReady: (item) => instances.readiness(item).kind === "ready",
      instanceOf: (item) => instances.kept(item),
    };
  }

  /** What serves a type whose choice is the same for every call. */
  selected(type: AnyPluginType): object | undefined {
    return this.#selected.get(type);
  }

  /** What may serve a type, in order. */
  candidates(type: AnyPluginType): Candidates {
    return this.#candidatesOf(this.#of(type));
  }

  /** Whether what may serve a type was put aside, and serves because nothing better is left. */
  isLastResort(type: AnyPluginType): boolean {
    const offered = this.#of(type);
    return this.#candidatesOf(offered) !== offered.offer.candidates;
  }

  /** Whether this is a type that items are kept for, and no other copy's token. */
  has(type: AnyPluginType): boolean {
    return this.#offered.has(type);
  }

  /** The item that stands in for all of a type's; undefined where none does, as nowhere but in tests. */
  standIn(_type: AnyPluginType): PluginItem | undefined {
    return undefined;
  }

  /** The item of that id which stands in for others. */
  standInOf(_itemId: string): PluginItem | undefined {
    return undefined;
  }

  /** The item that serves a type. @throws SelectorError */
  choose(type: AnyPluginType, args: readonly unknown[]): PluginItem | undefined {
    const offered = this.#of(type);
    const candidates = this.#candidatesOf(offered);
    if (type.selector === undefined) return selectDefault(candidates);
    const isLastResort = candidates !== offered.offer.candidates;
    return selectWith(type.selector, type, candidates, args as never, (item) =>
      isLastResort
        ? candidates.active.includes(item) || candidates.reserve.includes(item)
        : this.#servedOf(type, candidates).has(item),
    );
  }

  /** The instance of a candidate of a type with a selector; undefined where one is made for each call. */
  instanceOf(type: AnyPluginType, item: PluginItem): object | undefined {
    return this.#served.get(type)?.get(item);
  }

  /** What failed in use and is put aside for that alone, in order. */
  circuitsOpen(type: AnyPluginType): Candidates {
    const { inUse } = this.#of(type).offer;
    const open = inUse.filter((item) => isFree(item) && this.#instances.isCircuitOpen(item));
    return byStatus(open);
  }

  /** The instances of the active candidates, in order; undefined where some are made for each call. */
  all(type: AnyPluginType): readonly object[] | undefined {
    return this.#of(type).all;
  }

  /** The type's items that are neither retired nor gone, in order. */
  inUse(type: AnyPluginType): readonly PluginItem[] {
    return this.#of(type).offer.inUse;
  }

  /** Goes over to other items of a type: `former` are those that changed, as they were, `present` as they are now. */
  change(type: AnyPluginType, former: Iterable<PluginItem>, present: readonly PluginItem[]): void {
    this.#put(type, nextOffer(this.#of(type).offer, former, present, this.#standing));
    const served = this.#served.get(type);
    if (served === undefined) return;
    for (const item of former) served.delete(item);
    for (const item of present)
      if (this.#instances.isOffered(item)) served.set(item, this.#instances.kept(item));
  }

  /** Makes the offer of a type anew. */
  renew(type: AnyPluginType, items: readonly PluginItem[]): void {
    this.#put(type, nextOffer(noOffer, [], items, this.#standing));
    this.#served.delete(type);
  }

  /** Offers nothing any more. */
  end(): void {
    this.#selected.clear();
    this.#offered.clear();
    this.#served.clear();
  }

  #of(type: AnyPluginType): Offered {
    return this.#offered.get(type) ?? nothing;
  }

  #servedOf(type: AnyPluginType, { active, reserve }: Candidates): Map<PluginItem, object | undefined> {
    const known = this.#served.get(type);
    if (known) return known;
    const kept = (item: PluginItem) => [item, this.#instances.kept(item)] as const;
    const served = new Map([...active.map(kept), ...reserve.map(kept)]);
    this.#served.set(type, served);
    return served;
  }

  #candidatesOf(offered: Offered): Candidates {
    offered.candidates ??= this.#lastResort(offered.offer);
    return offered.candidates;
  }

  #put(type: AnyPluginType, offer: Offer): void {
    const { active, reserve } = offer.candidates;
    const candidates = active.length + reserve.length > 0 ? offer.candidates : undefined;
    const isWhole = candidates !== undefined && !offer.instances.includes(undefined);
    const all = isWhole ? (offer.instances as readonly object[]) : undefined;
    this.#offered.set(type, { offer, candidates, all });
    const item = candidates && type.selector === undefined ? selectDefault(candidates) : undefined;
    this.#selected.set(type, item && this.#instances.kept(item));
  }

  /**
   * What serves when nothing is ready. First, items that fail only their health checks, since a check may fail where
   * the plugin works. Then those put aside for failing in use. Then those whose new config cannot be made ready: the
   * instance of the old config serves.
   */
  #lastResort({ inUse }: Offer): Candidates {
    const instances = this.#instances;
    const wanted = inUse.filter(isFree);
    const unhealthy = wanted.filter((item) => instances.isUnhealthy(item));
    const cooling = wanted.filter((item) => instances.readiness(item).kind === "cooling");
    const kept = wanted.filter((item) => instances.canServe(item));
    return byStatus([unhealthy, cooling].find((some) => some.length > 0) ?? kept);
  }
}

/** Whether no operator put it aside. */
const isFree = (item: PluginItem): boolean => !item.hold;

/** Those that are disabled are not among them. */
const byStatus = (items: readonly PluginItem[]): Candidates =>
  Object.freeze({
    active: Object.freeze(items.filter((item) => statusInForce(item) === "active")),
    reserve: Object.freeze(items.filter((item) => statusInForce(item) === "reserve")),
  });
