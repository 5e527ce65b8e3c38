import { sql } from "kysely";
import type { StoreDialect } from "../dialect.ts";
import { schemaOf } from "../schema.ts";
import { postgresMeaning } from "./postgres-errors.ts";
import { postgresWriting } from "./postgres-writing.ts";

export const postgresDialect: StoreDialect = {
  name: "postgres",
  migratesOnOpen: false,
  pollIntervalMs: 1_000,
  hasSchemas: true,
  defaultSchema: "public",
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
    db.transaction().setIsolationLevel("repeatable read").setAccessMode("read only").execute(work),
  lockMigrations: (db, name, work) =>
    db
      .transaction()
      .setIsolationLevel("read committed")
      .execute(async (transaction) => {
        await sql`select pg_advisory_xact_lock(hashtext(${name}))`.execute(transaction);
        return work(transaction);
      }),
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
  meaningOf: postgresMeaning,
};
