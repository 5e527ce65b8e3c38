import { describePlugin } from "../../definition/describe.ts";
import { InvalidOptionError } from "../../definition/errors.ts";
import { checkPriority } from "../../definition/priority.ts";
import type { Status } from "../../definition/status.ts";
import type { ItemRow } from "../../store/rows.ts";

const toStatus =
  (status: Status) =>
  (row: ItemRow): ItemRow => ({ ...row, status });

const byPriority =
  (step: number) =>
  (row: ItemRow): ItemRow => ({
    ...row,
    priority: checkPriority(describePlugin(row), row.priority + step),
  });

const edits = {
  activate: toStatus("active"),
  reserve: toStatus("reserve"),
  disable: toStatus("disable"),
  raise: byPriority(-1),
  lower: byPriority(1),
};

/** `raise` takes 1 from the priority, so that the item is served earlier; `lower` adds 1. */
export type BulkAction = keyof typeof edits;

export const bulkActions = Object.keys(edits) as readonly BulkAction[];

/** What an action makes of an item. */
export function editFor(action: BulkAction): (row: ItemRow) => ItemRow {
  if (!Object.hasOwn(edits, action)) {
    throw new InvalidOptionError("action", action, `it is one of ${bulkActions.join(", ")}`);
  }
  return edits[action];
}
