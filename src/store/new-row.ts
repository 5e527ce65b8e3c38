import type { ItemRow } from "./rows.ts";

type Given = Pick<
  ItemRow,
  | "id"
  | "typeId"
  | "module"
  | "name"
  | "label"
  | "status"
  | "priority"
  | "description"
  | "config"
  | "configVersion"
> &
  Partial<Pick<ItemRow, "aliases" | "managed">>;

/** The row of an item that is to be added; the store fills in the version, the revision and the times. */
export const newItemRow = (given: Given): ItemRow => ({
  // A whole literal: V8 takes 20 us to add a dozen properties to a spread object.
  id: given.id,
  typeId: given.typeId,
  module: given.module,
  name: given.name,
  label: given.label,
  aliases: given.aliases,
  status: given.status,
  priority: given.priority,
  description: given.description,
  config: given.config,
  configVersion: given.configVersion,
  managed: given.managed ?? null,
  hold: null,
  lead: null,
  version: 0,
  revision: 0,
  retiredAt: null,
  retiredBy: null,
  createdAt: "",
  updatedAt: "",
});
