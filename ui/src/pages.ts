import { loadEnglish } from "./i18n/english.ts";

/** The code of a page behind the first one, with its texts. */
async function withTexts<Page>(page: Promise<Page>): Promise<Page> {
  const [loaded] = await Promise.all([page, loadEnglish()]);
  return loaded;
}

/** The code of each page but the first one, fetched when it is first wanted. */
export const pages = {
  type: () => withTexts(import("./pages/type-page.tsx")),
  addItem: () => withTexts(import("./pages/add-item-page.tsx")),
  items: () => withTexts(import("./pages/items-page.tsx")),
  item: () => withTexts(import("./pages/item-page.tsx")),
  history: () => withTexts(import("./pages/history-page.tsx")),
  processes: () => withTexts(import("./pages/processes-page.tsx")),
  notFound: () => import("./pages/not-found-page.tsx"),
};
