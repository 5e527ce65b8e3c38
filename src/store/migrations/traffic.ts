import type { MigrationContext, MigrationStep } from "./migration.ts";

/** Processes note how the calls of items went. Those that do not know the table count nothing. */
export function traffic({ dialect, tables }: MigrationContext): MigrationStep {
  const { columns } = dialect;
  return {
    compatible: true,
    async up(db) {
      await db.schema
        .createTable(tables.traffic)
        .ifNotExists()
        .addColumn("namespace", columns.name, (column) => column.notNull())
        .addColumn("type_id", columns.id, (column) => column.notNull())
        .addColumn("item_id", columns.id, (column) => column.notNull())
        .addColumn("unit", columns.word, (column) => column.notNull())
        .addColumn("starts_at", columns.bigint, (column) => column.notNull())
        .addColumn("writer", columns.id, (column) => column.notNull())
        .addColumn("calls", columns.bigint, (column) => column.notNull())
        .addColumn("failures", columns.bigint, (column) => column.notNull())
        .addColumn("rescued", columns.bigint, (column) => column.notNull())
        .addColumn("details", columns.text, (column) => column.notNull())
        .addColumn("written_at", columns.bigint, (column) => column.notNull())
        .addPrimaryKeyConstraint(`${tables.prefix}traffic_pk`, [
          ...(["namespace", "type_id", "unit", "item_id"] as const),
          ...(["starts_at", "writer"] as const),
        ])
        // By time, for what is put together and pruned.
        .addUniqueConstraint(`${tables.prefix}traffic_time`, [
          ...(["namespace", "unit", "starts_at"] as const),
          ...(["type_id", "item_id", "writer"] as const),
        ])
        .execute();
    },
    async down(db) {
      await db.schema.dropTable(tables.traffic).ifExists().execute();
    },
  };
}
