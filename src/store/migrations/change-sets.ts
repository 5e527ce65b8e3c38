import { newUuid } from "../uuid.ts";
import type { MigrationContext, MigrationStep } from "./migration.ts";

/**
 * Each change gets a row with a random id, which the revision that it made carries too: by it a copy of the
 * database is told from another at the same revision, and a change whose answer was lost is found. `origin` is made
 * with a namespace's first row and kept by its copies. Processes say by the database's time until when they count
 * as alive. What is new may be null, so that processes without this code go on writing.
 */
export function changeSets({ dialect, tables }: MigrationContext): MigrationStep {
  const { columns } = dialect;
  const { prefix } = tables;
  const added = [
    [tables.revision, "revision_id", columns.id],
    [tables.revision, "origin", columns.id],
    [tables.process, "expires_at", columns.bigint],
  ] as const;
  return {
    compatible: true,
    async up(db) {
      await db.schema
        .createTable(tables.change)
        .ifNotExists()
        .addColumn("id", columns.id, (column) => column.notNull())
        .addColumn("namespace", columns.name, (column) => column.notNull())
        .addColumn("revision", columns.bigint, (column) => column.notNull())
        .addColumn("changed", columns.integer, (column) => column.notNull())
        .addColumn("change_key", columns.key)
        .addColumn("request", columns.name)
        .addColumn("created_at", columns.word, (column) => column.notNull())
        .addPrimaryKeyConstraint(`${prefix}change_pk`, ["id"])
        .addUniqueConstraint(`${prefix}change_key`, ["namespace", "change_key"])
        .execute();
      for (const [table, column, type] of added) {
        if (await dialect.hasColumn(db, table, column)) continue;
        await db.schema.alterTable(table).addColumn(column, type).execute();
      }
      const known = await db
        .selectFrom(tables.revision)
        .select("namespace")
        .where("origin", "is", null)
        .execute();
      for (const { namespace } of known) {
        await db
          .updateTable(tables.revision)
          .set({ origin: newUuid(), revision_id: newUuid() })
          .where("namespace", "=", namespace)
          .execute();
      }
    },
    async down(db) {
      for (const [table, column] of added) {
        if (!(await dialect.hasColumn(db, table, column))) continue;
        await db.schema.alterTable(table).dropColumn(column).execute();
      }
      await db.schema.dropTable(tables.change).ifExists().execute();
    },
  };
}
