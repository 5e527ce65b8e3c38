import { statusInForce } from "../definition/lead.ts";
import type { PluginItem } from "../definition/plugin-item.ts";
import type { AnyPluginType } from "../definition/plugin-type.ts";
import { selectWith, takesArguments } from "../selection/select.ts";
import type { ServedHow } from "../store/process-row.ts";
import type { Offers } from "./offers.ts";

/** What serves a type, and how it came to that. */
export interface Served {
  /** undefined: nothing does. */
  readonly item: PluginItem | undefined;
  readonly how: ServedHow;
}

/**
 * What serves a type for a call without arguments. undefined where no item is in use, and where the type's selector
 * declares arguments, or throws without any or chooses none though there is something to choose from.
 */
export function servedHow(type: AnyPluginType, offers: Offers): Served | undefined {
  const inUse = offers.inUse(type);
  // They are in order: active, reserve, disabled.
  if (inUse[0] === undefined || statusInForce(inUse[0]) === "disable" || takesArguments(type))
    return undefined;
  const { active, reserve } = offers.candidates(type);
  if (active.length + reserve.length === 0) return { item: undefined, how: "none" };
  let item: PluginItem | undefined;
  try {
    item = offers.choose(type, []);
  } catch {
    // One that throws has chosen nothing.
  }
  if (item === undefined) return undefined;
  if (offers.isLastResort(type)) return { item, how: "last-resort" };
  if (statusInForce(item) === "reserve") return { item, how: "reserve" };
  return { item, how: item === firstChoice(type, inUse, item, offers) ? "first-choice" : "lower-choice" };
}

/** What would serve if every item were well. */
function firstChoice(
  type: AnyPluginType,
  inUse: readonly PluginItem[],
  chosen: PluginItem,
  offers: Offers,
): PluginItem | undefined {
  if (type.selector === undefined) return inUse[0];
  const active = inUse.filter((one) => statusInForce(one) === "active");
  // All of them were there to choose from.
  if (active.length === offers.candidates(type).active.length) return chosen;
  const reserve = inUse.filter((one) => statusInForce(one) === "reserve");
  try {
    return selectWith(type.selector, type, { active, reserve }, [] as never);
  } catch {
    return chosen;
  }
}
