import { sql } from "kysely";
import { expect, test } from "vitest";
import type { AnyKysely } from "../../src/store/any-kysely.ts";
import { type DescribedTable, describeTables, typesOf } from "../../src/store/described-tables.ts";
import { dialects } from "../../src/store/dialects.ts";
import { tableNames } from "../../src/store/table-names.ts";
import { onEveryDatabase } from "./test-database.ts";

/** A column as the database has it: its type as in the migrations, with all that is said of it. */
interface Column {
  readonly table: string;
  readonly name: string;
  readonly type: string;
  readonly isNullable: boolean;
  readonly default: string | null;
}

const catalogues = {
  sqlite: sql<Column>`
    select m.name as "table", c.name as name, lower(c.type) as type, c."notnull" = 0 as "isNullable",
      c.dflt_value as "default"
    from sqlite_schema m join pragma_table_info(m.name) c where m.type = 'table' order by m.name, c.cid`,
  postgres: sql<Column>`
    select c.table_name as "table", c.column_name as name,
      case when c.data_type = 'character varying' then 'varchar(' || c.character_maximum_length || ')'
        else c.data_type end || coalesce(' collate "' || c.collation_name || '"', '') as type,
      c.is_nullable = 'YES' as "isNullable", c.column_default as "default"
    from information_schema.columns c where c.table_schema = 'public' order by c.table_name, c.ordinal_position`,
  mysql: sql<Column>`
    select c.table_name as \`table\`, c.column_name as name,
      concat(case when c.data_type = 'int' then 'integer' when c.data_type = 'bigint' then 'bigint' else c.column_type end,
        coalesce(concat(' character set ', c.character_set_name, ' collate ', c.collation_name), '')) as type,
      c.is_nullable = 'YES' as isNullable, nullif(c.column_default, 'NULL') as \`default\`
    from information_schema.columns c where c.table_schema = database() order by c.table_name, c.ordinal_position`,
};

onEveryDatabase((home) => {
  const { dialect } = home.kind;

  test("the tables are described as the migrations make them, with every column, type and default", async () => {
    const described = await describeTables(tableNames());
    expect(await inCatalogue(await home.kysely())).toEqual(columnsOf(described));
  });

  test("a table is described by what it must have once, and by what it points at", async () => {
    const db = await home.kysely();
    const item = (await describeTables(tableNames())).find(({ name }) => name === "plugbay_item");
    expect(item?.primaryKey).toEqual(["id"]);
    expect(item?.foreignKeys).toEqual([{ column: "type_id", table: "plugbay_type" }]);
    for (const columns of [item?.primaryKey ?? [], ...(item?.uniques ?? [])]) {
      // A reference to columns is taken only where they are unique together.
      const child = `child_${columns.join("_")}`;
      const types = typesOf(dialects[dialect]);
      const typed = columns.map((name) => {
        const kind = item?.columns.find((column) => column.name === name)?.kind ?? "text";
        return `${name} ${types[kind]}`;
      });
      const key = `foreign key (${columns}) references plugbay_item (${columns})`;
      await sql.raw(`create table ${child} (${typed}, ${key})`).execute(db);
      await sql.raw(`delete from ${child}`).execute(db);
      await sql.raw(`drop table ${child}`).execute(db);
    }
    expect(item?.uniques).toHaveLength(2);
  });

  async function inCatalogue(db: AnyKysely): Promise<Column[]> {
    const { rows } = await catalogues[dialect].execute(db);
    return rows.map((row) => ({ ...row, isNullable: Boolean(row.isNullable) })).sort(byTable);
  }

  const columnsOf = (tables: readonly DescribedTable[]): Column[] =>
    tables
      .flatMap(({ name: table, columns }) =>
        columns.map(({ name, kind, isNullable, default: value }) => {
          const type = typesOf(dialects[dialect])[kind];
          return { table, name, type, isNullable, default: value === undefined ? null : String(value) };
        }),
      )
      .sort(byTable);
});

/** The order within a table is the one of its columns. */
const byTable = (a: Column, b: Column): number => Number(a.table > b.table) - Number(a.table < b.table);
