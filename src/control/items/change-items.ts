import { checkStatus } from "../../definition/check-status.ts";
import { checkKnown } from "../../definition/known-options.ts";
import type { FirstChange } from "../../store/change-table.ts";
import type { Current } from "../../store/current.ts";
import type { Store } from "../../store/store.ts";
import { isUuid } from "../../store/uuid.ts";
import { entriesOf } from "../history/earlier-change.ts";
import type { ListedItem } from "../list/list-query.ts";
import { present, presentChanged } from "../present-item.ts";
import type { View } from "../view.ts";
import { type Asker, outcomeOf } from "../writing/change-key.ts";
import { changeOf } from "../writing/change-of.ts";
import {
  type Changed,
  type ChangedItems,
  type ChangeOptions,
  changeOptionNames,
} from "../writing/changed.ts";
import type { Writer } from "../writing/writer.ts";
import { type BulkAction, codeBy, editFor } from "./bulk-action.ts";
import type { ItemUpdate, OrderOptions } from "./change-requests.ts";
import type { ItemPatch } from "./check-patch.ts";
import { checkUpdates } from "./check-updates.ts";
import type { ChosenEdits } from "./chosen-edits.ts";
import type { ChosenItems } from "./chosen-items.ts";
import { type ConfiguredItems, type Duplicate, duplicateNames } from "./configured-items.ts";
import type { ItemCalls } from "./item-calls.ts";
import { type AnyNewItem, namedItem } from "./new-item.ts";
import { orderRows } from "./order-rows.ts";

interface Parts {
  readonly view: View;
  readonly store: Store;
  readonly writer: Writer;
  readonly configured: ConfiguredItems;
  readonly edits: ChosenEdits;
}

export const itemCalls = ({ view, store, writer, configured, edits }: Parts): ItemCalls => {
  /** The item that was added first. */
  const presentFirst = async (first: FirstChange): Promise<ListedItem> => {
    const [entry] = await entriesOf(store, first);
    return present(view, entry?.entityId ?? "");
  };
  const update = async (updates: readonly ItemUpdate[], by: Asker): Promise<ChangedItems> => {
    const { patches, versions } = checkUpdates(updates);
    return configured.update(patches, by, versions);
  };
  const codeOf = codeBy(writer, view.registry);
  return {
    async createItem(item: AnyNewItem, by: ChangeOptions) {
      const given = namedItem(item);
      return writer.once(
        { call: "createItem", given },
        by,
        async (asker) => presentChanged(view, await configured.create(given, asker)),
        presentFirst,
      );
    },
    async duplicateItem(id: string, copy: Duplicate, by: ChangeOptions) {
      checkKnown("duplicateItem", copy, duplicateNames);
      return writer.once(
        { call: "duplicateItem", given: [id, copy] },
        by,
        async (asker) => presentChanged(view, await configured.duplicate(id, copy, asker)),
        presentFirst,
      );
    },
    async updateItem(id: string, patch: ItemPatch, options) {
      checkKnown("updateItem", options, { ...changeOptionNames, version: true });
      const { version, ...by } = options;
      const given = { ...patch, id, ...(version !== undefined && { version }) };
      const make = async (asker: Asker) => {
        const { items } = await update([given], asker);
        const [item] = items;
        return item === undefined ? present(view, id) : presentChanged(view, item);
      };
      return writer.once({ call: "updateItem", given }, by, make, async () => present(view, id));
    },
    async updateItems(updates: readonly ItemUpdate[], by: ChangeOptions) {
      const make = async (asker: Asker) => (await update(updates, asker)).outcome;
      return writer.once({ call: "updateItems", given: updates }, by, make, outcomeOf);
    },
    async bulk(items: ChosenItems, action: BulkAction, by: ChangeOptions) {
      return edits.edit(action, items, by, "update", editFor(action, codeOf));
    },
    async planBulk(items: ChosenItems, action: BulkAction) {
      return edits.plan(items, "update", editFor(action, codeOf));
    },
    async reorder(ids: readonly string[], options: ChangeOptions & OrderOptions): Promise<Changed> {
      checkKnown("reorder", options, { ...changeOptionNames, status: true, typeId: true, versions: true });
      const { status, typeId, versions, ...by } = options;
      const wanted = status === undefined ? undefined : checkStatus("reorder", status);
      const decide = async (current: Current) => {
        const rows = await writer.find(current, ids, versions);
        return orderRows(rows, { status: wanted, typeId }, (row) => writer.toItem(row));
      };
      const given = { ids, status, typeId, versions };
      const make = (asker: Asker) => writer.write(asker, decide, { expected: { ids: ids.filter(isUuid) } });
      return writer.once({ call: "reorder", given }, by, make, outcomeOf);
    },
    async unmanage(ids: readonly string[], by: ChangeOptions) {
      const decide = async (current: Current) => {
        const rows = await writer.find(current, ids);
        return rows.flatMap((row) => changeOf("update", row, { ...row, managed: null }));
      };
      const make = (asker: Asker) => writer.write(asker, decide, { expected: { ids: ids.filter(isUuid) } });
      return writer.once({ call: "unmanage", given: ids }, by, make, outcomeOf);
    },
  };
};
