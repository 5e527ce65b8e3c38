import { type ComponentType, lazy, useState } from "react";
import { loadEnglish } from "./i18n/english.ts";

interface FetchedPage<Props> {
  /** Its code and texts, once. */
  readonly fetch: () => Promise<unknown>;
  /** Waits for its code where it is not there yet, and for nothing where it is. */
  readonly Page: ComponentType<Props>;
}

function fetched<Props extends object>(
  load: () => Promise<{ readonly default: ComponentType<Props> }>,
): FetchedPage<Props> {
  let known: ComponentType<Props> | undefined;
  const fetch = async () => {
    const [page] = await Promise.all([load(), loadEnglish()]);
    known = page.default;
    return page;
  };
  const Late: ComponentType<Props> = lazy(fetch);

  function Page(props: Props) {
    // Chosen once: with another component in its place the page would start anew.
    const [Shown] = useState(() => known ?? Late);
    return <Shown {...props} />;
  }

  return { fetch, Page };
}

/** Each page but the first one, whose code is there from the start. */
export const pages = {
  type: fetched(() => import("./pages/type-page.tsx")),
  addItem: fetched(() => import("./pages/add-item-page.tsx")),
  items: fetched(() => import("./pages/items-page.tsx")),
  item: fetched(() => import("./pages/item-page.tsx")),
  history: fetched(() => import("./pages/history-page.tsx")),
  processes: fetched(() => import("./pages/processes-page.tsx")),
  notFound: fetched(() => import("./pages/not-found-page.tsx")),
};
