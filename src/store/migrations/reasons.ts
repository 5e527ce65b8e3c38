import type { MigrationContext, MigrationStep } from "./migration.ts";

/**
 * The history says why a change was made, where somebody said so. Processes that do not know the column go on writing
 * entries without a reason.
 */
export function reasons({ dialect, tables }: MigrationContext): MigrationStep {
  const column = "reason";
  return {
    compatible: true,
    async up(db) {
      if (await dialect.hasColumn(db, tables.audit, column)) return;
      await db.schema.alterTable(tables.audit).addColumn(column, dialect.columns.text).execute();
    },
    async down(db) {
      if (!(await dialect.hasColumn(db, tables.audit, column))) return;
      await db.schema.alterTable(tables.audit).dropColumn(column).execute();
    },
  };
}
