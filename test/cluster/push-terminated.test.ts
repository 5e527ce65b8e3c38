import pg from "pg";
import { expect, inject, test } from "vitest";
import { freshPostgres } from "../servers/databases.ts";
import { agreeOn, closeAll, disableServing, openAll, smallSetup, untilTransport } from "./harness/cluster.ts";
import { Member } from "./harness/member.ts";

const postgresUrl = inject("postgresUrl");
const bound = 20_000;

test.skipIf(postgresUrl === null)(
  "when all listening connections are terminated, a change made meanwhile reaches every process, and each " +
    `listens again, within ${bound / 1_000} s`,
  async () => {
    const database = await freshPostgres(postgresUrl ?? "");
    const members = await Member.startSome(4);
    const [writer, ...others] = members as [Member, ...Member[]];
    const operator = new pg.Client({ connectionString: database.url });
    await operator.connect();
    try {
      await openAll(members, smallSetup({ kind: "postgres", url: database.url }));
      await untilTransport(members, "listen", bound);
      const [terminated, next] = await Promise.all([
        operator.query(
          "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query ilike 'listen %'",
        ),
        disableServing(writer, "type-0"),
      ]);
      expect(terminated.rowCount).toBe(4);
      await agreeOn(others, "type-0", next, bound);
      for (const { events } of members) {
        expect(events).toContainEqual(expect.objectContaining({ name: "transport", transport: "poll" }));
      }
      await untilTransport(members, "listen", bound);
      const later = await disableServing(writer, "type-0");
      await agreeOn(others, "type-0", later, bound);
      await closeAll(members);
    } finally {
      await Promise.all(members.map((member) => member.stop()));
      await operator.end();
      await database.drop();
    }
  },
  90_000,
);
