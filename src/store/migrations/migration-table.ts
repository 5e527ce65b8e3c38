import type { AnyKysely } from "../any-kysely.ts";
import type { MigrationContext } from "./migration.ts";

/** 1 where code that does not know the migration may use the database all the same. */
const compatible = "compatible";

/** The table in which migrations note themselves; there before the first of them is looked up. */
export async function createMigrationTable(
  db: AnyKysely,
  { dialect, tables }: Pick<MigrationContext, "dialect" | "tables">,
): Promise<void> {
  await db.schema
    .createTable(tables.migration)
    .ifNotExists()
    .addColumn("name", dialect.columns.name, (column) => column.notNull())
    .addColumn("applied_at", dialect.columns.word, (column) => column.notNull())
    .addColumn(compatible, dialect.columns.integer)
    .addPrimaryKeyConstraint(`${tables.prefix}migration_pk`, ["name"])
    .execute();
  if (await dialect.hasColumn(db, tables.migration, compatible)) return;
  await db.schema.alterTable(tables.migration).addColumn(compatible, dialect.columns.integer).execute();
}
