import { compareText } from "../../selection/order.ts";
import type { Snapshot, TypeSnapshot } from "../../selection/snapshot.ts";

/** Made once for a snapshot, and goes with it. */
const orders = new WeakMap<Snapshot, readonly TypeSnapshot[]>();

/** The types by manager, then name. */
export function orderedTypes(snapshot: Snapshot): readonly TypeSnapshot[] {
  const known = orders.get(snapshot);
  if (known) return known;
  const order = [...snapshot.types.values()].sort(
    (one, other) =>
      compareText(one.row.manager, other.row.manager) || compareText(one.row.name, other.row.name),
  );
  orders.set(snapshot, order);
  return order;
}
