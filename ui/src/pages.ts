import { fetched } from "./fetched.tsx";

/** Each page but the first one, whose code is there from the start. */
export const pages = {
  type: fetched("type", () => import("./pages/type-page.tsx")),
  addItem: fetched("addItem", () => import("./pages/add-item-page.tsx")),
  items: fetched("items", () => import("./pages/items-page.tsx")),
  item: fetched("item", () => import("./pages/item-page.tsx")),
  history: fetched("history", () => import("./pages/history-page.tsx")),
  processes: fetched("processes", () => import("./pages/processes-page.tsx")),
  notFound: fetched("notFound", () => import("./pages/not-found-page.tsx")),
};
