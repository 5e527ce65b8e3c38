import { InvalidOptionError } from "../../definition/errors.ts";
import { checkPriority } from "../../definition/priority.ts";
import type { Status } from "../../definition/status.ts";
import { compareItems, compareNames } from "../../selection/order.ts";
import type { RowChange } from "../../store/change.ts";
import type { ItemRow } from "../../store/rows.ts";
import { ManagedByFileError } from "../errors.ts";
import { changeOf } from "../writing/change-of.ts";
import type { Writer } from "../writing/writer.ts";
import { spreadPriorities } from "./spread-priorities.ts";
import { withStatus } from "./with-status.ts";

/**
 * The changes that bring items of one type into the order of the rows, and into `status` where that is given.
 * Those that a file manages keep their priorities, and the others find their places around them.
 *
 * @throws InvalidOptionError; ManagedByFileError where the order takes another priority for one of them
 */
export function orderRows(
  rows: readonly ItemRow[],
  { status, typeId }: { readonly status: Status | undefined; readonly typeId: string | undefined },
  toItem: Writer["toItem"],
): RowChange[] {
  if (new Set([...rows.map((row) => row.typeId), ...(typeId ? [typeId] : [])]).size > 1) {
    const ids = rows.map(({ id }) => id);
    throw new InvalidOptionError("ids", ids, "they are of several types; an order is within one");
  }
  const priorities = spreadPriorities(
    rows.map((row) => ({
      priority: row.priority,
      isFixed: row.managed !== null,
      isWritten: status !== undefined && status !== row.status,
    })),
    (place) => follows(rows[place - 1], rows[place]),
  );
  const kept = rows
    .filter((row) => row.managed !== null)
    // Whichever leads now, it is the order that is to be kept.
    .map((row) => toItem({ ...row, status: status ?? row.status, lead: null }));
  const isKept = kept.every((item, index) => index === 0 || compareItems(kept[index - 1] ?? item, item) <= 0);
  if (kept.length > 0 && (priorities === undefined || !isKept)) throw new ManagedByFileError(kept);
  return rows.flatMap((row, index) => {
    const priority = checkPriority(`plugin item ${row.id}`, priorities?.[index]);
    // To move what is disabled already among its like says nothing of its lead.
    const after = status === row.status ? row : withStatus(row, status);
    return changeOf("update", row, { ...after, priority });
  });
}

/** Whether one comes after the other where both have the same priority. */
const follows = (before: ItemRow | undefined, row: ItemRow | undefined): boolean =>
  before !== undefined && row !== undefined && compareNames(before, row) <= 0;
