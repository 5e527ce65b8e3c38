import type { MigrationContext, MigrationStep } from "./migration.ts";

/**
 * Items say for which version of their plugin's code their config was written. Processes of 0.1.0, which do
 * not know the column, write version 1. MySQL has no `add column if not exists`, so that is asked first.
 */
export function configVersion({ dialect, tables }: MigrationContext): MigrationStep {
  const column = "config_version";
  return {
    compatible: true,
    async up(db) {
      if (await dialect.hasColumn(db, tables.item, column)) return;
      await db.schema
        .alterTable(tables.item)
        .addColumn(column, dialect.columns.integer, (added) => added.notNull().defaultTo(1))
        .execute();
    },
    async down(db) {
      if (!(await dialect.hasColumn(db, tables.item, column))) return;
      await db.schema.alterTable(tables.item).dropColumn(column).execute();
    },
  };
}
