import {
  type AddColumnNode,
  type AlterTableNode,
  type ColumnDefinitionNode,
  type CreateTableNode,
  type OperationNode,
  RawNode,
  type RootOperationNode,
  sql,
  ValueNode,
} from "kysely";
import { systemClock } from "../time/clock.ts";
import type { ColumnTypes, Db, StoreDialect } from "./dialect.ts";
import { migrationNames, migrationsFor } from "./migrations/migrations.ts";
import { silentDatabase } from "./silent-database.ts";
import { sqliteDialect } from "./sqlite/sqlite-dialect.ts";
import type { TableNames } from "./table-names.ts";

export type ColumnKind = keyof ColumnTypes;

/** A column, whatever the database calls its type. */
export interface DescribedColumn {
  readonly name: string;
  readonly kind: ColumnKind;
  readonly isNullable: boolean;
  readonly default: unknown;
}

/** A table as it is when all migrations have run. */
export interface DescribedTable {
  readonly name: string;
  readonly columns: readonly DescribedColumn[];
  readonly primaryKey: readonly string[];
  readonly uniques: readonly (readonly string[])[];
  readonly foreignKeys: readonly DescribedReference[];
}

/** Which column points at the id of which table. */
export interface DescribedReference {
  readonly column: string;
  readonly table: string;
}

/**
 * The tables that all migrations make. The migrations themselves are run, over a connection that does nothing, and what
 * they ask for is noted: so there is no second list of columns to keep.
 */
export async function describeTables(tables: TableNames): Promise<DescribedTable[]> {
  const found = new Map<string, DescribedTable>();
  const db = notingDatabase((node) => note(found, node));
  const migrations = migrationsFor({ dialect: describing, tables, clock: systemClock });
  for (const name of migrationNames) await migrations[name]?.up(db);
  return [...found.values()];
}

/** How a database writes the types of columns. */
export const typesOf = ({ columns }: Pick<StoreDialect, "columns">): Record<ColumnKind, string> =>
  mapKinds((kind) => rawText(columns[kind].toOperationNode()));

const kinds: readonly ColumnKind[] = ["id", "name", "key", "word", "text", "integer", "bigint"];

const mapKinds = <T>(to: (kind: ColumnKind) => T): Record<ColumnKind, T> =>
  Object.fromEntries(kinds.map((kind) => [kind, to(kind)])) as Record<ColumnKind, T>;

/** A database whose types are the names of the kinds, and in which there is no column yet. */
const describing: StoreDialect = {
  ...sqliteDialect,
  columns: mapKinds((kind) => sql.raw(kind)),
  hasColumn: async () => false,
};

function notingDatabase(onQuery: (node: RootOperationNode) => void): Db {
  return silentDatabase([
    {
      transformQuery({ node }) {
        onQuery(node);
        return node;
      },
      transformResult: async ({ result }) => result,
    },
  ]);
}

function note(found: Map<string, DescribedTable>, node: RootOperationNode): void {
  if (node.kind === "CreateTableNode") {
    const table = created(node);
    // The table of the migrations is asked for by each of them.
    if (!found.has(table.name)) found.set(table.name, table);
  } else if (node.kind === "AlterTableNode") {
    const name = node.table.table.identifier.name;
    const before = found.get(name);
    if (before === undefined) throw new Error(`${name} is altered before it is created`);
    const columns = before.columns.concat(added(node)).filter(isFirstOfName);
    found.set(name, { ...before, columns });
  } else if (!changesNoTable.includes(node.kind)) {
    throw new Error(`what a ${node.kind} does to a table is not described`);
  }
}

const changesNoTable = ["SelectQueryNode", "InsertQueryNode", "UpdateQueryNode", "DeleteQueryNode"];

const isFirstOfName = ({ name }: DescribedColumn, at: number, all: readonly DescribedColumn[]): boolean =>
  all.findIndex((column) => column.name === name) === at;

function created({ table, columns, constraints = [] }: CreateTableNode): DescribedTable {
  const primaryKey: string[] = [];
  const uniques: string[][] = [];
  const foreignKeys: DescribedReference[] = [];
  for (const constraint of constraints) {
    if (constraint.kind === "PrimaryKeyConstraintNode") primaryKey.push(...namesOf(constraint.columns));
    else if (constraint.kind === "UniqueConstraintNode") uniques.push(namesOf(constraint.columns));
    else if (constraint.kind === "ForeignKeyConstraintNode") {
      const target = constraint.references.table.table.identifier.name;
      for (const column of namesOf(constraint.columns)) foreignKeys.push({ column, table: target });
    }
  }
  const described = columns.map(describeColumn);
  return { name: table.table.identifier.name, columns: described, primaryKey, uniques, foreignKeys };
}

function added({ columnAlterations = [] }: AlterTableNode): DescribedColumn[] {
  if (columnAlterations.length === 0) throw new Error("an alteration of more than columns is not described");
  return columnAlterations.map((alteration) => {
    if (alteration.kind === "AddColumnNode") return describeColumn((alteration as AddColumnNode).column);
    throw new Error(`what a ${alteration.kind} does to a column is not described`);
  });
}

const namesOf = (columns: readonly { readonly column: { readonly name: string } }[]): string[] =>
  columns.map(({ column }) => column.name);

function describeColumn({ column, dataType, notNull, defaultTo }: ColumnDefinitionNode): DescribedColumn {
  const kind = kinds.find((one) => one === rawText(dataType));
  if (kind === undefined) throw new Error(`column ${column.column.name} has a type of its own`);
  const value = defaultTo?.defaultValue;
  return {
    name: column.column.name,
    kind,
    isNullable: notNull !== true,
    default: value !== undefined && ValueNode.is(value) ? value.value : undefined,
  };
}

const rawText = (node: OperationNode): string => (RawNode.is(node) ? node.sqlFragments.join("") : "");
