import type { Registry } from "../registry/registry.ts";
import { showConfig } from "../secrets/shown-config.ts";
import type { NameCollision } from "../store/name-faults.ts";
import type { ItemRow, Rows, TypeRow } from "../store/rows.ts";
import { compareText } from "./order.ts";
import type { Snapshot } from "./snapshot.ts";

/** Rows under the names that this code knows, and those that cannot be, for others go by these names. */
export interface FamiliarRows extends Rows {
  readonly collisions: readonly NameCollision[];
}

/**
 * The rows as this code knows them: a type or plugin that newer code has renamed appears under its former
 * name, so that a process goes on serving it while a new version of the application is rolled out. Secrets
 * that only this code knows to be such are not shown.
 * `before` is the snapshot that the rows are to be added to.
 */
export function familiarRows(rows: Rows, registry: Registry, before: Snapshot): FamiliarRows {
  const isWhole = before.types.size === 0;
  const types = keptApart(
    "type",
    rows.types,
    rows.types.map((row) => familiarType(row, registry)),
    typeKey,
    isWhole ? none : () => otherTypes(before, rows.types),
  );
  const changed = new Map(types.rows.map((row) => [row.id, row]));
  const typeOf = ({ typeId }: ItemRow) => changed.get(typeId) ?? before.types.get(typeId)?.row;
  const items = keptApart(
    "item",
    rows.items,
    rows.items.map((row) => {
      const type = row.aliases === undefined ? undefined : typeOf(row);
      return type ? familiarItem(row, type, registry) : row;
    }),
    (row) => itemKey(row.typeId, row),
    isWhole ? none : () => otherItems(before, rows.items),
  );
  return {
    ...rows,
    types: types.rows,
    items: items.rows.map((row) => {
      const type = row.config === null ? undefined : typeOf(row);
      return type ? withoutSecrets(row, type, registry) : row;
    }),
    collisions: [...types.collisions, ...items.collisions],
  };
}

/** A row of the snapshot that stays as it is. */
interface Other {
  readonly id: string;
  readonly key: string;
  readonly hasAliases: boolean;
}

/**
 * The familiar rows, without the names that other rows have: as their own, or as rows that were made earlier. A
 * row of the snapshot that should not have its familiar name any more is told of alone.
 */
function keptApart<Row extends TypeRow | ItemRow>(
  entity: NameCollision["entity"],
  stored: readonly Row[],
  familiar: Row[],
  keyOf: (row: Row) => string,
  others: () => Iterable<Other>,
): { readonly rows: Row[]; readonly collisions: NameCollision[] } {
  const rows = [...familiar];
  const collisions: NameCollision[] = [];
  const renamed = familiar.flatMap((row, index) => (row === stored[index] ? [] : [{ row, index }]));
  const own = new Map<string, string>();
  const isWhole = others === none;
  const isNew = new Set(isWhole ? [] : stored.map(({ id }) => id));
  if (renamed.length > 0 || !isWhole) for (const row of stored) own.set(keyOf(row), row.id);
  const taken = new Map<string, string>();
  for (const { id, key, hasAliases } of others()) {
    if (isNew.has(id)) continue;
    const holder = hasAliases ? own.get(key) : undefined;
    if (holder === undefined) taken.set(key, id);
    else collisions.push({ entity, id, holder });
  }
  renamed.sort((one, other) => compareText(one.row.id, other.row.id));
  for (const { row, index } of renamed) {
    const key = keyOf(row);
    const holder = own.get(key) ?? taken.get(key);
    if (holder === undefined) taken.set(key, row.id);
    else {
      rows[index] = stored[index] as Row;
      collisions.push({ entity, id: row.id, holder });
    }
  }
  return { rows, collisions };
}

const none = (): Other[] => [];

const typeKey = ({ manager, name }: TypeRow): string => `${manager}\n${name}`;

const itemKey = (
  typeId: string,
  { module, name, label }: Pick<ItemRow, "module" | "name" | "label">,
): string => `${typeId}\n${module}\n${name}\n${label}`;

/** Those that types of the rows may collide with. */
function* otherTypes({ types }: Snapshot, rows: readonly TypeRow[]): Generator<Other> {
  if (rows.length === 0) return;
  const isAliased = rows.some(({ aliases }) => aliases !== undefined);
  for (const { row } of types.values()) {
    const hasAliases = row.aliases !== undefined;
    if (isAliased || hasAliases) yield { id: row.id, key: typeKey(row), hasAliases };
  }
}

/** Those that items of the rows may collide with. */
function* otherItems({ types }: Snapshot, rows: readonly ItemRow[]): Generator<Other> {
  const isAliased = rows.some(({ aliases }) => aliases !== undefined);
  for (const typeId of new Set(rows.map((row) => row.typeId))) {
    for (const item of types.get(typeId)?.items ?? []) {
      const hasAliases = item.aliases !== undefined;
      if (isAliased || hasAliases) yield { id: item.id, key: itemKey(typeId, item), hasAliases };
    }
  }
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
