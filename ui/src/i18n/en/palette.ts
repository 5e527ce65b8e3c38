import type { Messages } from "../message.ts";

/** Finding anything, and the keys that work on every page. */
export const palette = {
  "palette.title": "Find anything",
  "palette.hint": "A page, a type, an item or its id, or “hold” and an item",
  "palette.page": "Page",
  "palette.action": "Action",
  "palette.do.serve": "Serve now",
  "palette.do.hold": "Hold",
  "palette.do.check": "Test connection",
  "palette.check.none": "Its plugin has no test of its connection.",
  "palette.do.disable": "Disable",
  "palette.disable.title": "Disable {item}?",
  "palette.help": "Keyboard shortcuts",
  "palette.key.search": "Search on this page",
  "palette.key.overview": "Overview",
} as const satisfies Messages;
