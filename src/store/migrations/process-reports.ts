import type { MigrationContext, MigrationStep } from "./migration.ts";

/**
 * Processes say what serves in them, and what is wrong with items. Those that do not know the columns leave them empty,
 * and read what failed from where it always was.
 */
export function processReports({ dialect, tables }: MigrationContext): MigrationStep {
  const { text, bigint } = dialect.columns;
  const columns = { serves: text, troubles: text, report_mark: bigint };
  return {
    compatible: true,
    async up(db) {
      for (const [name, type] of Object.entries(columns)) {
        if (await dialect.hasColumn(db, tables.process, name)) continue;
        await db.schema.alterTable(tables.process).addColumn(name, type).execute();
      }
    },
    async down(db) {
      for (const name of Object.keys(columns)) {
        if (!(await dialect.hasColumn(db, tables.process, name))) continue;
        await db.schema.alterTable(tables.process).dropColumn(name).execute();
      }
    },
  };
}
