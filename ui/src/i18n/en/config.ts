import type { Messages } from "../message.ts";

/** Items with configs: adding, trying, saving them. */
export const config = {
  "config.add": "Add item",
  "config.add.plugin": "Plugin",
  "config.add.none": "No plugin of this type takes a configuration",
  "config.add.none.hint":
    "Every other plugin has its one item already. Give a plugin a config schema in code, and more items of it can be added here.",
  "config.add.needsLabel": "The item needs a label.",
  "config.leave": "There are changes that are not saved. Discard them?",
  "config.empty": "Nothing is set.",
  "config.yes": "Yes",
  "config.no": "No",
  "config.secret.new": "A new secret",
  "config.secret.removed": "Removed",
  "config.conflict.other": "The configuration itself is the same; something else of the item was changed.",
  "config.check": "Test connection",
  "config.check.ok": "It works",
  "config.check.failed": "It does not work",
  "config.check.took": "Took {ms} ms",
} as const satisfies Messages;
