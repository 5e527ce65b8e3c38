import type { PluginItem } from "../definition/plugin-item.ts";
import { isSameConfig } from "../secrets/shown-config.ts";
import type { ItemRow, Rows, TypeRow } from "../store/rows.ts";
import type { Snapshot } from "./snapshot.ts";

/**
 * The rows that say something else than the snapshot, though their revision does not: they were edited by
 * hand. undefined where there are none.
 */
export function differences(snapshot: Snapshot, rows: Rows): Rows | undefined {
  const known = new Map<string, PluginItem>();
  for (const type of snapshot.types.values()) for (const item of type.items) known.set(item.id, item);
  const items = rows.items.filter((row) => !isSameItem(known.get(row.id), row));
  const types = rows.types.filter((row) => !isSameType(snapshot.types.get(row.id)?.row, row));
  const present = new Set([...rows.types, ...rows.items].map((row) => row.id));
  const purged = [...snapshot.types.keys(), ...known.keys()].filter((id) => !present.has(id));
  if (items.length + types.length + purged.length === 0) return undefined;
  return { ...rows, types, items, purged };
}

function isSameItem(item: PluginItem | undefined, row: ItemRow): boolean {
  return (
    item !== undefined &&
    item.status === row.status &&
    item.priority === row.priority &&
    item.retiredAt === row.retiredAt &&
    item.retiredBy === row.retiredBy &&
    item.module === row.module &&
    item.name === row.name &&
    item.label === row.label &&
    item.description === row.description &&
    item.version === row.version &&
    item.revision === row.revision &&
    item.configVersion === row.configVersion &&
    item.managed === row.managed &&
    isSameConfig(item.config, row.config)
  );
}

function isSameType(type: TypeRow | undefined, row: TypeRow): boolean {
  return (
    type !== undefined &&
    type.manager === row.manager &&
    type.name === row.name &&
    type.description === row.description &&
    type.revision === row.revision &&
    type.retiredAt === row.retiredAt
  );
}
