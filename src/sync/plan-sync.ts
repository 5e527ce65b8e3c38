import { PairMap } from "../definition/pair-map.ts";
import type { AnyPluginType } from "../definition/plugin-type.ts";
import type { Registry } from "../registry/registry.ts";
import type { ItemRow, Rows, TypeRow } from "../store/rows.ts";
import { findRow } from "./find-row.ts";
import { formerNames } from "./former-names.ts";
import { nameType } from "./name-rows.ts";
import { addPaddedTypes } from "./padded-rows.ts";
import { type PlanContext, Planner } from "./planner.ts";
import type { SyncPlan } from "./sync-plan.ts";

/**
 * Compares the registry with the rows and lists what would bring the rows in line. Pure: it reads and
 * writes nothing, and the same arguments give the same plan.
 */
export function planSync(registry: Registry, rows: Rows, context: PlanContext): SyncPlan {
  const planner = new Planner(context);
  const typeRows = new PairMap<TypeRow>();
  for (const row of rows.types) typeRows.set(row.manager, row.name, row);
  addPaddedTypes(typeRows, rows.types);
  const itemRows = new Map<string, ItemRow[]>();
  for (const row of rows.items) {
    const group = itemRows.get(row.typeId);
    if (group) group.push(row);
    else itemRows.set(row.typeId, [row]);
  }
  const ownRows = new Map<AnyPluginType, TypeRow | undefined>();
  for (const type of registry.types()) {
    const aliases = type.aliases.map(({ manager, name }) => [manager, name] as const);
    ownRows.set(type, findRow(typeRows, [type.manager, type.name], aliases));
  }
  // Only what this code does not name itself: no row is two types'.
  const named = new Set(ownRows.values());
  const renamedTypes = new PairMap<TypeRow>();
  for (const row of rows.types) {
    if (named.has(row)) continue;
    for (const { manager, name } of row.aliases ?? []) renamedTypes.set(manager, name, row);
  }
  const matched = new Set<string>();

  for (const type of registry.types()) {
    const own = ownRows.get(type);
    const row = own ?? renamedTypes.get(type.manager, type.name);
    if (row) matched.add(row.id);
    // A name that newer code gave, and this code does not know yet, stays.
    const found = row && {
      row,
      named: own ? nameType(own, type, (alias) => registry.type(alias) !== undefined) : row,
    };
    const typeId = planner.type(type, found, formerNames(type.aliases, rows.types));
    planner.items(type, typeId, registry.plugins(type), row, row ? (itemRows.get(row.id) ?? []) : []);
  }
  if (context.prune) {
    for (const row of rows.types) {
      if (!matched.has(row.id)) planner.pruneType(row, itemRows.get(row.id) ?? []);
    }
  }
  return planner.plan(rows);
}
