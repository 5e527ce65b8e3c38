import { useDebouncedValue } from "@mantine/hooks";
import type { ItemInfo } from "../../../src/admin/contract/contract.ts";
import { useItems, useTypes } from "../api/queries.ts";
import { itemTitle } from "../components/item-title.ts";
import { useText } from "../i18n/use-text.ts";
import { matches } from "../pages/types/types-filter.ts";
import { paths } from "../paths.ts";
import {
  type FoundAction,
  type ItemAction,
  useItemActions,
  useSettings,
  useTypedAction,
} from "./use-actions.ts";

export interface FoundPlace {
  readonly href: string;
  readonly title: string;
  /** What it is, such as an item with its type. */
  readonly kind: string;
}

/** A place to go to, or something to do. */
export type Found = FoundPlace | FoundAction;

interface FoundOptions {
  /** Asks before something is done with an item. */
  readonly ask: (action: ItemAction, item: ItemInfo) => void;
  /** Called after a setting was made. */
  readonly done: () => void;
}

const restMs = 150;
const mostOfAKind = 8;
const isId = (typed: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(typed);

/**
 * Pages, types and items that what was typed stands for, in this order, an item also by its id; then what can be done with
 * the first of the items, and the panel's settings. With a verb in front, as in `disable twilio`, what it does to each item.
 */
export function useFound(
  typed: string,
  { ask, done }: FoundOptions,
): { readonly found: readonly Found[]; readonly isSearching: boolean } {
  const text = useText();
  const { action, search } = useTypedAction(typed.trim());
  const [rested] = useDebouncedValue(search, restMs);
  const types = useTypes();
  const items = useItems({ search: rested, pageSize: mostOfAKind });

  // The enter key must not lead to what was found for other words, or do something to it.
  const isSettled = search !== "" && rested === search && !items.isPlaceholderData;
  const foundItems = isSettled ? (items.data?.items ?? []) : [];
  const actions = useItemActions(foundItems, action, ask);
  const settings = useSettings(search, done);
  const isSearching = rested !== search || items.isFetching;
  if (action !== undefined) return { found: actions, isSearching };

  const pages = (["types", "items", "history", "processes"] as const).map((page) => ({
    href: paths[page],
    title: text(`shell.${page}`),
    kind: text("palette.page"),
  }));
  const found: readonly Found[] = [
    ...pages.filter(({ title }) => title.toLowerCase().includes(search.toLowerCase())),
    ...(types.data?.types ?? [])
      .filter((type) => search !== "" && matches(type, search))
      .slice(0, mostOfAKind)
      .map((type) => ({
        href: paths.type(type.id),
        title: type.name,
        kind: `${text("word.type")} · ${type.manager}`,
      })),
    ...(isId(search) ? [{ href: paths.item(search), title: search, kind: text("word.item") }] : []),
    ...foundItems.map((item) => ({
      href: paths.item(item.id),
      title: itemTitle(item),
      kind: `${text("word.item")} · ${item.type.name}`,
    })),
    ...actions,
    ...settings,
  ];
  return { found, isSearching };
}
