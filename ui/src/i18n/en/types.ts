import type { Messages } from "../message.ts";

export const types = {
  "types.title": "Types",
  "types.search": "Name, manager or description",
  "types.show": "Show",
  "types.show.all": "All",
  "types.show.unserved": "Not served",
  "types.show.problems": "With problems",
  "types.count": { one: "{count} type", other: "{count} types" },
  "types.column.health": "Health",
  "types.serving.none": "Not served",
  "types.serving.selector": "Depends on arguments",
  "types.serving.selector.hint": "A selector decides at each call. Open the type to try arguments.",
  "types.notRegistered": "Not in this process",
  "types.notRegistered.hint":
    "This panel's process does not have this type in its code. Other processes may serve it.",
  "types.health.good": "All ready",
  "types.health.none": "None in use",
  "types.health.failed": { one: "{count} failed", other: "{count} failed" },
  "types.health.missing": { one: "{count} missing", other: "{count} missing" },
  "types.health.cooling": { one: "{count} put aside", other: "{count} put aside" },
  "types.health.held": { one: "{count} held", other: "{count} held" },
  "types.none.title": "No type matches",
  "types.none.hint": "Try fewer words, or clear the filters.",
  "types.empty.title": "There are no types yet",
  "types.empty.hint":
    "Types are declared in code with definePluginType. Hand them to openPlugbay and start the application, or run plugbay migrate.",
} as const satisfies Messages;
