import { expect, inject, test } from "vitest";
import { freshPostgres } from "../servers/databases.ts";
import { closeAll, disableAndAgree, openAll, smallSetup } from "./harness/cluster.ts";
import { Member } from "./harness/member.ts";
import { waitFor } from "./harness/wait-for.ts";
import { startPgbouncer } from "./proxy/pgbouncer.ts";

const postgresUrl = inject("postgresUrl");
const bound = 20_000;

test.skipIf(postgresUrl === null)(
  `behind PgBouncer in transaction mode, changes are polled for within ${bound / 1_000} s, and a warning names it`,
  async ({ skip }) => {
    const database = await freshPostgres(postgresUrl ?? "");
    const pooler = await startPgbouncer(database.url);
    if (typeof pooler === "string") {
      await database.drop();
      if (process.env.CI === "true") throw new Error(pooler);
      return skip(pooler);
    }
    const members = await Member.startSome(2);
    const [writer, reader] = members as [Member, Member];
    try {
      await openAll(members, smallSetup({ kind: "postgres", url: pooler.url }));
      for (const member of members) {
        const warning = await waitFor("a warning", bound, () =>
          member.events.find(({ name }) => name === "warning"),
        );
        expect(warning.text).toMatch(/PgBouncer/);
        expect(await member.ask("state")).toMatchObject({ kind: "live", transport: "poll" });
      }
      await disableAndAgree(writer, [reader], "type-0", bound);
      expect(reader.events).not.toContainEqual(expect.objectContaining({ transport: "listen" }));
      await closeAll(members);
    } finally {
      await Promise.all(members.map((member) => member.stop()));
      await pooler.stop();
      await database.drop();
    }
  },
  240_000,
);
