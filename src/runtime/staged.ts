import type { PluginItem } from "../definition/plugin-item.ts";
import type { Slot } from "./slot.ts";

/** Instances made for a coming snapshot, by item id; they take effect when they are committed. */
export type Staged = ReadonlyMap<string, Slot>;

/** The items whose instances could not be made. */
export function failures(slots: Staged): { item: PluginItem; error: Error }[] {
  return [...slots.values()].filter((slot) => slot.kind === "failed");
}
