import { sql } from "kysely";
import type { MigrationContext, MigrationStep } from "./migration.ts";
import { createMigrationTable } from "./migration-table.ts";

/**
 * The tables of 0.1.0. Every statement may be run again: MySQL keeps what a killed migration had done.
 * Secondary indexes are unique constraints of their table for the same reason: MySQL has no
 * `create index if not exists`.
 */
export function initial(context: MigrationContext): MigrationStep {
  const { tables } = context;
  const { columns } = context.dialect;
  const { prefix } = tables;
  return {
    compatible: false,
    async up(db) {
      await createMigrationTable(db, context);

      await db.schema
        .createTable(tables.revision)
        .ifNotExists()
        .addColumn("namespace", columns.name, (column) => column.notNull())
        .addColumn("revision", columns.bigint, (column) => column.notNull())
        .addPrimaryKeyConstraint(`${prefix}revision_pk`, ["namespace"])
        .execute();

      await db.schema
        .createTable(tables.type)
        .ifNotExists()
        .addColumn("id", columns.id, (column) => column.notNull())
        .addColumn("namespace", columns.name, (column) => column.notNull())
        .addColumn("manager", columns.name, (column) => column.notNull())
        .addColumn("name", columns.name, (column) => column.notNull())
        .addColumn("description", columns.text, (column) => column.notNull())
        .addColumn("aliases", columns.text)
        .addColumn("retired_at", columns.word)
        .addColumn("revision", columns.bigint, (column) => column.notNull())
        .addColumn("created_at", columns.word, (column) => column.notNull())
        .addColumn("updated_at", columns.word, (column) => column.notNull())
        .addPrimaryKeyConstraint(`${prefix}type_pk`, ["id"])
        .addUniqueConstraint(`${prefix}type_identity`, ["namespace", "manager", "name"])
        .addUniqueConstraint(`${prefix}type_changes`, ["namespace", "revision", "id"])
        .execute();

      await db.schema
        .createTable(tables.item)
        .ifNotExists()
        .addColumn("id", columns.id, (column) => column.notNull())
        .addColumn("type_id", columns.id, (column) => column.notNull())
        .addColumn("namespace", columns.name, (column) => column.notNull())
        .addColumn("module", columns.name, (column) => column.notNull())
        .addColumn("name", columns.name, (column) => column.notNull())
        .addColumn("label", columns.name, (column) => column.notNull())
        .addColumn("aliases", columns.text)
        .addColumn("status", columns.word, (column) => column.notNull())
        .addColumn("priority", columns.integer, (column) => column.notNull())
        .addColumn("description", columns.text, (column) => column.notNull())
        .addColumn("config", columns.text)
        .addColumn("version", columns.integer, (column) => column.notNull())
        .addColumn("revision", columns.bigint, (column) => column.notNull())
        .addColumn("retired_at", columns.word)
        .addColumn("retired_by", columns.word)
        .addColumn("created_at", columns.word, (column) => column.notNull())
        .addColumn("updated_at", columns.word, (column) => column.notNull())
        .addPrimaryKeyConstraint(`${prefix}item_pk`, ["id"])
        .addUniqueConstraint(`${prefix}item_identity`, ["type_id", "module", "name", "label"])
        .addUniqueConstraint(`${prefix}item_changes`, ["namespace", "revision", "id"])
        .addForeignKeyConstraint(`${prefix}item_type`, ["type_id"], tables.type, ["id"])
        // For rows edited by hand: nothing else writes what these refuse.
        .addCheckConstraint(`${prefix}item_status`, sql`status in ('active', 'reserve', 'disable')`)
        .addCheckConstraint(`${prefix}item_priority`, sql`priority between -32768 and 32767`)
        .execute();

      await db.schema
        .createTable(tables.audit)
        .ifNotExists()
        .addColumn("namespace", columns.name, (column) => column.notNull())
        .addColumn("revision", columns.bigint, (column) => column.notNull())
        .addColumn("position", columns.integer, (column) => column.notNull())
        .addColumn("entity", columns.word, (column) => column.notNull())
        .addColumn("entity_id", columns.id, (column) => column.notNull())
        .addColumn("type_id", columns.id, (column) => column.notNull())
        .addColumn("action", columns.word, (column) => column.notNull())
        .addColumn("actor", columns.text)
        .addColumn("source", columns.word, (column) => column.notNull())
        .addColumn("before", columns.text)
        .addColumn("after", columns.text)
        .addColumn("at", columns.word, (column) => column.notNull())
        .addPrimaryKeyConstraint(`${prefix}audit_pk`, ["namespace", "revision", "position"])
        .addUniqueConstraint(`${prefix}audit_entity`, ["entity_id", "namespace", "revision", "position"])
        .execute();

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
        .addPrimaryKeyConstraint(`${prefix}process_pk`, ["id"])
        .execute();
    },
    async down(db) {
      for (const table of [
        tables.process,
        tables.audit,
        tables.item,
        tables.type,
        tables.revision,
        tables.migration,
      ]) {
        await db.schema.dropTable(table).ifExists().execute();
      }
    },
  };
}
