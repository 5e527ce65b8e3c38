import type { PluginIdentity, TypeIdentity } from "../definition/identity.ts";
import { isName } from "../definition/name.ts";
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
  const isFormer = isRenamed && isName(row.manager) && isName(row.name);
  const former = [...(row.aliases ?? []), ...(isFormer ? [{ manager: row.manager, name: row.name }] : [])];
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
  const isFormer = isRenamed && isName(row.module) && isName(row.name);
  const former = [...(row.aliases ?? []), ...(isFormer ? [{ module: row.module, name: row.name }] : [])];
  return { ...row, module, name, aliases: former.filter((alias) => !isTaken(alias)) };
}

/**
 * The rows whose names somebody gave blanks at their ends, with the names that were meant. MySQL takes both for the
 * same, and no second row beside such a one; so it is no other row than the one that was meant.
 */
export function padded<Row>(
  rows: readonly Row[],
  identity: (row: Row) => readonly [string, string],
): { readonly row: Row; readonly first: string; readonly second: string }[] {
  return rows.flatMap((row) => {
    const names = identity(row);
    const [first, second] = [names[0].trim(), names[1].trim()];
    return first === names[0] && second === names[1] ? [] : [{ row, first, second }];
  });
}
