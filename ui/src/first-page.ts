import type { QueryClient } from "@tanstack/react-query";
import { basePath } from "./api/base-path.ts";
import {
  attentionQuery,
  itemQuery,
  itemsQuery,
  sessionQuery,
  trafficOverviewQuery,
  typeQuery,
  typesQuery,
} from "./api/queries.ts";
import { loadCatalogue } from "./i18n/catalogues.ts";
import { wantedLanguage } from "./i18n/languages.ts";
import { itemsStateNames, queryOf } from "./pages/items/items-query.ts";
import { pages } from "./pages.ts";
import { urlValues } from "./url-state.ts";

/**
 * Fetches what the page that was opened needs, all at the same time, and waits for what it cannot be drawn
 * without: who is signed in, its code and its texts. Drawn before, it would be drawn twice.
 */
export async function fetchFirstPage(client: QueryClient): Promise<void> {
  // Before the code: a browser fetches no more than six files at once.
  const session = client
    .fetchQuery(sessionQuery())
    .then(({ locale }) => loadCatalogue(wantedLanguage(locale)));
  const code = fetchPage(client, window.location.pathname.slice(basePath.length));
  // What cannot be fetched is missed, and told of, where it is used.
  await Promise.allSettled([session, code]);
}

/** Asks for the page's data, and for its code. */
async function fetchPage(client: QueryClient, path: string): Promise<unknown> {
  const [section, id, further] = path.split("/").filter(Boolean).map(decodeURIComponent);
  switch (section) {
    case undefined:
      void client.prefetchQuery(attentionQuery());
      void client.prefetchQuery(trafficOverviewQuery());
      return void client.prefetchQuery(typesQuery());
    case "types":
      if (id === undefined) {
        void client.prefetchQuery(typesQuery());
        return pages.types.fetch();
      }
      void client.prefetchQuery(typeQuery(id));
      return further === "add" ? pages.addItem.fetch() : pages.type.fetch();
    case "items":
      if (id !== undefined) {
        void client.prefetchQuery(itemQuery(id));
        return pages.item.fetch();
      }
      void client.prefetchQuery(
        itemsQuery(queryOf(urlValues(new URLSearchParams(window.location.search), itemsStateNames))),
      );
      return pages.items.fetch();
    case "history":
      return further === undefined ? pages.history.fetch() : pages.change.fetch();
    case "processes":
      return pages.processes.fetch();
    default:
      return pages.notFound.fetch();
  }
}
