/** The code of each page, fetched when it is first wanted. */
export const pages = {
  types: () => import("./pages/types-page.tsx"),
  type: () => import("./pages/type-page.tsx"),
  addItem: () => import("./pages/add-item-page.tsx"),
  items: () => import("./pages/items-page.tsx"),
  item: () => import("./pages/item-page.tsx"),
  history: () => import("./pages/history-page.tsx"),
  processes: () => import("./pages/processes-page.tsx"),
  notFound: () => import("./pages/not-found-page.tsx"),
};
