import { Kysely, PostgresDialect, sql } from "kysely";
import { openPlugbay } from "plugbay";
import { postgres } from "plugbay/postgres";
import { expect, inject, test } from "vitest";
import { freshPostgres } from "../servers/databases.ts";
import { postgresPool } from "../servers/postgres-pool.ts";
import { define } from "./harness/definitions.ts";
import { declare } from "./harness/setup.ts";
import { startPgbouncer } from "./proxy/pgbouncer.ts";

const postgresUrl = inject("postgresUrl");

test.skipIf(postgresUrl === null)(
  "behind PgBouncer in transaction mode the tables are in the schema that is named, and transactions are joined",
  async ({ skip }) => {
    const database = await freshPostgres(postgresUrl ?? "");
    const pooler = await startPgbouncer(database.url);
    if (typeof pooler === "string") {
      await database.drop();
      if (process.env.CI === "true") throw new Error(pooler);
      return skip(pooler);
    }
    const { types, plugins } = define(declare(1, 2));
    const definitions = [...types.values(), ...plugins];
    const pool = postgresPool({ connectionString: pooler.url });
    const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
    try {
      await sql`create schema ops`.execute(db);
      const schemas = [postgres(pooler.url, { schema: "ops" }), db.withSchema("ops")];
      for (const [index, source] of schemas.entries()) {
        const options = { migrate: true, push: false, namespace: `n${index}` } as const;
        const plugbay = await openPlugbay({ ...options, database: source, plugins: definitions });
        const [type] = types.values();
        const [item] = type ? plugbay.items(type) : [];
        await db.transaction().execute(async (transaction) => {
          await plugbay.control
            .in(transaction)
            .updateItem(item?.id ?? "", { priority: 9 }, { actor: "test" });
        });
        await plugbay.refresh();
        expect(plugbay.state).toMatchObject({ kind: "live", revision: 2 });
        await plugbay.close();
      }
      const { rows } = await sql<{ schema: string }>`
        select distinct table_schema as schema from information_schema.tables
        where table_name like 'plugbay%'`.execute(db);
      expect(rows).toEqual([{ schema: "ops" }]);
    } finally {
      await db.destroy();
      await pooler.stop();
      await database.drop();
    }
  },
  120_000,
);
