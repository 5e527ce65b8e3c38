import type { ItemInfo } from "../../../../src/admin/contract/contract.ts";
import type { Status } from "../../../../src/definition/status.ts";

/** What an operator decides about an item. */
export interface ItemValues {
  readonly status: Status;
  readonly priority: number;
  readonly description: string;
}

/** In the order in which forms and tables show them. */
export const itemFields = ["status", "priority", "description"] as const;
export type ItemField = (typeof itemFields)[number];

/** Only what the operator has touched. */
export type ItemEdits = Partial<ItemValues>;

export function valuesOf({ status, priority, description }: ItemInfo): ItemValues {
  return { status, priority, description };
}

/** The edits that would change something. */
export function effectiveEdits(edits: ItemEdits, values: ItemValues): ItemEdits {
  return Object.fromEntries(
    itemFields
      .filter((field) => field in edits && edits[field] !== values[field])
      .map((field) => [field, edits[field]]),
  );
}

const lowestPriority = -32_768;
const highestPriority = 32_767;

export const priorityRange = { lowest: lowestPriority, highest: highestPriority };

export const isPriority = (value: number): boolean =>
  Number.isInteger(value) && value >= lowestPriority && value <= highestPriority;

/** Somebody may go on changing it while the operator decides; what is saved over is what is shown. */
export function newest(one: ItemInfo, other: ItemInfo): ItemInfo {
  return one.version > other.version ? one : other;
}
