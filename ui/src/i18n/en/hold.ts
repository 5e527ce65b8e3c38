import type { Messages } from "../message.ts";

/** Putting an item aside for a while. */
export const hold = {
  "hold.ask": "Hold…",
  "hold.change": "Change the hold…",
  "hold.of": "Hold {item}",
  "hold.release": "Release",
  "hold.title": "Hold {item}",
  "hold.text":
    "It gets no new calls, even if nothing else can serve. Its status stays the same, and calls in progress continue.",
  "hold.reason": "Reason",
  "hold.reason.hint": "Operators see it wherever the item is shown.",
  "hold.reason.long": "At most {most} characters.",
  "hold.for": "Duration",
  "hold.for.quarter": "15 minutes",
  "hold.for.hour": "1 hour",
  "hold.for.open": "Until released",
  "hold.confirm": "Hold",
  "hold.held": "{item} is held.",
  "hold.released": "{item} is released.",
  "hold.notice": "Held {when} by {actor}",
  "hold.back": "comes back",
  "hold.until": "until {when}",
  "hold.open": "until it is released",
} as const satisfies Messages;
