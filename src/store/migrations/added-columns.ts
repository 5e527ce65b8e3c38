import type { ColumnDefinitionBuilder, RawBuilder } from "kysely";
import type { MigrationContext, MigrationStep } from "./migration.ts";

const nullable = (column: ColumnDefinitionBuilder): ColumnDefinitionBuilder => column;

/**
 * A step that adds columns to a table, which code that does not know them may leave out. MySQL has no
 * `add column if not exists`, so it is asked first.
 */
export function addedColumns(
  { dialect }: MigrationContext,
  table: string,
  columns: Readonly<Record<string, RawBuilder<unknown>>>,
  define = nullable,
): MigrationStep {
  return {
    compatible: true,
    async up(db) {
      for (const [name, type] of Object.entries(columns)) {
        if (await dialect.hasColumn(db, table, name)) continue;
        await db.schema.alterTable(table).addColumn(name, type, define).execute();
      }
    },
    async down(db) {
      for (const name of Object.keys(columns)) {
        if (!(await dialect.hasColumn(db, table, name))) continue;
        await db.schema.alterTable(table).dropColumn(name).execute();
      }
    },
  };
}
