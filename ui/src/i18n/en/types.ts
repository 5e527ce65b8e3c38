import type { Messages } from "../message.ts";

export const types = {
  "types.title": "Types",
} as const satisfies Messages;
