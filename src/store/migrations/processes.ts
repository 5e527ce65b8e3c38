import type { Migration, MigrationContext } from "./migration.ts";

/** The table of the processes that are alive. */
export function processes({ dialect: { columns }, tables }: MigrationContext): Migration {
  return {
    async up(db) {
      await db.schema
        .createTable(tables.process)
        .ifNotExists()
        .addColumn("id", columns.id, (column) => column.notNull())
        .addColumn("namespace", columns.name, (column) => column.notNull())
        .addColumn("host", columns.text, (column) => column.notNull())
        .addColumn("pid", columns.integer, (column) => column.notNull())
        .addColumn("version", columns.text, (column) => column.notNull())
        .addColumn("state", columns.word, (column) => column.notNull())
        .addColumn("transport", columns.word, (column) => column.notNull())
        .addColumn("revision", columns.bigint, (column) => column.notNull())
        .addColumn("plugins", columns.text, (column) => column.notNull())
        .addColumn("failures", columns.text, (column) => column.notNull())
        .addColumn("started_at", columns.word, (column) => column.notNull())
        .addColumn("seen_at", columns.word, (column) => column.notNull())
        .addPrimaryKeyConstraint(`${tables.prefix}process_pk`, ["id"])
        .execute();
    },
    async down(db) {
      await db.schema.dropTable(tables.process).ifExists().execute();
    },
  };
}
