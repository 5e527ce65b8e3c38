import { type KyselyPlugin, QueryNode, SelectModifierNode, SelectQueryNode, sql } from "kysely";
import type { StoreDialect } from "../dialect.ts";
import { DatabaseSettingError } from "../errors.ts";
import { inTransaction } from "../in-transaction.ts";
import { schemaOf } from "../schema.ts";
import { mysqlMeaning, noAutocommit } from "./mysql-errors.ts";
import { mysqlWriting } from "./mysql-writing.ts";
import { safeValues } from "./safe-values.ts";

/**
 * Under "repeatable read", MySQL's default, a transaction writes to rows as they are now and reads them as they
 * were when it began, unless it locks what it reads.
 */
const lockingReads: KyselyPlugin = {
  transformQuery: ({ node }) =>
    SelectQueryNode.is(node) && !node.endModifiers?.some(({ modifier }) => modifier === "ForUpdate")
      ? QueryNode.cloneWithEndModifier(node, SelectModifierNode.create("ForUpdate"))
      : node,
  transformResult: async ({ result }) => result,
};

/** A name like this is the whole server's, not the database's. It has 64 characters at most. */
const lockOf = (name: string) => sql`sha2(concat_ws(' ', database(), ${name}), 256)`;

const mysql = { meaningOf: mysqlMeaning };
const beginRead = ["set transaction isolation level repeatable read, read only", "begin"];

export const mysqlDialect: StoreDialect = {
  name: "mysql",
  migratesOnOpen: false,
  pollIntervalMs: 850,
  hasOneWriter: false,
  hasSchemas: true,
  defaultSchema: undefined,
  keepsPlans: false,
  upsert: "on duplicate key",
  columns: {
    id: sql`varchar(36) character set ascii collate ascii_bin`,
    name: sql`varchar(100) character set utf8mb4 collate utf8mb4_bin`,
    key: sql`varchar(200) character set utf8mb4 collate utf8mb4_bin`,
    word: sql`varchar(32) character set ascii collate ascii_bin`,
    text: sql`longtext character set utf8mb4 collate utf8mb4_bin`,
    integer: sql`integer`,
    bigint: sql`bigint`,
  },
  // Not unix_timestamp(): it depends on the connection's time zone, whose hours come twice when summer ends.
  time: {
    ms: sql`timestampdiff(microsecond, '1970-01-01 00:00:00', utc_timestamp(3)) div 1000`,
    iso: sql`concat(left(date_format(utc_timestamp(3), '%Y-%m-%dT%H:%i:%s.%f'), 23), 'Z')`,
  },
  plugin: safeValues,
  ...mysqlWriting,
  read: (db, work) => inTransaction(db, mysql, beginRead, work),
  // DDL commits by itself here, so the lock is the connection's, and every migration can be run again.
  tryToMigrate: (db, name, work) =>
    db.connection().execute(async (connection) => {
      const { rows } = await sql<{ locked: unknown; current: unknown }>`
        select get_lock(${lockOf(name)}, 0) as locked, @@lock_wait_timeout as current`.execute(connection);
      if (Number(rows[0]?.locked) !== 1) return undefined;
      try {
        await sql`set session lock_wait_timeout = 5`.execute(connection);
        return { value: await work(connection) };
      } finally {
        // The connection may be the application's.
        const limit = sql.lit(Number(rows[0]?.current));
        await sql`set session lock_wait_timeout = ${limit}`.execute(connection).catch(() => undefined);
        await sql`select release_lock(${lockOf(name)})`.execute(connection).catch(() => undefined);
      }
    }),
  // The catalogue shows nothing of a table to who has no right to it: the table itself says which it is.
  async findTable(db, table) {
    try {
      await db
        .selectFrom(table as "plugbay_revision")
        .select(sql`1`.as("current"))
        .limit(sql.lit(1))
        .execute();
      return "there";
    } catch (error) {
      const kind = mysqlMeaning(error)?.kind;
      if (kind === "forbidden") return "hidden";
      if (kind === "missing-table" || kind === "missing-schema") return "missing";
      throw error;
    }
  },
  async hasColumn(db, table, column) {
    const query = sql`
      select 1 from information_schema.columns
      where table_schema = coalesce(${schemaOf(db) ?? null}, database()) and table_name = ${table} and column_name = ${column}`;
    return (await query.execute(db)).rows.length > 0;
  },
  async checkSettings(db, description) {
    const query = sql<Settings>`
      select @@character_set_results as charset, @@autocommit as commits,
        @@sql_select_limit = 18446744073709551615 as is_unlimited, @@completion_type as completion`;
    const [settings] = (await query.execute(db)).rows;
    const [setting, problem] = (settings && faultOf(settings)) ?? [];
    if (setting !== undefined && problem !== undefined) {
      throw new DatabaseSettingError(description, setting, problem);
    }
  },
  ...mysql,
  latest: (transaction) => transaction.withPlugin(lockingReads),
};

interface Settings {
  readonly charset: string | null;
  readonly commits: unknown;
  readonly is_unlimited: unknown;
  readonly completion: string;
}

/** The name of a setting under which plugbay would not do what it says, and why. */
function faultOf(settings: Settings): readonly [setting: string, problem: string] | undefined {
  const { charset, commits, is_unlimited, completion } = settings;
  if (charset !== null && charset !== "utf8mb4") {
    const problem =
      `it is ${charset}, in which texts would be read with characters missing; ` +
      `open the connections with the charset utf8mb4`;
    return ["character_set_results", problem];
  }
  if (Number(commits) === 0) return noAutocommit;
  if (Number(is_unlimited) === 0) {
    return ["sql_select_limit", "rows beyond it would be missing without a word; set it to DEFAULT"];
  }
  if (completion !== "NO_CHAIN") {
    const problem = `it is ${completion}, by which the end of a transaction is not the end of it; set it to NO_CHAIN`;
    return ["completion_type", problem];
  }
  return undefined;
}
