import type { MigrationContext, MigrationStep } from "./migration.ts";

/**
 * The namespace's row says by which revisions it came to the present one. Processes that do not know the column leave it
 * as it is, and it then says that it is not about their revision.
 */
export function trail({ dialect, tables }: MigrationContext): MigrationStep {
  const column = "trail";
  return {
    compatible: true,
    async up(db) {
      if (await dialect.hasColumn(db, tables.revision, column)) return;
      await db.schema.alterTable(tables.revision).addColumn(column, dialect.columns.text).execute();
    },
    async down(db) {
      if (!(await dialect.hasColumn(db, tables.revision, column))) return;
      await db.schema.alterTable(tables.revision).dropColumn(column).execute();
    },
  };
}
