import { describePlugin } from "../../definition/describe.ts";
import { InvalidOptionError } from "../../definition/errors.ts";
import type { Plugin } from "../../definition/plugin.ts";
import { checkPriority } from "../../definition/priority.ts";
import type { Status } from "../../definition/status.ts";
import type { Registry } from "../../registry/registry.ts";
import type { ItemRow } from "../../store/rows.ts";
import type { Writer } from "../writing/writer.ts";
import type { RowEdit } from "./row-edit.ts";
import { withStatus } from "./with-status.ts";

/** The plugin of an item in the code of this process. */
export type CodeOf = (row: ItemRow) => Plugin | undefined;

export const codeBy =
  (writer: Pick<Writer, "toItem">, registry: Registry): CodeOf =>
  (row) => {
    const { type, module, name } = writer.toItem(row);
    return registry.plugin(type, module, name);
  };

type Edit = (row: ItemRow, codeOf: CodeOf) => ItemRow;

const toStatus =
  (status: Status): Edit =>
  (row) =>
    withStatus(row, status);

const byPriority =
  (step: number): Edit =>
  (row) => ({
    ...row,
    priority: checkPriority(describePlugin(row), row.priority + step),
  });

/** As the code of this process has it; an item whose plugin it does not have stays as it is. */
const toCode: Edit = (row, codeOf) => {
  const { status, priority, description } = codeOf(row) ?? row;
  return withStatus({ ...row, priority, description }, status);
};

const edits = {
  activate: toStatus("active"),
  reserve: toStatus("reserve"),
  disable: toStatus("disable"),
  raise: byPriority(-1),
  lower: byPriority(1),
  reset: toCode,
};

/**
 * `raise` takes 1 from the priority, so that the item is served earlier; `lower` adds 1. `reset` gives an item the status,
 * priority and description that the code of this process has for its plugin.
 */
export type BulkAction = keyof typeof edits;

export const bulkActions = Object.keys(edits) as readonly BulkAction[];

/** What an action makes of an item. */
export function editFor(action: BulkAction, codeOf: CodeOf): RowEdit {
  if (!Object.hasOwn(edits, action)) {
    throw new InvalidOptionError("action", action, `it is one of ${bulkActions.join(", ")}`);
  }
  return (row) => edits[action](row, codeOf);
}
