import type { Candidates, PluginItem } from "../definition/plugin-item.ts";
import { compareInUse } from "./order.ts";
import { isIn, mergeSorted } from "./sorted-items.ts";

/** What a type offers, kept in selection order from one change to the next, so that a call finds it ready. */
export interface Offer {
  /** All items that are in use: active, reserve, disabled. */
  readonly inUse: readonly PluginItem[];
  /** Those that are ready to serve. */
  readonly candidates: Candidates;
}

/** What decides on an item's place in an offer. */
export interface Standing {
  readonly isRetired: (item: PluginItem) => boolean;
  /** Whether an item that is neither disabled nor retired is ready to serve. */
  readonly isReady: (item: PluginItem) => boolean;
}

const none: readonly PluginItem[] = Object.freeze([]);

export const noOffer: Offer = Object.freeze({
  inUse: none,
  candidates: Object.freeze({ active: none, reserve: none }),
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
  { isRetired, isReady }: Standing,
): Offer {
  const left = new Set(former);
  const inUse = present.filter((item) => !isRetired(item));
  const ready = inUse.filter((item) => item.status !== "disable" && isReady(item));
  const merge = (items: readonly PluginItem[], coming: readonly PluginItem[]): readonly PluginItem[] => {
    const leaving = new Set([...left].filter((item) => isIn(items, item, compareInUse)));
    return leaving.size + coming.length === 0 ? items : mergeSorted(items, leaving, coming, compareInUse);
  };
  return Object.freeze({
    inUse: merge(before.inUse, inUse),
    candidates: Object.freeze({
      active: merge(
        before.candidates.active,
        ready.filter(({ status }) => status === "active"),
      ),
      reserve: merge(
        before.candidates.reserve,
        ready.filter(({ status }) => status === "reserve"),
      ),
    }),
  });
}
