import type { Messages } from "../message.ts";

/** Items with configs: adding, trying, saving them. */
export const config = {
  "config.add": "Add item",
  "config.add.plugin": "Plugin",
  "config.add.none": "No plugin of this type takes a configuration",
  "config.add.none.hint":
    "Plugins without a configuration have exactly one item each. Give a plugin a config schema in code to add more items of it here.",
  "config.add.needsLabel": "A label is required.",
  "config.leave": "Discard unsaved changes?",
  "config.empty": "Nothing is set.",
  "config.yes": "Yes",
  "config.no": "No",
  "config.secret.new": "A new secret",
  "config.secret.removed": "Removed",
  "config.conflict.other": "The configuration itself is the same; something else about the item has changed.",
  "config.check": "Test connection",
  "config.check.title": "Connection",
  "config.check.asItIs": "The plugin tries whether it works as it is. Nothing is changed.",
  "config.check.ok": "It works",
  "config.check.failed": "It does not work",
  "config.check.took": "Took {ms} ms",
} as const satisfies Messages;
