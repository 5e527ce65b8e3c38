import type { Registry } from "../registry/registry.ts";
import { showConfig } from "../secrets/shown-config.ts";
import type { ItemRow, Rows, TypeRow } from "../store/rows.ts";
import type { Snapshot } from "./snapshot.ts";

/**
 * The rows as this code knows them: a type or plugin that newer code has renamed appears under its former
 * name, so that a process goes on serving it while a new version of the application is rolled out. Secrets
 * that only this code knows to be such are not shown.
 * `before` is the snapshot that the rows are to be added to.
 */
export function familiarRows(rows: Rows, registry: Registry, before: Snapshot): Rows {
  const types = rows.types.map((row) => familiarType(row, registry));
  const changed = new Map(types.map((row) => [row.id, row]));
  const items = rows.items.map((row) => {
    if (row.aliases === undefined && row.config === null) return row;
    const type = changed.get(row.typeId) ?? before.types.get(row.typeId)?.row;
    return type ? withoutSecrets(familiarItem(row, type, registry), type, registry) : row;
  });
  return { ...rows, types, items };
}

function familiarType(row: TypeRow, registry: Registry): TypeRow {
  const former = registry.type(row) ? undefined : row.aliases?.find((alias) => registry.type(alias));
  if (former === undefined) return row;
  const others = row.aliases?.filter((alias) => alias !== former) ?? [];
  return { ...row, ...former, aliases: [...others, { manager: row.manager, name: row.name }] };
}

/** A secret that stands unencrypted, because it was none when it was saved, is not shown for that. */
function withoutSecrets(row: ItemRow, type: TypeRow, registry: Registry): ItemRow {
  const { secrets = [] } = registry.plugin(type, row.module, row.name) ?? {};
  if (row.config === null || secrets.length === 0) return row;
  const config = showConfig(row.config, secrets);
  return config === row.config ? row : { ...row, config };
}

function familiarItem(row: ItemRow, type: TypeRow, registry: Registry): ItemRow {
  const isKnown = (module: string, name: string) => registry.plugin(type, module, name) !== undefined;
  if (isKnown(row.module, row.name)) return row;
  const former = row.aliases?.find(({ module, name }) => isKnown(module, name));
  if (former === undefined) return row;
  const others = row.aliases?.filter((alias) => alias !== former) ?? [];
  return { ...row, ...former, aliases: [...others, { module: row.module, name: row.name }] };
}
