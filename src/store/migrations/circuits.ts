import type { MigrationContext, MigrationStep } from "./migration.ts";

/**
 * Processes tell each other which items get no calls, and who may try one again. Those that do not know the table go by
 * what they find themselves.
 */
export function circuits({ dialect, tables }: MigrationContext): MigrationStep {
  const { columns } = dialect;
  return {
    compatible: true,
    async up(db) {
      await db.schema
        .createTable(tables.circuit)
        .ifNotExists()
        .addColumn("item_id", columns.id, (column) => column.notNull())
        .addColumn("namespace", columns.name, (column) => column.notNull())
        .addColumn("mark", columns.bigint, (column) => column.notNull())
        .addColumn("state", columns.text, (column) => column.notNull())
        .addColumn("expires_at", columns.bigint, (column) => column.notNull())
        .addPrimaryKeyConstraint(`${tables.prefix}circuit_pk`, ["item_id"])
        .execute();
    },
    async down(db) {
      await db.schema.dropTable(tables.circuit).ifExists().execute();
    },
  };
}
