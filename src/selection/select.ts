import { types } from "node:util";
import { select } from "../definition/foreign-code.ts";
import type { TypeIdentity } from "../definition/identity.ts";
import type { Candidates, PluginItem } from "../definition/plugin-item.ts";
import type { AnyPluginType, Selector } from "../definition/plugin-type.ts";
import { messageOf } from "../thrown.ts";
import { SelectorError } from "./errors.ts";
import { compareInUse } from "./order.ts";
import { isIn } from "./sorted-items.ts";

/** The default selection: the first active candidate; where there is none, the first in reserve. */
export function selectDefault({ active, reserve }: Candidates): PluginItem | undefined {
  return active[0] ?? reserve[0];
}

/** Whether a type's selector declares arguments, on which its choice depends. */
export const takesArguments = ({ selector }: AnyPluginType): boolean => (selector?.length ?? 0) > 1;

/**
 * Asks a custom selector and checks its answer.
 *
 * @param candidates each list in selection order
 * @param isOffered whether an item is one of them. Default: it is looked for, in a time that hardly grows with their number
 * @throws SelectorError
 */
export function selectWith<Args extends readonly unknown[]>(
  selector: Selector<Args>,
  type: TypeIdentity,
  candidates: Candidates,
  args: Args,
  isOffered = (item: PluginItem): boolean =>
    isIn(candidates.active, item, compareInUse) || isIn(candidates.reserve, item, compareInUse),
): PluginItem | undefined {
  let item: PluginItem | undefined;
  try {
    item = select(selector, candidates, args) as PluginItem | undefined;
  } catch (error) {
    throw new SelectorError(type, `threw: ${messageOf(error)}`, error);
  }
  if (item === undefined || item === null) return undefined;
  if (isSafely(isOffered, item)) return item;
  if (types.isPromise(item)) {
    // Nobody waits for it, so nobody would catch what it rejects with.
    Promise.resolve(item).catch(() => undefined);
    throw new SelectorError(type, "returned a promise; it has to choose at once");
  }
  throw new SelectorError(type, "returned something that is not one of its candidates");
}

/** The item may be anything, such as one whose properties throw when they are read. */
function isSafely(isOffered: (item: PluginItem) => boolean, item: PluginItem): boolean {
  try {
    return isOffered(item);
  } catch {
    return false;
  }
}
