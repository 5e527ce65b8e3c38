import type { ItemRow } from "../store/rows.ts";

type Given = Pick<
  ItemRow,
  "module" | "name" | "label" | "status" | "priority" | "description" | "config" | "configVersion"
> &
  Partial<Pick<ItemRow, "managed">>;

/** The row of an item that is to be added; the store fills in the version, the revision and the times. */
export const newRow = (id: string, typeId: string, given: Given): ItemRow => ({
  managed: null,
  ...given,
  id,
  typeId,
  aliases: undefined,
  version: 0,
  revision: 0,
  retiredAt: null,
  retiredBy: null,
  createdAt: "",
  updatedAt: "",
});
