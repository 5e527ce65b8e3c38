import type { MigrationContext, MigrationStep } from "./migration.ts";

/**
 * Items say whether a file manages them. Processes that do not know the column neither read nor write it: what
 * they change of such an item, the next import changes back.
 */
export function managed({ dialect, tables }: MigrationContext): MigrationStep {
  const column = "managed";
  return {
    compatible: true,
    async up(db) {
      if (await dialect.hasColumn(db, tables.item, column)) return;
      await db.schema.alterTable(tables.item).addColumn(column, dialect.columns.word).execute();
    },
    async down(db) {
      if (!(await dialect.hasColumn(db, tables.item, column))) return;
      await db.schema.alterTable(tables.item).dropColumn(column).execute();
    },
  };
}
