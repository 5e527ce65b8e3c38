import { itemLabel } from "../definition/describe.ts";
import type { PluginItem } from "../definition/plugin-item.ts";
import { shellWord } from "../definition/shell-word.ts";

/**
 * The items that go by a name: an id; `apps/stripe:stripe/us`, the full name, which is an item without a label before it
 * is a plugin; or `stripe` and `stripe/us`. Where there is a better way to read it, only those by that.
 */
export function itemsNamed(items: readonly PluginItem[], wanted: string, retired = false): PluginItem[] {
  const byId = items.find((item) => item.id === wanted);
  if (byId !== undefined) return [byId];
  for (const namesOf of [fullNames, shortNames]) {
    const going = items.filter((item) => namesOf(item).includes(wanted));
    const meant = going.filter((item) => (item.retiredAt !== null) === retired);
    if (going.length > 0) return meant.length > 0 ? meant : going;
  }
  return [];
}

const fullNames = (item: PluginItem): string[] => [itemLabel(item)];

/** The names of an item that are shorter than its full one, and may be those of others too. */
export const shortNames = ({ module, name, label }: PluginItem): string[] => [
  name,
  `${module}:${name}`,
  ...(label === "" ? [] : [`${name}/${label}`]),
];

/** What names an item and no other on the command line, as it may be pasted into a shell: its full name, or its id. */
export const nameToUse = (items: readonly PluginItem[], item: PluginItem, retired = false): string =>
  namesToUse(items, retired)(item);

/** As `nameToUse`, for many of the items. */
export function namesToUse(items: Iterable<PluginItem>, retired = false): (item: PluginItem) => string {
  const isMeant = ({ retiredAt }: PluginItem): boolean => (retiredAt !== null) === retired;
  let holders: { readonly meant: Map<string, number>; readonly others: Map<string, number> } | undefined;
  return (item) => {
    if (holders === undefined) {
      holders = { meant: new Map(), others: new Map() };
      for (const one of items) {
        const counts = isMeant(one) ? holders.meant : holders.others;
        const label = itemLabel(one);
        counts.set(label, (counts.get(label) ?? 0) + 1);
      }
    }
    const { meant, others } = holders;
    const full = itemLabel(item);
    const isOnly = isMeant(item) ? meant.get(full) === 1 : !meant.has(full) && others.get(full) === 1;
    return isOnly && !full.startsWith("-") ? shellWord(full) : item.id;
  };
}
