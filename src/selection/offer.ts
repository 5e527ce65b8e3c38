import { statusInForce } from "../definition/lead.ts";
import type { Candidates, PluginItem } from "../definition/plugin-item.ts";
import type { Status } from "../definition/status.ts";
import { compareInUse } from "./order.ts";
import { isIn, type Merge, sortedMerge } from "./sorted-items.ts";

/** What a type offers, kept in selection order from one change to the next, so that a call finds it ready. */
export interface Offer {
  /** All items that are in use: active, reserve, disabled. */
  readonly inUse: readonly PluginItem[];
  /** Those that are ready to serve. */
  readonly candidates: Candidates;
  /** The instances of the active candidates; undefined for those of transient plugins. */
  readonly instances: readonly (object | undefined)[];
}

/** What decides on an item's place in an offer. */
export interface Standing {
  readonly isRetired: (item: PluginItem) => boolean;
  /** Whether an item that is neither disabled nor retired is ready to serve. */
  readonly isReady: (item: PluginItem) => boolean;
  /** The instance of an item that is ready; undefined where one is made for each call. */
  readonly instanceOf: (item: PluginItem) => object | undefined;
}

const none: readonly never[] = Object.freeze([]);

export const noOffer: Offer = Object.freeze({
  inUse: none,
  candidates: Object.freeze({ active: none, reserve: none }),
  instances: none,
});

/**
 * The offer after some items changed, in themselves or in what this process found about them. The time it takes grows
 * with their number, beside one copy of each list that changes.
 *
 * @param former the items as the offer before has them, where it has them
 * @param present the items as they are now, without those that are gone
 */
export function nextOffer(
  before: Offer,
  former: Iterable<PluginItem>,
  present: readonly PluginItem[],
  { isRetired, isReady, instanceOf }: Standing,
): Offer {
  const left = new Set(former);
  const inUse = present.filter((item) => !isRetired(item));
  const ready = (status: Status) => inUse.filter((item) => statusInForce(item) === status && isReady(item));
  const change = (items: readonly PluginItem[], coming: readonly PluginItem[]): Merge => {
    const leaving = new Set([...left].filter((item) => isIn(items, item, compareInUse)));
    if (leaving.size + coming.length === 0) return (list) => list;
    return sortedMerge(items, leaving, coming, compareInUse);
  };
  const { active, reserve } = before.candidates;
  const changeActive = change(active, ready("active"));
  const changeReserve = change(reserve, ready("reserve"));
  const allInUse = change(before.inUse, inUse)(before.inUse, itself);
  const allActive = changeActive(active, itself);
  return Object.freeze({
    inUse: allInUse,
    candidates: Object.freeze({
      // Both are in one order: as long as the other, it is the other.
      active: allActive.length === allInUse.length ? allInUse : allActive,
      reserve: changeReserve(reserve, itself),
    }),
    instances: changeActive(before.instances, instanceOf),
  });
}

const itself = (item: PluginItem): PluginItem => item;
