import type { MigrationContext, MigrationStep } from "./migration.ts";

/**
 * Items say whether an operator put them first for a while. Processes that do not know the column serve by status and
 * priority alone, and leave it as it is when they change the item. It is not called `lead`, which MySQL reserves.
 */
export function leads({ dialect, tables }: MigrationContext): MigrationStep {
  const column = "item_lead";
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
