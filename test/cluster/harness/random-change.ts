import type { ItemPatch, Status } from "plugbay";

const statuses: readonly Status[] = ["active", "reserve", "disable"];
let changes = 0;

/** A change of one of the items. Its description is new, so it is a change whatever the item was before. */
export function randomChange(ids: readonly string[]): { readonly id: string; readonly patch: ItemPatch } {
  changes += 1;
  return {
    id: oneOf(ids),
    patch: {
      status: oneOf(statuses),
      priority: Math.floor(Math.random() * 10),
      description: `change ${changes} of process ${process.pid}`,
    },
  };
}

function oneOf<T>(values: readonly T[]): T {
  const value = values[Math.floor(Math.random() * values.length)];
  if (value === undefined) throw new Error("there is nothing to choose from");
  return value;
}
