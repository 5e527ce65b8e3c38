import type { MigrationContext, MigrationStep } from "./migration.ts";

/**
 * One process of a fleet sends alerts, and keeps what it has found and told, so that the next one goes on from there.
 * Processes that do not know the tables send none.
 */
export function alerts({ dialect, tables }: MigrationContext): MigrationStep {
  const { columns } = dialect;
  const { prefix } = tables;
  return {
    compatible: true,
    async up(db) {
      for (const [table, name] of [
        [tables.attention, "attention"],
        [tables.alert, "alert"],
      ] as const) {
        await db.schema
          .createTable(table)
          .ifNotExists()
          .addColumn("id", columns.id, (column) => column.notNull())
          .addColumn("namespace", columns.name, (column) => column.notNull())
          .addColumn("mark", columns.bigint, (column) => column.notNull())
          .addColumn("state", columns.text, (column) => column.notNull())
          .addPrimaryKeyConstraint(`${prefix}${name}_pk`, ["id"])
          .execute();
      }
      await db.schema
        .createTable(tables.leader)
        .ifNotExists()
        .addColumn("namespace", columns.name, (column) => column.notNull())
        .addColumn("owner", columns.id, (column) => column.notNull())
        .addColumn("expires_at", columns.bigint, (column) => column.notNull())
        .addPrimaryKeyConstraint(`${prefix}leader_pk`, ["namespace"])
        .execute();
    },
    async down(db) {
      for (const table of [tables.leader, tables.alert, tables.attention])
        await db.schema.dropTable(table).ifExists().execute();
    },
  };
}
