import type { Messages } from "../message.ts";

/** Being first for a while. */
export const lead = {
  "lead.until": "First until {when}",
  "lead.ends": "ends",
  "lead.first": "{item} is first until {when}",
  "lead.then": "{item} is first until {when}, then {next} again",
  "lead.by": "Put first {when} by {actor};",
  "lead.end": "End this now",
  "lead.ended": "{item} is back in its place.",
} as const satisfies Messages;
