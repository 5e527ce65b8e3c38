import type { PluginIdentity, TypeIdentity } from "../definition/identity.ts";
import type { ItemRow, TypeRow } from "../store/rows.ts";

/**
 * The row under its name in this code. A former name is kept, for processes with older code, until a type
 * of its own has it again.
 */
export function nameType(
  row: TypeRow,
  { manager, name }: TypeIdentity,
  isTaken: (alias: TypeIdentity) => boolean,
): TypeRow {
  const isRenamed = row.manager !== manager || row.name !== name;
  if (!isRenamed && row.aliases === undefined) return row;
  const former = [...(row.aliases ?? []), ...(isRenamed ? [{ manager: row.manager, name: row.name }] : [])];
  return { ...row, manager, name, aliases: former.filter((alias) => !isTaken(alias)) };
}

/** As `nameType`, for an item and its plugin. */
export function nameItem(
  row: ItemRow,
  { module, name }: PluginIdentity,
  isTaken: (alias: PluginIdentity) => boolean,
): ItemRow {
  const isRenamed = row.module !== module || row.name !== name;
  if (!isRenamed && row.aliases === undefined) return row;
  const former = [...(row.aliases ?? []), ...(isRenamed ? [{ module: row.module, name: row.name }] : [])];
  return { ...row, module, name, aliases: former.filter((alias) => !isTaken(alias)) };
}
