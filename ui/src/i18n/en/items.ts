import type { Messages } from "../message.ts";

export const items = {
  "items.title": "Items",
} as const satisfies Messages;
