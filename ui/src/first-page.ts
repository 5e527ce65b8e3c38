import type { QueryClient } from "@tanstack/react-query";
import { basePath } from "./api/base-path.ts";
import { sessionQuery, typeQuery, typesQuery } from "./api/queries.ts";
import { pages } from "./pages.ts";

/** Fetches at once what the page that was opened will ask for, not only when it is known who is signed in. */
export function fetchFirstPage(client: QueryClient): void {
  // Before the code: a browser fetches no more than six files at once, and everything waits for this one.
  void client.prefetchQuery(sessionQuery());
  const [section, id] = window.location.pathname.slice(basePath.length).split("/").filter(Boolean);
  if (section === undefined) {
    void client.prefetchQuery(typesQuery());
  } else if (section === "types" && id !== undefined) {
    void client.prefetchQuery(typeQuery(decodeURIComponent(id)));
    fetchCode(pages.type);
  } else if (section === "items") {
    fetchCode(id === undefined ? pages.items : pages.item);
  }
}

/** What cannot be fetched is missed, and told of, where it is used. */
const fetchCode = (load: () => Promise<unknown>): void => void load().catch(() => undefined);
