import { types } from "node:util";
import { select } from "../definition/foreign-code.ts";
import type { TypeIdentity } from "../definition/identity.ts";
import type { Candidates, PluginItem } from "../definition/plugin-item.ts";
import type { Selector } from "../definition/plugin-type.ts";
import { messageOf } from "../thrown.ts";
import { SelectorError } from "./errors.ts";
import { compareInUse } from "./order.ts";
import { isIn } from "./sorted-items.ts";

/** The default selection: the first active candidate; where there is none, the first in reserve. */
export function selectDefault({ active, reserve }: Candidates): PluginItem | undefined {
  return active[0] ?? reserve[0];
}

/**
 * Asks a custom selector and checks its answer, in a time that hardly grows with the number of candidates.
 *
 * @param candidates each list in selection order
 * @throws SelectorError
 */
export function selectWith<Args extends readonly unknown[]>(
  selector: Selector<Args>,
  type: TypeIdentity,
  candidates: Candidates,
  args: Args,
): PluginItem | undefined {
  let item: PluginItem | undefined;
  try {
    item = select(selector, candidates, args) as PluginItem | undefined;
  } catch (error) {
    throw new SelectorError(type, `threw: ${messageOf(error)}`, error);
  }
  if (item === undefined || item === null) return undefined;
  if (isCandidate(item, candidates)) return item;
  if (types.isPromise(item)) {
    // Nobody waits for it, so nobody would catch what it rejects with.
    Promise.resolve(item).catch(() => undefined);
    throw new SelectorError(type, "returned a promise; it has to choose at once");
  }
  throw new SelectorError(type, "returned something that is not one of its candidates");
}

/** Of some candidates, those that were chosen before: to find one of these again takes no search. */
const chosenBefore = new WeakMap<Candidates, Set<PluginItem>>();

/** Whether this very object is a candidate. It may be anything, such as one whose properties throw when they are read. */
function isCandidate(item: PluginItem, candidates: Candidates): boolean {
  const chosen = chosenBefore.get(candidates);
  if (chosen?.has(item)) return true;
  const { active, reserve } = candidates;
  try {
    if (!isIn(active, item, compareInUse) && !isIn(reserve, item, compareInUse)) return false;
  } catch {
    return false;
  }
  if (chosen) chosen.add(item);
  else chosenBefore.set(candidates, new Set([item]));
  return true;
}
