import { InvalidOptionError } from "../errors.ts";
import type { AnyKysely } from "./any-kysely.ts";
import type { Database } from "./database.ts";
import type { StoreDialect } from "./dialect.ts";
import { mysqlDialect } from "./mysql/mysql-dialect.ts";
import { postgresDialect } from "./postgres/postgres-dialect.ts";
import { checkSchema, schemaOf } from "./schema.ts";
import { sqliteDialect } from "./sqlite/sqlite-dialect.ts";

/** A Kysely instance that the application has, with its schema. It is left open when plugbay closes. */
export function kyselyDatabase(db: AnyKysely): Database {
  const dialect = dialectOf(db);
  return {
    description: `${dialect.name} database of a Kysely instance`,
    dialect,
    schema: checkSchema(dialect, "database", schemaOf(db)),
    connect: async () => ({ db, isBorrowed: true, close: async () => undefined }),
  };
}

/** The database of an option that also takes a Kysely instance. */
export const databaseOf = (database: Database | AnyKysely): Database =>
  isKysely(database) ? kyselyDatabase(database) : database;

// Recognised by its methods, not its class: the application may have another copy of Kysely.
export function isKysely(value: unknown): value is AnyKysely {
  return typeof value === "object" && value !== null && "getExecutor" in value && "selectFrom" in value;
}

function dialectOf(db: AnyKysely): StoreDialect {
  const adapter = db.getExecutor().adapter.constructor.name;
  if (/sqlite/i.test(adapter)) return sqliteDialect;
  if (/postgres/i.test(adapter)) return postgresDialect;
  if (/mysql/i.test(adapter)) return mysqlDialect;
  throw new InvalidOptionError(
    "database",
    adapter,
    "its Kysely dialect is none of SQLite, PostgreSQL, MySQL",
  );
}
