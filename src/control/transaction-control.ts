import type { PluginItem } from "../definition/plugin-item.ts";
import type { FileCalls } from "./files/file-calls.ts";
import type { HistoryCalls } from "./history/history-calls.ts";
import type { HoldCalls } from "./items/hold-calls.ts";
import type { ItemCalls } from "./items/item-calls.ts";
import type { NewItem, NewItemOf } from "./items/new-item.ts";
import type { RetirementCalls } from "./items/retirement-calls.ts";
import type { ServeNowCalls } from "./items/serve-now.ts";
import type { ChangeOptions } from "./writing/changed.ts";

/**
 * What of `Control` can be done inside a transaction of the application: everything that changes something, but
 * for the rotation of keys. Made by `control.in`.
 *
 * Await each call before the next query of the transaction: a call that is refused is undone by itself, with
 * whatever else was written meanwhile.
 */
export interface TransactionControl
  extends Pick<ItemCalls, "updateItems" | "bulk" | "reorder" | "unmanage">,
    Pick<RetirementCalls, "retire" | "restore" | "purge">,
    Pick<ServeNowCalls, "serveNow">,
    Pick<FileCalls, "import">,
    Pick<HistoryCalls, "revert" | "revertAll"> {
  /**
   * As `Control.createItem`; answers with the item as the transaction has it.
   *
   * @throws as `Control.createItem`, and TransactionUnusableError
   * @example
   * await plugbay.control.in(transaction).createItem({ plugin: stripe, label: "eu", config }, { actor: "alice" });
   */
  createItem<Input>(item: NewItem | NewItemOf<Input>, by: ChangeOptions): Promise<PluginItem>;

  /**
   * As `Control.duplicateItem`; answers with the item as the transaction has it.
   *
   * @throws as `Control.duplicateItem`, and TransactionUnusableError
   * @example
   * await plugbay.control.in(transaction).duplicateItem(eu.id, { label: "us" }, { actor: "alice" });
   */
  duplicateItem(...args: Parameters<ItemCalls["duplicateItem"]>): Promise<PluginItem>;

  /**
   * As `Control.updateItem`; answers with the item as the transaction has it.
   *
   * @throws as `Control.updateItem`, and TransactionUnusableError
   * @example
   * await plugbay.control.in(transaction).updateItem(eu.id, { status: "reserve" }, { actor: "alice" });
   */
  updateItem(...args: Parameters<ItemCalls["updateItem"]>): Promise<PluginItem>;

  /**
   * As `Control.hold`; answers with the item as the transaction has it.
   *
   * @throws as `Control.hold`, and TransactionUnusableError
   * @example
   * await plugbay.control.in(transaction).hold(eu.id, { reason: "maintenance" }, { actor: "alice" });
   */
  hold(...args: Parameters<HoldCalls["hold"]>): Promise<PluginItem>;

  /**
   * As `Control.release`; answers with the item as the transaction has it.
   *
   * @throws as `Control.release`, and TransactionUnusableError
   * @example
   * await plugbay.control.in(transaction).release(eu.id, { actor: "alice" });
   */
  release(...args: Parameters<HoldCalls["release"]>): Promise<PluginItem>;

  /**
   * As `Control.endLead`; answers with the item as the transaction has it.
   *
   * @throws as `Control.endLead`, and TransactionUnusableError
   * @example
   * await plugbay.control.in(transaction).endLead(eu.id, { actor: "alice" });
   */
  endLead(...args: Parameters<ServeNowCalls["endLead"]>): Promise<PluginItem>;
}
