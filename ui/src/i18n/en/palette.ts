import type { Messages } from "../message.ts";

/** Finding anything, and the keys that work on every page. */
export const palette = {
  "palette.title": "Find anything",
  "palette.hint": "A page, a type, an item or an item's id",
  "palette.page": "Page",
  "palette.help": "Keyboard shortcuts",
  "palette.key.search": "Search on this page",
  "palette.key.overview": "Overview",
} as const satisfies Messages;
