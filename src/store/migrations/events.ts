import type { MigrationContext, MigrationStep } from "./migration.ts";

/** Processes note when something else serves in them, and when items fail and recover. Older ones note nothing. */
export function events({ dialect, tables }: MigrationContext): MigrationStep {
  const { columns } = dialect;
  return {
    compatible: true,
    async up(db) {
      await db.schema
        .createTable(tables.event)
        .ifNotExists()
        .addColumn("namespace", columns.name, (column) => column.notNull())
        .addColumn("type_id", columns.id, (column) => column.notNull())
        .addColumn("at", columns.bigint, (column) => column.notNull())
        .addColumn("id", columns.id, (column) => column.notNull())
        .addColumn("item_id", columns.id)
        .addColumn("process_id", columns.id, (column) => column.notNull())
        .addColumn("kind", columns.word, (column) => column.notNull())
        .addColumn("details", columns.text, (column) => column.notNull())
        .addPrimaryKeyConstraint(`${tables.prefix}event_pk`, ["namespace", "type_id", "at", "id"])
        // By time, for what is pruned.
        .addUniqueConstraint(`${tables.prefix}event_time`, ["namespace", "at", "id"])
        .execute();
    },
    async down(db) {
      await db.schema.dropTable(tables.event).ifExists().execute();
    },
  };
}
