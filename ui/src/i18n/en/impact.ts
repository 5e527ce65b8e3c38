import type { Messages } from "../message.ts";

/** What a change would do, before it is confirmed. */
export const impact = {
  "impact.loading": "Working out what this changes",
  "impact.unknown": "What this changes could not be worked out: {title}",
  "impact.nothing": "This changes nothing.",
  "impact.same": "What serves now stays the same.",
  "impact.named": "{type}: {effect}",
  "impact.unserved": "not served any more; now {before}",
  "impact.served": "{after} serves; now not served",
  "impact.switched": "{after} serves instead of {before}",
  "impact.remade": "{after} goes on serving, with this config",
  "impact.same.type": "no change",
  "impact.unknown.type": "depends on the arguments of each call",
  "impact.untried": "(not in use so far, so not yet known to work)",
  "impact.more": { one: "{count} more type", other: "{count} more types" },
} as const satisfies Messages;
