import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { agreeOn, closeAll, openAll, smallSetup, untilTransport } from "./harness/cluster.ts";
import { type ClusterKind, clusterKinds } from "./harness/cluster-kinds.ts";
import { Member } from "./harness/member.ts";
import { waitFor } from "./harness/wait-for.ts";

const bound = 20_000;

/** How many transactions wait for a lock. SQLite does not tell. */
const waiting: Partial<Record<ClusterKind["database"]["dialect"], string>> = {
  postgres:
    "select count(*) as count from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
  mysql: "select count(*) as count from information_schema.innodb_trx where trx_state = 'LOCK WAIT'",
};

let members: Member[];

beforeAll(async () => {
  members = await Member.startSome(3);
}, 60_000);

afterAll(() => Promise.all(members.map((member) => member.stop())));

describe.each(clusterKinds)("on $title", (kind) => {
  test.skipIf(kind.absence !== undefined)(
    "a transaction that took the revision first and commits late makes the next one wait, and within " +
      `${bound / 1_000} s no process misses either`,
    async () => {
      const { dialect } = kind.database;
      const empty = await kind.database.create();
      const db = await empty.kysely();
      try {
        const setup = smallSetup({ kind: dialect, url: empty.address }, kind.push);
        await openAll(members, setup);
        await untilTransport(members, kind.transport, bound);
        const [writer, ...others] = members as [Member, ...Member[]];
        const idOf = async (type: string, index: number) =>
          (await writer.ask("items", type))[index]?.id ?? "";
        const [early, late, next] = [
          await idOf("type-0", 0),
          await idOf("type-1", 0),
          await idOf("type-0", 1),
        ];
        const { revision: before } = await writer.ask("state");

        let isSettled = false;
        let update: Promise<unknown> = Promise.resolve();
        await db.connection().execute(async (connection) => {
          const namespace = setup.options?.namespace ?? "";
          await sql.raw(dialect === "sqlite" ? "begin immediate" : "begin").execute(connection);
          await connection
            .updateTable("plugbay_revision")
            .set({ revision: before + 1 })
            .where("namespace", "=", namespace)
            .execute();
          await connection
            .updateTable("plugbay_item")
            .set({ status: "disable", revision: before + 1 })
            .where("id", "=", early)
            .execute();
          update = writer.ask("updateItem", late, { status: "disable" }).finally(() => {
            isSettled = true;
          });
          update.catch(() => undefined);
          const question = waiting[dialect];
          if (question !== undefined) {
            await waitFor("a waiting transaction", bound, async () => {
              // MariaDB shows what it last saw to whoever asks again within 100 ms.
              await sleep(150);
              const { rows } = await sql.raw<{ count: unknown }>(question).execute(db);
              return Number(rows[0]?.count) > 0;
            });
          }
          // Each reads again while neither change is committed.
          for (const other of others) await other.ask("refresh");
          expect(isSettled).toBe(false);
          for (const other of others) expect((await other.ask("state")).revision).toBe(before);
          await sql`commit`.execute(connection);
        });

        expect(await update).toBe(before + 2);
        await agreeOn(members, "type-0", next, bound);
        await agreeOn(members, "type-1", await idOf("type-1", 0), bound);
        for (const member of members) {
          await member.until("both changes", bound, (state) => state.revision === before + 2);
          const [first] = await member.ask("items", "type-1");
          expect(first?.id).not.toBe(late);
        }
        await closeAll(members);
      } finally {
        await db.destroy();
        await empty.drop();
      }
    },
    120_000,
  );
});
