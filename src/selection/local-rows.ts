import type { PluginIdentity, TypeIdentity } from "../definition/identity.ts";
import type { Plugin } from "../definition/plugin.ts";
import type { Registry } from "../registry/registry.ts";
import { showConfig } from "../secrets/shown-config.ts";
import type { NameCollision } from "../store/name-faults.ts";
import type { ItemRow, Rows, TypeRow } from "../store/rows.ts";
import { compareText } from "./order.ts";
import { itemsNamed, type RowsInWords, type Snapshot } from "./snapshot.ts";

/** Rows under the names that this code knows. */
export interface LocalRows extends RowsInWords {
  /** The rows that cannot be under these, for others go by them. */
  readonly collisions: readonly NameCollision[];
}

/**
 * The rows as this code knows them: a type or plugin that newer code has renamed appears under its former
 * name, so that a process goes on serving it while a new version of the application is rolled out. Secrets
 * that only this code knows to be such are not shown.
 * `before` is the snapshot that the rows are to be added to.
 */
export function localRows(rows: Rows, registry: Registry, before: Snapshot): LocalRows {
  const isFirst = before.types.size === 0;
  const types = keptApart<TypeRow>("type", rows.types, (row) => localType(row, registry), {
    isFirst,
    keyOf: ({ manager, name }) => JSON.stringify([manager, name]),
    namesakes: ({ manager, name }) => {
      const row = before.byIdentity.get(manager, name)?.row;
      return row ? [row] : [];
    },
  });
  const changed = new Map(types.rows.map((row) => [row.id, row]));
  const typeOf = ({ typeId }: ItemRow) => changed.get(typeId) ?? before.types.get(typeId)?.row;
  const toLocal = (row: ItemRow): ItemRow => {
    const type = row.aliases && typeOf(row);
    return type ? localItem(row, type, registry) : row;
  };
  const items = keptApart<ItemRow>("item", rows.items, toLocal, {
    isFirst,
    keyOf: ({ typeId, module, name, label }) => JSON.stringify([typeId, module, name, label]),
    namesakes: (row) => {
      const type = before.types.get(row.typeId);
      return type ? itemsNamed(before, type, row) : [];
    },
  });
  return {
    ...rows,
    types: types.rows,
    items: items.rows.map((row) => {
      const type = row.config === null ? undefined : typeOf(row);
      const plugin = type && registry.plugin(type, row.module, row.name);
      return plugin ? withoutSecrets(row, plugin) : row;
    }),
    collisions: [...types.collisions, ...items.collisions],
    wordsOf: (type, { module, name }) => registry.plugin(type, module, name),
  };
}

interface Names<Row> {
  /** Whether the snapshot is empty: then there are no rows but these. */
  readonly isFirst: boolean;
  /** A key that two rows share where they go by one name. */
  readonly keyOf: (row: Row) => string;
  /** Those of the snapshot that go by the name of a row. */
  readonly namesakes: (
    row: Row,
  ) => readonly { readonly id: string; readonly aliases?: readonly object[] | undefined }[];
}

/**
 * The local rows, without the names that other rows have: as their own, or as rows that were made earlier. A
 * row of the snapshot that should not have its local name any more is told of alone.
 */
function keptApart<Row extends TypeRow | ItemRow>(
  entity: NameCollision["entity"],
  stored: readonly Row[],
  toLocal: (row: Row) => Row,
  { keyOf, namesakes, isFirst }: Names<Row>,
): { readonly rows: Row[]; readonly collisions: NameCollision[] } {
  const rows = stored.map(toLocal);
  const collisions: NameCollision[] = [];
  const coming = isFirst ? [] : stored;
  const changed = new Set(coming.map(({ id }) => id));
  const others = (row: Row) => namesakes(row).filter(({ id }) => !changed.has(id));
  for (const row of coming) {
    for (const { id, aliases } of others(row)) {
      if (aliases !== undefined) collisions.push({ entity, id, holder: row.id });
    }
  }
  const renamed: { readonly row: Row; readonly index: number }[] = [];
  for (const [index, row] of rows.entries()) if (row !== stored[index]) renamed.push({ row, index });
  if (renamed.length === 0) return { rows, collisions };
  const own = new Map(stored.map((row) => [keyOf(row), row.id]));
  const taken = new Map<string, string>();
  renamed.sort((one, other) => compareText(one.row.id, other.row.id));
  for (const { row, index } of renamed) {
    const key = keyOf(row);
    const holder = own.get(key) ?? taken.get(key) ?? others(row)[0]?.id;
    if (holder === undefined) taken.set(key, row.id);
    else {
      rows[index] = stored[index] as Row;
      collisions.push({ entity, id: row.id, holder });
    }
  }
  return { rows, collisions };
}

function localType(row: TypeRow, registry: Registry): TypeRow {
  const { manager, name, aliases } = row;
  const names = localNames({ manager, name }, aliases, (type) => registry.type(type) !== undefined);
  return names ? { ...row, ...names } : row;
}

function localItem(row: ItemRow, type: TypeIdentity, registry: Registry): ItemRow {
  const { module, name, aliases } = row;
  const isKnown = (plugin: PluginIdentity) => registry.plugin(type, plugin.module, plugin.name) !== undefined;
  const names = localNames({ module, name }, aliases, isKnown);
  return names ? { ...row, ...names } : row;
}

/** The first of the former names that this code knows, where it does not know its own; undefined where there is none. */
function localNames<Names extends object>(
  own: Names,
  aliases: readonly Names[] | undefined,
  isKnown: (names: Names) => boolean,
): (Names & { readonly aliases: readonly Names[] }) | undefined {
  if (aliases === undefined || isKnown(own)) return undefined;
  const former = aliases.find(isKnown);
  return former && { ...former, aliases: [...aliases.filter((alias) => alias !== former), own] };
}

/** A secret that stands unencrypted, because it was none when it was saved, is not shown for that. */
function withoutSecrets(row: ItemRow, { secrets }: Plugin): ItemRow {
  if (secrets.length === 0) return row;
  const config = showConfig(row.config, secrets);
  return config === row.config ? row : { ...row, config };
}
