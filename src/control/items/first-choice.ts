import { holdAt } from "../../definition/hold.ts";
import { type Lead, leadAt } from "../../definition/lead.ts";
import { compareInUse } from "../../selection/order.ts";
import type { RowChange } from "../../store/change.ts";
import type { ItemRow } from "../../store/rows.ts";
import type { Store } from "../../store/store.ts";
import { isoTime } from "../../time/iso-time.ts";
import { ConflictError } from "../errors.ts";
import { requireItem } from "../item-of.ts";
import type { View } from "../view.ts";
import { changeOf } from "../writing/change-of.ts";
import type { Writer } from "../writing/writer.ts";
import { checkEnd, type EndRequest } from "./check-end.ts";
import { orderRows } from "./order-rows.ts";

/** The lead that is asked for; null where it is for good. @throws InvalidOptionError */
export function leadOf(end: EndRequest, by: string, { clock }: Pick<Store, "clock">): Lead | null {
  const until = checkEnd(end, "a lead", clock.now());
  return until === undefined ? null : { until, by, since: isoTime(clock) };
}

/** The ids of the type's other items that are active or lead. @throws ItemNotFoundError */
export function servingBeside({ snapshot }: View, id: string): string[] {
  const { type } = requireItem(snapshot, id);
  return type.items
    .filter((item) => item.id !== id && (isActive(item) || item.lead !== undefined))
    .map((item) => item.id);
}

const isActive = ({ status, retiredAt }: Pick<ItemRow, "status" | "retiredAt">): boolean =>
  status === "active" && retiredAt === null;

/** The changes that make the first of the rows the first choice, for good or by a lead; the others are of its type. */
export function firstOf(
  [row, ...others]: readonly ItemRow[],
  lead: Lead | null,
  { store, writer }: { readonly store: Pick<Store, "clock">; readonly writer: Writer },
): RowChange[] {
  if (row === undefined) return [];
  if (row.retiredAt !== null) {
    throw new ConflictError([writer.toItem(row)], undefined, "is retired; restore it first");
  }
  const isHeld = holdAt(row.hold, store.clock.now()) !== null;
  const free = isHeld ? { ...row, hold: null } : row;
  if (lead !== null) {
    const since = leadAt(row.lead, store.clock.now())?.since ?? lead.since;
    const own = changeOf("lead", row, { ...free, lead: { ...lead, since } });
    return [...own, ...others.flatMap((other) => endedLead(other, store))];
  }
  const moved = new Map(ordered(row, others, writer).map((after) => [after.id, after]));
  return [row, ...others].flatMap((one) => {
    const { status, priority } = moved.get(one.id) ?? one;
    const placed = { ...(one === row ? free : one), status, priority };
    return moved.has(one.id) || one === row
      ? changeOf("update", one, withoutLead(placed, store))
      : endedLead(one, store);
  });
}

/** The rows that get another status or priority, so that one is first among those that are active. */
function ordered(row: ItemRow, others: readonly ItemRow[], writer: Writer): ItemRow[] {
  const placeOf = (other: ItemRow) => writer.toItem({ ...other, lead: null });
  const inOrder = others
    .filter(isActive)
    .map((other) => ({ other, item: placeOf(other) }))
    .sort((one, two) => compareInUse(one.item, two.item))
    .map(({ other }) => other);
  const options = { status: "active", typeId: row.typeId } as const;
  return orderRows([row, ...inOrder], options, (one) => writer.toItem(one)).flatMap(({ entity, after }) =>
    entity === "item" && after ? [after] : [],
  );
}

const withoutLead = (row: ItemRow, { clock }: Pick<Store, "clock">): ItemRow =>
  leadAt(row.lead, clock.now()) === null ? row : { ...row, lead: null };

/** The change that ends a lead; none where it is over, or there was none. */
export const endedLead = (row: ItemRow, store: Pick<Store, "clock">): RowChange[] =>
  changeOf("end-lead", row, withoutLead(row, store));
