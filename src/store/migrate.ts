import { MigrationRequiredError, NewerDatabaseError } from "../errors.ts";
import type { Db, StoreDialect } from "./dialect.ts";
import { createMigrationTable } from "./migrations/migration-table.ts";
import { migrationNames, migrationsFor } from "./migrations/migrations.ts";
import type { TableNames } from "./table-names.ts";

/**
 * Applies the migrations that the database lacks, one process at a time: others wait and find nothing
 * left to do. Returns the names of those it applied.
 *
 * @throws NewerDatabaseError
 */
export async function migrate(db: Db, dialect: StoreDialect, tables: TableNames): Promise<string[]> {
  if ((await pendingMigrations(db, dialect, tables)).length === 0) return [];
  return dialect.lockMigrations(db, `plugbay migrate ${tables.prefix}`, async (connection) => {
    const migrations = migrationsFor({ dialect, tables });
    // Read again under the lock: another process may just have done the work. The table is made first,
    // because a failed read would spoil PostgreSQL's transaction.
    await createMigrationTable(connection, { dialect, tables });
    const pending = await pendingMigrations(connection, dialect, tables);
    for (const name of pending) await migrations[name]?.up(connection);
    return pending;
  });
}

/** @throws MigrationRequiredError, NewerDatabaseError */
export async function checkMigrated(db: Db, dialect: StoreDialect, tables: TableNames): Promise<void> {
  const pending = await pendingMigrations(db, dialect, tables);
  if (pending.length > 0) throw new MigrationRequiredError(pending);
}

/** The names of the migrations that the database lacks. */
export async function pendingMigrations(
  db: Db,
  dialect: StoreDialect,
  tables: TableNames,
): Promise<string[]> {
  const applied = new Set(await appliedMigrations(db, dialect, tables));
  const unknown = [...applied].filter((name) => !migrationNames.includes(name));
  if (unknown.length > 0) throw new NewerDatabaseError(unknown);
  return migrationNames.filter((name) => !applied.has(name));
}

async function appliedMigrations(db: Db, dialect: StoreDialect, tables: TableNames): Promise<string[]> {
  try {
    const rows = await db.selectFrom(tables.migration).select("name").orderBy("name").execute();
    return rows.map((row) => row.name);
  } catch (error) {
    if (dialect.isMissingTable(error)) return [];
    throw error;
  }
}
