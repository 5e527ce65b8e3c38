import { useDebouncedValue } from "@mantine/hooks";
import { useItems, useTypes } from "../api/queries.ts";
import { itemTitle } from "../components/item-title.ts";
import { useText } from "../i18n/use-text.ts";
import { matches } from "../pages/types/types-filter.ts";
import { paths } from "../paths.ts";

export interface Found {
  readonly href: string;
  readonly title: string;
  /** What it is, such as an item with its type. */
  readonly kind: string;
}

const restMs = 150;
const mostOfAKind = 8;
const isId = (typed: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(typed);

/** Pages, types and items that what was typed stands for, in this order; an item also by its id. */
export function useFound(typed: string): { readonly found: readonly Found[]; readonly isSearching: boolean } {
  const text = useText();
  const search = typed.trim();
  const [rested] = useDebouncedValue(search, restMs);
  const types = useTypes();
  const items = useItems({ search: rested, pageSize: mostOfAKind });

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
    ...(search === "" ? [] : (items.data?.items ?? [])).map((item) => ({
      href: paths.item(item.id),
      title: itemTitle(item),
      kind: `${text("word.item")} · ${item.type.name}`,
    })),
  ];
  return { found, isSearching: rested !== search || items.isFetching };
}
