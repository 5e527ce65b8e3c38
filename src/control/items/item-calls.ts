import type { ListedItem } from "../list/list-query.ts";
import type { ChangePlan } from "../writing/change-plan.ts";
import type { Changed, ChangeOptions } from "../writing/changed.ts";
import type { BulkAction } from "./bulk-action.ts";
import type { ItemUpdate, OrderOptions } from "./change-requests.ts";
import type { ItemPatch } from "./check-patch.ts";
import type { ChosenItems } from "./chosen-items.ts";
import type { Duplicate } from "./configured-items.ts";
import type { NewItem, NewItemOf } from "./new-item.ts";

/** How items are added and changed. */
export interface ItemCalls {
  /**
   * Adds an item to a configurable plugin, told apart by its label. Its config is checked by the plugin's
   * schema first; one that is refused is not saved. Of a plugin that `definePlugin` made, the compiler checks it, too.
   *
   * @throws InvalidConfigError, LabelTakenError, InvalidNameError, UnknownTypeError, UnknownPluginError,
   *   NotConfigurableError, InvalidStatusError, InvalidPriorityError, InvalidTokenError, InvalidOptionError,
   *   UnknownOptionError
   * @example
   * await plugbay.control.createItem(
   *   { plugin: stripe, label: "eu", config: { account: "acct_1" } },
   *   { actor: "alice" },
   * );
   * @example
   * // Where the plugin is known by its names alone.
   * await plugbay.control.createItem(
   *   { type: gateway, module: "apps/stripe", name: "stripe", label: "eu", config: { account: "acct_1" } },
   *   { actor: "alice" },
   * );
   */
  createItem<Input>(item: NewItem | NewItemOf<Input>, by: ChangeOptions): Promise<ListedItem>;

  /**
   * Adds a copy of an item under another label, with its config, priority and description. It is disabled,
   * unless `status` says otherwise, so that it does not serve before somebody has looked at it.
   *
   * @throws ItemNotFoundError; and as `createItem`
   * @example
   * await plugbay.control.duplicateItem(eu.id, { label: "us" }, { actor: "alice" });
   */
  duplicateItem(id: string, copy: Duplicate, by: ChangeOptions): Promise<ListedItem>;

  /**
   * Changes an item's status, priority or description, and of a configurable plugin's item the label and the
   * config, which its schema checks before it is saved. With the `version` that the caller read, a
   * change made meanwhile by somebody else is refused instead of overwritten.
   *
   * @throws ItemNotFoundError, ConflictError, ManagedByFileError, InvalidStatusError, InvalidPriorityError,
   *   InvalidOptionError; for a label or config, as `createItem`
   * @example
   * await plugbay.control.updateItem(item.id, { status: "reserve", priority: 5 }, { actor: "alice", version: item.version });
   */
  updateItem(
    id: string,
    patch: ItemPatch,
    by: ChangeOptions & {
      /** The version that the caller read. Default: none; the change is made to whatever is there. */
      readonly version?: number | undefined;
    },
  ): Promise<ListedItem>;

  /**
   * Changes several items, each in its own way: all of them, or when one is refused, none. A
   * `ConflictError` has all those that were changed meanwhile.
   *
   * @throws as `updateItem`
   * @example
   * await plugbay.control.updateItems(
   *   [{ id: eu.id, status: "reserve", version: eu.version }, { id: us.id, status: "active" }],
   *   { actor: "alice" },
   * );
   */
  updateItems(updates: readonly ItemUpdate[], by: ChangeOptions): Promise<Changed>;

  /**
   * Does one thing to many items: all of them, or when one is refused, none. `raise` takes 1 from the
   * priority (served earlier), `lower` adds 1, `reset` takes back what operators made of what the code says. A query changes what it finds at the moment of writing; with `versions`,
   * nothing is changed where one of the items was changed since.
   *
   * @throws ItemNotFoundError, ConflictError, ManagedByFileError, InvalidPriorityError, InvalidOptionError
   * @example
   * await plugbay.control.bulk({ query: { module: "apps/sms" } }, "reserve", { actor: "alice" });
   */
  bulk(items: ChosenItems, action: BulkAction, by: ChangeOptions): Promise<Changed>;

  /**
   * What `bulk` would change, at this moment. Writes nothing.
   *
   * @throws as `bulk`
   * @example
   * const { changes } = await plugbay.control.planBulk({ query: { module: "apps/sms" } }, "reserve");
   */
  planBulk(items: ChosenItems, action: BulkAction): Promise<ChangePlan>;

  /**
   * Brings items of one type into the given order, and into `status` where that is given. As few of them as possible
   * get another priority: one that is moved alone gets one from the gap between its new neighbours, and only where there
   * is none, some of these move as well. With the `versions` that the caller read, a change made meanwhile by somebody else is refused instead of overwritten. Items that a file manages keep
   * their priorities, and the others find their places around them.
   *
   * @throws ItemNotFoundError, ConflictError, InvalidStatusError, InvalidOptionError; ManagedByFileError where
   *   the order takes another priority, or status, for an item that a file manages
   * @example
   * await plugbay.control.reorder([sms.id, email.id], { actor: "alice", status: "active" });
   */
  reorder(ids: readonly string[], options: ChangeOptions & OrderOptions): Promise<Changed>;

  /**
   * Makes items operators' again that a file managed: they keep what they have. An import of a file that
   * marks them takes them back.
   *
   * @throws ItemNotFoundError, ForbiddenError
   * @example
   * await plugbay.control.unmanage([eu.id], { actor: "alice" });
   */
  unmanage(ids: readonly string[], by: ChangeOptions): Promise<Changed>;
}
