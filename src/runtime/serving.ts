import type { Candidates, PluginItem } from "../definition/plugin-item.ts";
import type { AnyPluginType } from "../definition/plugin-type.ts";
import { inOrder } from "../selection/order.ts";
import { selectDefault } from "../selection/select.ts";
import { emptySnapshot, type Snapshot, type TypeSnapshot } from "../selection/snapshot.ts";
import type { Instances } from "./instances.ts";

/**
 * What a call of `get` needs. The usual call is answered with one look-up; types with a selector, transient plugins and
 * tokens of another copy take the longer way. A change is put in place without a pause, so that nobody sees half of it,
 * and costs what the types that changed cost.
 */
export class Serving {
  readonly #instances = new Map<AnyPluginType, object>();
  readonly #candidates = new Map<AnyPluginType, Candidates>();
  #snapshot = emptySnapshot;

  get snapshot(): Snapshot {
    return this.#snapshot;
  }

  /** What serves a type whose choice is the same for every call. */
  instance(type: AnyPluginType): object | undefined {
    return this.#instances.get(type);
  }

  /** What may serve a type, in order. */
  candidates(type: AnyPluginType): Candidates {
    return this.#candidates.get(type) ?? noCandidates;
  }

  /** Serves by another snapshot, in which these types changed. */
  serve(snapshot: Snapshot, changed: Iterable<AnyPluginType>, pool: Instances): void {
    this.#snapshot = snapshot;
    for (const type of changed) {
      const offered = candidatesOf(snapshot.byIdentity.get(type.manager, type.name), pool);
      this.#candidates.set(type, offered);
      const instance = type.selector === undefined ? singleton(selectDefault(offered), pool) : undefined;
      if (instance === undefined) this.#instances.delete(type);
      else this.#instances.set(type, instance);
    }
  }

  /** Serves nothing any more. */
  end(): void {
    this.#snapshot = emptySnapshot;
    this.#instances.clear();
    this.#candidates.clear();
  }
}

const noCandidates: Candidates = Object.freeze({ active: Object.freeze([]), reserve: Object.freeze([]) });

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
