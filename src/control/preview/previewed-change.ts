import { checkStatus } from "../../definition/check-status.ts";
import { InvalidOptionError } from "../../definition/errors.ts";
import { checkKnown, type OptionNames } from "../../definition/known-options.ts";
import type { Status } from "../../definition/status.ts";
import type { Action } from "../../store/change.ts";
import type { Clock } from "../../time/clock.ts";
import { isoTime } from "../../time/iso-time.ts";
import type { EntryId } from "../history/revert.ts";
import { type BulkAction, bulkActions, type CodeOf, editFor } from "../items/bulk-action.ts";
import type { ItemUpdate } from "../items/change-requests.ts";
import { endNames } from "../items/check-end.ts";
import type { ChosenItems } from "../items/chosen-items.ts";
import type { NewItem } from "../items/new-item.ts";
import { restored, retiredFrom } from "../items/retirement-calls.ts";
import type { RowEdit } from "../items/row-edit.ts";

/** What can be done to chosen items and be previewed. */
export type PreviewedAction = BulkAction | OtherAction;

const otherActions = ["retire", "restore", "hold", "release", "end-lead"] as const;
type OtherAction = (typeof otherActions)[number];

/** A change that is thought about: what one of the calls of `control` would be given. */
export type PreviewedChange =
  | {
      /** The items that the action is for, as `bulk` takes them. */
      readonly items: ChosenItems;
      /** What would be done to them. */
      readonly action: PreviewedAction;
    }
  | {
      /** As `updateItems` takes them. What a config says is not checked; it is taken to be one that works. */
      readonly updates: readonly ItemUpdate[];
    }
  | {
      /** As `serveNow` takes it: the id of the item that would serve. */
      readonly first: string;
      /** Until when, as `serveNow` takes it. Default: for good. */
      readonly until?: Date | number | undefined;
      /** For how long instead, in milliseconds. */
      readonly forMs?: number | undefined;
    }
  | {
      /** As `reorder` takes them: the ids of items of one type, in the order that they would have. */
      readonly order: readonly string[];
      /** What they would become. Default: they keep what they have. */
      readonly status?: Status | undefined;
    }
  | {
      /** What would be undone: the revision, as `revertAll` takes it, or one entry, as `revert` takes it. */
      readonly revert: number | EntryId;
    }
  | {
      /** As `createItem` takes it by its names. What it is called and its config are left out: they decide nothing. */
      readonly add: PreviewedItem;
    };

/** An item that would be added: of which plugin, and how it would stand. */
export type PreviewedItem = Omit<NewItem, "plugin" | "label" | "description" | "config">;

const itemNames: OptionNames<PreviewedItem> = {
  ...{ type: true, module: true, name: true, status: true, priority: true },
};

/** @throws InvalidOptionError, UnknownOptionError, InvalidStatusError */
export function checkPreviewed(change: PreviewedChange): void {
  const given: Partial<
    Record<"items" | "updates" | "first" | "until" | "forMs" | "order" | "status" | "revert" | "add", unknown>
  > = isObject(change) ? change : {};
  if ("items" in given) checkKnown("preview", given, { items: true, action: true });
  else if ("updates" in given) checkKnown("preview", given, { updates: true });
  else if ("first" in given) checkKnown("preview", given, { first: true, ...endNames });
  else if ("revert" in given) checkKnown("preview", given, { revert: true });
  else if ("add" in given) {
    checkKnown("preview", given, { add: true });
    if (!isObject(given.add)) {
      throw new InvalidOptionError("add", given.add, "it is an item: its type, module and name");
    }
    checkKnown("preview", given.add, itemNames);
  } else if ("order" in given) {
    checkKnown("preview", given, { order: true, status: true });
    if (given.status !== undefined) checkStatus("preview", given.status);
  } else {
    throw new InvalidOptionError(
      "change",
      change,
      "it has items and an action, or updates, or first, or an order, or a revert, or an item to add",
    );
  }
}

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

/** What the history would call it, by which a file's items are guarded or not. */
export const actionOf = (action: PreviewedAction): Action => (isAction(action) ? action : "update");

const isAction = (action: string): action is OtherAction => otherActions.some((one) => one === action);

/** What an action makes of an item. @throws InvalidOptionError */
export function editOf(action: PreviewedAction, clock: Clock, codeOf: CodeOf): RowEdit {
  switch (action) {
    case "retire":
      return retiredFrom(isoTime(clock));
    case "restore":
      return restored;
    case "hold":
      return (row) => ({ ...row, hold: row.hold ?? { reason: "", by: "", since: isoTime(clock) } });
    case "release":
      return (row) => ({ ...row, hold: null });
    case "end-lead":
      return (row) => ({ ...row, lead: null });
    default: {
      if (bulkActions.includes(action)) return editFor(action, codeOf);
      const known = [...bulkActions, ...otherActions].join(", ");
      throw new InvalidOptionError("action", action, `it is one of ${known}`);
    }
  }
}
