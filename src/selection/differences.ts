import { isSameHold } from "../definition/hold.ts";
import { isSameLead } from "../definition/lead.ts";
import type { PluginItem } from "../definition/plugin-item.ts";
import { isSameConfig } from "../secrets/shown-config.ts";
import type { ItemRow, Rows, TypeRow } from "../store/rows.ts";
import type { Snapshot } from "./snapshot.ts";

/**
 * The rows that say something else than the snapshot, though their revision does not: they were edited by
 * hand. undefined where there are none.
 */
export function differences(snapshot: Snapshot, rows: Rows): Rows | undefined {
  const read = new Map(rows.items.map((row) => [row.id, row]));
  const same = new Set<string>();
  const purged: string[] = [];
  for (const [typeId, type] of snapshot.types) {
    for (const item of type.items) {
      const row = read.get(item.id);
      if (row === undefined) purged.push(item.id);
      else if (row.typeId === typeId && isSameItem(item, row)) same.add(item.id);
    }
  }
  const items = rows.items.filter((row) => !same.has(row.id));
  const types = rows.types.filter((row) => !isSameType(snapshot.types.get(row.id)?.row, row));
  const present = new Set(rows.types.map((row) => row.id));
  for (const id of snapshot.types.keys()) if (!present.has(id)) purged.push(id);
  if (items.length + types.length + purged.length === 0) return undefined;
  return { ...rows, types, items, purged };
}

function isSameItem(item: PluginItem, row: ItemRow): boolean {
  return (
    item.status === row.status &&
    item.priority === row.priority &&
    item.retiredAt === row.retiredAt &&
    item.retiredBy === row.retiredBy &&
    item.module === row.module &&
    item.name === row.name &&
    item.label === row.label &&
    isSameAliases(item.aliases, row.aliases) &&
    item.description === row.description &&
    item.version === row.version &&
    item.revision === row.revision &&
    item.configVersion === row.configVersion &&
    item.managed === row.managed &&
    isSameHold(item.hold, row.hold) &&
    isSameLead(item.lead, row.lead) &&
    item.createdAt === row.createdAt &&
    item.updatedAt === row.updatedAt &&
    isSameConfig(item.config, row.config)
  );
}

function isSameType(type: TypeRow | undefined, row: TypeRow): boolean {
  return (
    type !== undefined &&
    type.manager === row.manager &&
    type.name === row.name &&
    isSameAliases(type.aliases, row.aliases) &&
    type.description === row.description &&
    type.revision === row.revision &&
    type.retiredAt === row.retiredAt &&
    type.createdAt === row.createdAt &&
    type.updatedAt === row.updatedAt
  );
}

const isSameAliases = (one: ItemRow["aliases"] | TypeRow["aliases"], other: typeof one): boolean =>
  one === other || JSON.stringify(one) === JSON.stringify(other);
