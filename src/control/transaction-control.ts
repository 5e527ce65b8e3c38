import type { PluginItem } from "../definition/plugin-item.ts";
import type { Control } from "./control.ts";

/**
 * What of `Control` can be done inside a transaction of the application: everything that changes something, but
 * for the rotation of keys. Made by `control.in`.
 *
 * Await each call before the next query of the transaction: a call that is refused is undone by itself, with
 * whatever else was written meanwhile.
 */
export interface TransactionControl
  extends Pick<
    Control,
    "updateItems" | "bulk" | "reorder" | "import" | "release" | "retire" | "restore" | "revert" | "purge"
  > {
  /** As `Control.createItem`; answers with the item as the transaction has it. */
  createItem(...args: Parameters<Control["createItem"]>): Promise<PluginItem>;
  /** As `Control.duplicateItem`; answers with the item as the transaction has it. */
  duplicateItem(...args: Parameters<Control["duplicateItem"]>): Promise<PluginItem>;
  /** As `Control.updateItem`; answers with the item as the transaction has it. */
  updateItem(...args: Parameters<Control["updateItem"]>): Promise<PluginItem>;
}
