import type { Migration, MigrationContext } from "./migration.ts";

/** The former identities of renamed types and items. */
export function aliases({ dialect: { columns }, tables }: MigrationContext): Migration {
  const altered = [tables.type, tables.item];
  return {
    async up(db) {
      for (const table of altered) {
        await db.schema.alterTable(table).addColumn("aliases", columns.text).execute().catch(unlessThere);
      }
    },
    async down(db) {
      for (const table of altered) await db.schema.alterTable(table).dropColumn("aliases").execute();
    },
  };
}

/** Where DDL is no part of a transaction, a migration that was killed may have added the column. */
function unlessThere(error: unknown): void {
  if (!(error instanceof Error && /duplicate column name/i.test(error.message))) throw error;
}
