import { sql } from "kysely";
import type { AnyKysely } from "../../src/store/any-kysely.ts";
import type { DatabaseKind } from "../store/database-kinds.ts";
import { waitFor } from "./harness/wait-for.ts";

/** How often all processes together read the items of a database, as its server saw it. */
export interface ReadsOfItems {
  /** To be called before anything is read. */
  begin(db: AnyKysely): Promise<void>;
  /** To be called when all have closed. */
  count(db: AnyKysely): Promise<number>;
}

/** The servers that count. A file has no server to tell. */
export const readsOfItems: Partial<Record<DatabaseKind["dialect"], ReadsOfItems>> = {
  postgres: {
    // It counts the reads of every table, always.
    begin: async () => undefined,
    async count(db) {
      // A connection reports when it ends.
      await waitFor("the end of all connections", 30_000, async () => {
        const { rows: others } = await sql`
          select 1 from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
        `.execute(db);
        return others.length === 0;
      });
      const { rows } = await sql<{ count: unknown }>`
        select seq_scan + coalesce(idx_scan, 0) as count from pg_stat_user_tables where relname = 'plugbay_item'
      `.execute(db);
      return Number(rows[0]?.count);
    },
  },
  mysql: {
    async begin(db) {
      await sql`set global log_output = 'TABLE'`.execute(db);
      await sql`truncate table mysql.general_log`.execute(db);
      await sql`set global general_log = on`.execute(db);
    },
    async count(db) {
      await sql`set global general_log = off`.execute(db);
      const { rows } = await sql<{ count: unknown }>`
        select count(*) as count from mysql.general_log where argument like 'select %from \`plugbay_item\`%'
      `.execute(db);
      return Number(rows[0]?.count);
    },
  },
};
