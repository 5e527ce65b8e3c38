import type { TypeIdentity } from "../definition/identity.ts";
import type { Candidates, PluginItem } from "../definition/plugin-item.ts";
import type { Selector } from "../definition/plugin-type.ts";
import { isThenable } from "../definition/thenable.ts";
import { messageOf } from "../thrown.ts";
import { SelectorError } from "./errors.ts";

/** The default selection: the first active candidate; where there is none, the first in reserve. */
export function selectDefault({ active, reserve }: Candidates): PluginItem | undefined {
  return active[0] ?? reserve[0];
}

/**
 * Asks a custom selector and checks its answer.
 *
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
    item = selector(candidates, ...args);
  } catch (error) {
    throw new SelectorError(type, `threw: ${messageOf(error)}`, error);
  }
  if (item === undefined || item === null) return undefined;
  if (candidates.active.includes(item) || candidates.reserve.includes(item)) return item;
  if (isThenable(item)) {
    // Nobody waits for it, so nobody would catch what it rejects with.
    Promise.resolve(item).catch(() => undefined);
    throw new SelectorError(type, "returned a promise; it has to choose at once");
  }
  throw new SelectorError(type, "returned something that is not one of its candidates");
}
