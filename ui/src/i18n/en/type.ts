import type { Messages } from "../message.ts";

export const type = {
  "type.title": "Type",
} as const satisfies Messages;
