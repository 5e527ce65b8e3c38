import type { Plugin } from "../../definition/plugin.ts";
import type { ItemRow } from "../../store/rows.ts";
import { formerNames } from "../../sync/former-names.ts";

/** The names that an item is stored under: newer code may have given it others than this code knows. */
export type StoredNames = Pick<ItemRow, "module" | "name" | "aliases">;

/** The item of a plugin that knows most of its names. */
export const bestNamed = <Item extends Pick<ItemRow, "aliases">>(items: readonly Item[]): Item | undefined =>
  items.find(({ aliases }) => aliases !== undefined) ?? items[0];

/** The names for a new item of a plugin: those of another item of it, so that all processes know it as one of them. */
export function namesForNew(
  plugin: Plugin,
  sibling: StoredNames | undefined,
  itemsOfType: () => readonly Pick<ItemRow, "aliases">[],
): StoredNames {
  const names = sibling ?? { ...plugin, aliases: formerNames(plugin.aliases, itemsOfType()) };
  return { module: names.module, name: names.name, aliases: names.aliases };
}
