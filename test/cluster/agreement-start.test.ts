import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { databaseKinds } from "../store/database-kinds.ts";
import { closeAll, openAll, smallSetup } from "./harness/cluster.ts";
import { Member } from "./harness/member.ts";
import { waitFor } from "./harness/wait-for.ts";

const processes = 20;
const readsPerProcess = 3;

let members: Member[];

beforeAll(async () => {
  members = await Member.startSome(processes);
}, 120_000);

afterAll(() => Promise.all(members.map((member) => member.stop())));

describe.each(databaseKinds)("on $name", ({ dialect, absence, create }) => {
  test.skipIf(absence !== undefined)(
    `${processes} processes that start at once on an empty database all serve, nothing is there twice, and each ` +
      `reads the items at most ${readsPerProcess} times`,
    async () => {
      const empty = await create();
      const db = await empty.kysely();
      try {
        await openAll(members, smallSetup({ kind: dialect, url: empty.address }));
        const answers = await Promise.all(members.map((member) => member.ask("get", "type-0")));
        expect(new Set(answers.map(({ itemId }) => itemId)).size).toBe(1);
        for (const { itemId, revision } of answers) {
          expect(itemId).toBeDefined();
          expect(revision).toBe(1);
        }
        await closeAll(members);

        const rows = await db.selectFrom("plugbay_item").select(["type_id", "module", "name"]).execute();
        expect(rows).toHaveLength(21);
        expect(await db.selectFrom("plugbay_audit").selectAll().execute()).toHaveLength(24);
        if (dialect !== "postgres") return;
        // The server counts how often the table was read. A connection reports when it ends.
        await waitFor("the end of all connections", 30_000, async () => {
          const { rows: others } = await sql`
            select 1 from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
          `.execute(db);
          return others.length === 0;
        });
        const { rows: counts } = await sql<{ count: unknown }>`
          select seq_scan + coalesce(idx_scan, 0) as count from pg_stat_user_tables where relname = 'plugbay_item'
        `.execute(db);
        const reads = Number(counts[0]?.count);
        expect(reads).toBeGreaterThanOrEqual(processes);
        expect(reads).toBeLessThanOrEqual(processes * readsPerProcess);
      } finally {
        await db.destroy();
        await empty.drop();
      }
    },
    120_000,
  );
});
