import type { Candidates, PluginItem } from "../definition/plugin-item.ts";
import type { AnyPluginType } from "../definition/plugin-type.ts";
import { inOrder } from "../selection/order.ts";
import { selectDefault } from "../selection/select.ts";
import { emptySnapshot, type Snapshot, type TypeSnapshot } from "../selection/snapshot.ts";
import type { Instances } from "./instances.ts";

/**
 * All that a call of `get` needs, swapped as a whole. `instances` answers the usual call with one
 * look-up; types with a selector, transient plugins and tokens of another copy take the longer way.
 */
export interface Serving {
  readonly snapshot: Snapshot;
  readonly instances: ReadonlyMap<AnyPluginType, object>;
  readonly candidates: ReadonlyMap<AnyPluginType, Candidates>;
}

export const nothingServed: Serving = {
  snapshot: emptySnapshot,
  instances: new Map(),
  candidates: new Map(),
};

const noCandidates: Candidates = Object.freeze({ active: Object.freeze([]), reserve: Object.freeze([]) });

/** What serves after some types changed; the others are taken over as they were. */
export function serve(
  before: Serving,
  snapshot: Snapshot,
  changed: Iterable<AnyPluginType>,
  pool: Instances,
): Serving {
  const instances = new Map(before.instances);
  const candidates = new Map(before.candidates);
  for (const type of changed) {
    const offered = candidatesOf(snapshot.byIdentity.get(type.manager, type.name), pool);
    candidates.set(type, offered);
    const instance = type.selector === undefined ? singleton(selectDefault(offered), pool) : undefined;
    if (instance === undefined) instances.delete(type);
    else instances.set(type, instance);
  }
  return { snapshot, instances, candidates };
}

function candidatesOf(type: TypeSnapshot | undefined, pool: Instances): Candidates {
  if (type === undefined) return noCandidates;
  const wanted = inOrder(
    type.items.filter((item) => pool.isWanted(item)),
    () => false,
  );
  const ready = wanted.filter((item) => pool.readiness(item).kind === "ready");
  const usable = ready.length > 0 ? ready : lastResort(wanted, pool);
  return Object.freeze({
    active: Object.freeze(usable.filter((item) => item.status === "active")),
    reserve: Object.freeze(usable.filter((item) => item.status === "reserve")),
  });
}

/**
 * Better than nothing: items that only their health checks speak against, for a check may fail where the
 * plugin works; else those put aside for failing in use; else those whose new config cannot be made ready, by
 * what served under the old one.
 */
function lastResort(wanted: readonly PluginItem[], pool: Instances): readonly PluginItem[] {
  const ailing = wanted.filter((item) => pool.isAiling(item));
  if (ailing.length > 0) return ailing;
  const cooling = wanted.filter((item) => pool.readiness(item).kind === "cooling");
  return cooling.length > 0 ? cooling : wanted.filter((item) => pool.kept(item) !== undefined);
}

const singleton = (item: PluginItem | undefined, pool: Instances): object | undefined =>
  item && pool.kept(item);
