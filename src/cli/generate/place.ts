import {
  type ColumnKind,
  type DescribedTable,
  describeTables,
  typesOf,
} from "../../store/described-tables.ts";
import type { StoreDialect } from "../../store/dialect.ts";
import { migrationNames } from "../../store/migrations/migrations.ts";
import { tableNames } from "../../store/table-names.ts";

/** Where plugbay's tables are, as the config or the options of the command say. */
export interface Place {
  readonly dialect: StoreDialect;
  /** The schema that was named; undefined means the connection's own. */
  readonly schema: string | undefined;
  /** Default `plugbay_`. */
  readonly prefix: string | undefined;
  /** The tables of the users of `plugbay serve`, which are in the connection's own schema. */
  readonly userTables: readonly string[];
}

/** The tables in their place, as all migrations leave them. */
export interface PlacedTables extends Place {
  readonly prefix: string;
  /** Those that an application may point at. */
  readonly type: DescribedTable;
  readonly item: DescribedTable;
  /** The names of all, in the order of the alphabet. */
  readonly names: readonly string[];
  /** The database's types, by kind. */
  readonly types: Readonly<Record<ColumnKind, string>>;
  /** The last migration. */
  readonly migration: string;
}

/** No database is asked. @throws InvalidOptionError */
export async function placeTables(place: Place): Promise<PlacedTables> {
  const tables = tableNames(place.prefix);
  const described = await describeTables(tables);
  const find = (name: string): DescribedTable => {
    const table = described.find((one) => one.name === name);
    if (table === undefined) throw new Error(`no migration makes ${name}`);
    return table;
  };
  return {
    ...place,
    prefix: tables.prefix,
    type: find(tables.type),
    item: find(tables.item),
    names: described.map(({ name }) => name).sort(),
    types: typesOf(place.dialect),
    migration: migrationNames.at(-1) ?? "",
  };
}

/** `retired_at` as `retiredAt`. */
export const camelCase = (name: string): string =>
  name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

/** The length in a type such as `varchar(36)`; undefined where it has none. */
export function lengthOf(type: string): number | undefined {
  const [, length] = /^varchar\((\d+)\)/.exec(type) ?? [];
  return length === undefined ? undefined : Number(length);
}
