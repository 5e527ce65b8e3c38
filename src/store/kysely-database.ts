import { InvalidOptionError } from "../definition/errors.ts";
import { messageOf } from "../thrown.ts";
import type { AnyKysely } from "./any-kysely.ts";
import type { Database } from "./database.ts";
import type { StoreDialect } from "./dialect.ts";
import type { KyselyInstance } from "./kysely-instance.ts";
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

/** The database of an option that also takes a Kysely instance. @throws InvalidOptionError */
export function databaseOf(database: Database | KyselyInstance): Database {
  if (isKysely(database)) return kyselyDatabase(database);
  if (typeof database === "object" && database !== null && "connect" in database) return database;
  throw new InvalidOptionError(
    "database",
    database,
    "it is made by sqlite(), postgres() or mysql(), or is a Kysely instance",
  );
}

// Recognised by its methods, not its class: the application may have another copy of Kysely.
export function isKysely(value: unknown): value is AnyKysely {
  return typeof value === "object" && value !== null && "getExecutor" in value && "selectFrom" in value;
}

/** By the SQL that it writes: minifiers rename classes, and applications have dialects of their own. */
function dialectOf(db: AnyKysely): StoreDialect {
  const sql = sampleOf(db);
  const dialect = dialects[sql];
  if (dialect !== undefined) return dialect;
  throw new InvalidOptionError(
    "database",
    `a Kysely instance that writes ${sql}`,
    "its dialect is not one of SQLite, PostgreSQL, MySQL",
  );
}

function sampleOf(db: AnyKysely): string {
  try {
    return db.withoutPlugins().selectFrom("a").select("b").where("b", "=", 1).compile().sql;
  } catch (error) {
    return `no query (${messageOf(error)})`;
  }
}

const dialects: Readonly<Record<string, StoreDialect>> = {
  'select "b" from "a" where "b" = ?': sqliteDialect,
  'select "b" from "a" where "b" = $1': postgresDialect,
  "select `b` from `a` where `b` = ?": mysqlDialect,
};
