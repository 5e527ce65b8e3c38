import { createHash } from "node:crypto";
import type { Clock } from "../time/clock.ts";
import type { Db, StoreDialect } from "./dialect.ts";
import { MigrationRequiredError, NewerDatabaseError, SchemaMissingError } from "./migration-errors.ts";
import { inMigrationTurn, type OnWait } from "./migration-turn.ts";
import { createMigrationTable } from "./migrations/migration-table.ts";
import { migrationNames, migrationsFor } from "./migrations/migrations.ts";
import { isLocked } from "./own-words.ts";
import { schemaOf } from "./schema.ts";
import type { TableNames } from "./table-names.ts";
import type { MigrationTable } from "./tables.ts";

export interface MigrateOptions {
  readonly clock: Clock;
  /** What to call the database in messages. */
  readonly description: string;
  readonly onWait: OnWait;
}

/**
 * Applies the migrations that the database lacks, one process at a time: others wait and find nothing
 * left to do. Returns the names of those it applied.
 *
 * @throws NewerDatabaseError, SchemaMissingError, MigrationBlockedError
 */
export async function migrate(
  db: Db,
  dialect: StoreDialect,
  tables: TableNames,
  options: MigrateOptions,
): Promise<string[]> {
  const { clock } = options;
  if ((await pendingMigrations(db, dialect, tables)).length === 0) return [];
  const schema = schemaOf(db);
  const work = async (connection: Db): Promise<string[]> => {
    const migrations = migrationsFor({ dialect, tables, clock });
    // Read again under the lock: another process may just have done the work. The table is made first,
    // because a failed read would spoil PostgreSQL's transaction.
    await createMigrationTable(connection, { dialect, tables }).catch((error: unknown) => {
      throw schema !== undefined && dialect.meaningOf(error)?.kind === "missing-schema"
        ? new SchemaMissingError(schema, error)
        : error;
    });
    const pending = await pendingMigrations(connection, dialect, tables);
    for (const name of pending) await migrations[name]?.up(connection);
    return pending;
  };
  return inMigrationTurn({
    ...options,
    attempt: () => dialect.tryToMigrate(db, lockName(tables, schema), work),
    isLocked: (error) => isLocked(dialect, error),
  });
}

/** By schema, so that installations do not wait for each other; and short enough for MySQL. */
const lockName = ({ prefix }: TableNames, schema: string | undefined): string =>
  schema === undefined
    ? `plugbay migrate ${prefix}`
    : `plugbay migrate ${createHash("sha256").update(`${schema}\u0000${prefix}`).digest("hex").slice(0, 24)}`;

/** @throws MigrationRequiredError, NewerDatabaseError */
export async function checkMigrated(db: Db, dialect: StoreDialect, tables: TableNames): Promise<void> {
  const pending = await pendingMigrations(db, dialect, tables);
  if (pending.length > 0) throw new MigrationRequiredError(pending);
}

/** The names of the migrations that the database lacks. @throws NewerDatabaseError */
export async function pendingMigrations(
  db: Db,
  dialect: StoreDialect,
  tables: TableNames,
): Promise<string[]> {
  const applied = await appliedMigrations(db, dialect, tables);
  const refusing = unknownOf(applied).filter(({ compatible }) => Number(compatible) !== 1);
  if (refusing.length > 0) throw new NewerDatabaseError(namesOf(refusing));
  const present = new Set(namesOf(applied));
  return migrationNames.filter((name) => !present.has(name));
}

/** The names of migrations that the database has and this code does not know. */
export async function newerMigrations(db: Db, dialect: StoreDialect, tables: TableNames): Promise<string[]> {
  return namesOf(unknownOf(await appliedMigrations(db, dialect, tables)));
}

type Applied = Pick<MigrationTable, "name" | "compatible">;

const unknownOf = (applied: readonly Applied[]): Applied[] =>
  applied.filter(({ name }) => !migrationNames.includes(name));

const namesOf = (applied: readonly Applied[]): string[] => applied.map(({ name }) => name);

async function appliedMigrations(db: Db, dialect: StoreDialect, tables: TableNames): Promise<Applied[]> {
  try {
    // All columns: a table of the first version does not have "compatible", and could not be asked for it.
    return await db.selectFrom(tables.migration).selectAll().orderBy("name").execute();
  } catch (error) {
    const kind = dialect.meaningOf(error)?.kind;
    if (kind !== "missing-table" && kind !== "missing-schema") throw error;
    if ((await dialect.findTable(db, tables.migration)) === "hidden") throw error;
    return [];
  }
}
