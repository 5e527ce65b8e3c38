import { statuses } from "../../definition/status.ts";
import { actions, sources } from "../../store/change.ts";
import { count, id, type Of, object, oneOf, text } from "./schema.ts";

// What several resources speak of.

export const status = (words?: Readonly<Record<string, unknown>>) => oneOf(statuses, words);
export const source = () => oneOf(sources);
export const action = () => oneOf(actions);

export const readinessKind = () => oneOf(["ready", "making", "failed", "missing", "cooling", "held", "idle"]);

export const reason = () =>
  oneOf([
    "selected",
    "lower-priority",
    "reserve",
    "disabled",
    "retired",
    "missing",
    "making",
    "failed",
    "cooling",
    "held",
  ]);

export const TypeIdentity = object({ manager: text(), name: text() }, { title: "TypeIdentity" });

export const itemName = { id: id(), module: text(), name: text(), label: text() };

/** What an item is called. */
export type ItemName = Of<typeof ItemName>;
export const ItemName = object(itemName, { title: "ItemName" });

/** Something wrong with an input. */
export type IssueInfo = Of<typeof IssueInfo>;
export const IssueInfo = object(
  { path: text({ description: "A JSON pointer into the input; empty for all of it." }), message: text() },
  { title: "IssueInfo" },
);

/** What a change of several items came to. */
export type Changed = Of<typeof Changed>;
export const Changed = object({ changed: count(), revision: count() }, { title: "Changed" });
