import type { Messages } from "../message.ts";

/** Making an item the first choice at once. */
export const serveNow = {
  "serveNow.action": "Serve this now…",
  "serveNow.title": "Serve {item} now",
  "serveNow.text":
    "It becomes active, goes to the first place and takes calls again. The others keep their status and stand behind it.",
  "serveNow.for": "Duration",
  "serveNow.for.good": "For good",
  "serveNow.for.hour": "1 hour",
  "serveNow.for.time": "Until a time",
  "serveNow.time": "Until",
  "serveNow.until": "First until {when}. After that, everything is as before.",
  "serveNow.lead.text":
    "It comes first and takes calls again, whatever its status and place are. When the time is over, everything is as before.",
  "serveNow.led": "{item} is first until {when}.",
  "serveNow.testing": "Testing the connection…",
  "serveNow.confirm": "Serve now",
  "serveNow.anyway": "Serve it anyway",
  "serveNow.done": "{item} is the first choice now.",
} as const satisfies Messages;
