import type { MigrationContext, MigrationStep } from "./migration.ts";

/**
 * Items say whether an operator put them aside. Processes that do not know the column serve a held item as before, and
 * leave the hold as it is when they change the item.
 */
export function holds({ dialect, tables }: MigrationContext): MigrationStep {
  const column = "hold";
  return {
    compatible: true,
    async up(db) {
      if (await dialect.hasColumn(db, tables.item, column)) return;
      await db.schema.alterTable(tables.item).addColumn(column, dialect.columns.text).execute();
    },
    async down(db) {
      if (!(await dialect.hasColumn(db, tables.item, column))) return;
      await db.schema.alterTable(tables.item).dropColumn(column).execute();
    },
  };
}
