import { fetched } from "./fetched.tsx";

const page = { isPage: true };

/** Each page but the first one, whose code is there from the start. */
export const pages = {
  types: fetched("types", () => import("./pages/types-page.tsx"), page),
  type: fetched("type", () => import("./pages/type-page.tsx"), page),
  addItem: fetched("addItem", () => import("./pages/add-item-page.tsx"), page),
  items: fetched("items", () => import("./pages/items-page.tsx"), page),
  item: fetched("item", () => import("./pages/item-page.tsx"), page),
  history: fetched("history", () => import("./pages/history-page.tsx"), page),
  change: fetched("change", () => import("./pages/change-page.tsx"), page),
  processes: fetched("processes", () => import("./pages/processes-page.tsx"), page),
  notFound: fetched("notFound", () => import("./pages/not-found-page.tsx"), page),
};
