import type { Readiness } from "../selection/readiness.ts";
import type { TypeSnapshot } from "../selection/snapshot.ts";
import type { Plane } from "./plane.ts";

/** How many of a type's active and reserved items this process found ready, failed and so on. */
export type Health = Readonly<Record<Readiness["kind"], number>>;

/** Counts the health of types, once until an item's readiness changes: a list of 1,000 types has 100,000 items. */
export class TypeHealth {
  readonly #plane: Plane;
  readonly #counted = new WeakMap<TypeSnapshot, Health>();

  constructor(plane: Plane) {
    this.#plane = plane;
    plane.on("readiness", ({ item: { type } }) => {
      const changed = plane.snapshot.byIdentity.get(type.manager, type.name);
      if (changed) this.#counted.delete(changed);
    });
  }

  of(type: TypeSnapshot): Health {
    const known = this.#counted.get(type);
    if (known) return known;
    const health = { ready: 0, failed: 0, missing: 0, cooling: 0, idle: 0 };
    for (const item of type.items) {
      if (item.retiredAt !== null || item.status === "disable") continue;
      health[this.#plane.readiness(item).kind] += 1;
    }
    this.#counted.set(type, health);
    return health;
  }
}
