import { sql } from "kysely";
import type { StoreDialect } from "../dialect.ts";
import { inTransaction } from "../in-transaction.ts";
import { schemaOf } from "../schema.ts";
import { postgresMeaning } from "./postgres-errors.ts";
import { postgresWriting } from "./postgres-writing.ts";

const postgres = { meaningOf: postgresMeaning };

export const postgresDialect: StoreDialect = {
  name: "postgres",
  migratesOnOpen: false,
  pollIntervalMs: 850,
  hasOneWriter: false,
  hasSchemas: true,
  defaultSchema: "public",
  keepsPlans: true,
  packed: (table) => sql`cast(to_json(${sql.ref(table)}) as text)`,
  upsert: "on conflict",
  columns: {
    id: sql`varchar(36) collate "C"`,
    name: sql`varchar(100) collate "C"`,
    key: sql`varchar(200) collate "C"`,
    word: sql`varchar(32) collate "C"`,
    text: sql`text`,
    integer: sql`integer`,
    bigint: sql`bigint`,
  },
  time: {
    ms: sql`cast(extract(epoch from clock_timestamp()) * 1000 as bigint)`,
    iso: sql`to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
  },
  ...postgresWriting,
  read: (db, work) =>
    inTransaction(db, postgres, ["start transaction isolation level repeatable read read only"], work),
  tryToMigrate: (db, name, work) =>
    inTransaction(db, postgres, ["start transaction isolation level read committed"], async (transaction) => {
      const { rows } = await sql<{ locked: unknown }>`
        select case when pg_try_advisory_xact_lock(hashtext(${name})) then 1 else 0 end as locked,
          set_config('lock_timeout', '5s', true) as current,
          set_config('statement_timeout', '0', true) as completion`.execute(transaction);
      return Number(rows[0]?.locked) === 1 ? { value: await work(transaction) } : undefined;
    }),
  // Without a right to a schema of the search path, PostgreSQL says that there are no tables in it. The catalogue has them.
  async findTable(db, table) {
    const schema = schemaOf(db) ?? null;
    const { rows } = await sql<{ current: unknown }>`
      select case when to_regclass(concat_ws('.', quote_ident(${schema}), quote_ident(${table}))) is null then 0 else 1 end as current
      from pg_class join pg_namespace on pg_namespace.oid = relnamespace
      where relname = ${table} and nspname = any(
        select replace(trim(both ' "' from name), '$user', current_user)
        from unnest(string_to_array(coalesce(${schema}, current_setting('search_path')), ',')) as name)`.execute(
      db,
    );
    if (rows.length === 0) return "missing";
    return rows.some(({ current }) => Number(current) === 1) ? "there" : "hidden";
  },
  async hasColumn(db, table, column) {
    const schema = schemaOf(db) ?? null;
    const query = sql`
      select 1 from pg_attribute
      where attrelid = to_regclass(concat_ws('.', quote_ident(${schema}), quote_ident(${table})))
        and attname = ${column} and not attisdropped`;
    return (await query.execute(db)).rows.length > 0;
  },
  // A transaction that began before the last change cannot raise the revision: 40001, under "repeatable read".
  latest: (transaction) => transaction,
  ...postgres,
};
