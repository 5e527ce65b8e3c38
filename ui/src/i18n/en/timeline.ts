import type { Messages } from "../message.ts";

/** What happened to a type, in one line of time. */
export const timeline = {
  "timeline.tab": "Timeline",
  "timeline.title": "The last 14 days, the latest first",
  "timeline.none": "Nothing happened and nothing was changed in the last 14 days.",
  "timeline.more": "Show more",
  "timeline.purged": "a purged item",
  "timeline.in": {
    one: "in {processes} of {count} process",
    other: "in {processes} of {count} processes",
  },
  "timeline.inSome": { one: "in {count} process", other: "in {count} processes" },
  "timeline.switched": "{item} took over from {from} {where}",
  "timeline.began": "{item} serves after nothing did, {where}",
  "timeline.ended": "nothing serves any more after {from}, {where}",
  "timeline.recovered": "{item}: recovered {where}",
  "timeline.failed": "{item}: failed {where}",
  "timeline.misconfigured": "{item}: config refused {where}",
  "timeline.circuit": "{item}: circuit opened {where}",
  "timeline.unauthorized": "{item}: credentials refused {where}",
  "timeline.exhausted": "{item}: limit reached {where}",
  "timeline.missing": "{item}: plugin missing {where}",
} as const satisfies Messages;
