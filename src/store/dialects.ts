import { mysqlDialect } from "./mysql/mysql-dialect.ts";
import { postgresDialect } from "./postgres/postgres-dialect.ts";
import { sqliteDialect } from "./sqlite/sqlite-dialect.ts";

/** The databases that the store supports, by name. */
export const dialects = { sqlite: sqliteDialect, postgres: postgresDialect, mysql: mysqlDialect };
