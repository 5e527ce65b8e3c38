import type { Messages } from "../message.ts";

/** How things stand, and what needs attention. */
export const overview = {
  "overview.title": "Overview",
  "overview.well": {
    one: "Everything is served by its first choice, in {served} of {count} process",
    other: "Everything is served by its first choice, in {served} of {count} processes",
  },
  "overview.attention": { one: "{count} thing needs attention", other: "{count} things need attention" },
  "overview.notFirst": {
    one: "{count} type is not served by its first choice in all processes",
    other: "{count} types are not served by their first choice in all processes",
  },
  "overview.uncounted": "Nothing needs attention",
  "overview.uncounted.hint": "No process has reported yet what serves in it.",
  "overview.notCounted": {
    one: "{count} type is not counted: a selector decides at each call, or no process serves it.",
    other: "{count} types are not counted: a selector decides at each call, or no process serves them.",
  },
  "overview.unknown": "How things stand now is not known",
  "overview.unknown.hint": "The server or its database does not answer. Below is what was known last.",
  "overview.list": "Needs attention",
  "overview.since": "began",
  "overview.times": { one: "came {count} time", other: "came {count} times" },
  "overview.on": "on {hosts}",
  "overview.fix": "What to do:",
  "overview.showAll": "Show all {count}",
  "overview.serve": "Serve {item} now…",
  "overview.release": "Release {item}",
  "overview.open": "Open {name}",
  "overview.processes": "Show processes",
  "overview.copy": "Copy command",
  "overview.calls": "Calls",
  "overview.failures": "Failures",
  "overview.rescued": "Rescued by another item",
  "overview.troubled": "Most failures",
  "overview.changes": "Latest changes",
} as const satisfies Messages;
