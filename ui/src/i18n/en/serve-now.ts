import type { Messages } from "../message.ts";

/** Making an item the first choice at once. */
export const serveNow = {
  "serveNow.action": "Serve this now…",
  "serveNow.title": "Serve {item} now",
  "serveNow.text":
    "It becomes active, goes to the first place and takes calls again. The others keep their status and stand behind it.",
  "serveNow.testing": "Testing the connection…",
  "serveNow.confirm": "Serve now",
  "serveNow.anyway": "Serve it anyway",
  "serveNow.done": "{item} is the first choice now.",
} as const satisfies Messages;
