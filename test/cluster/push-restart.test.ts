import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freshMysql, freshPostgres } from "../servers/databases.ts";
import { mysql } from "../servers/mysql.ts";
import { postgres } from "../servers/postgres.ts";
import { redis } from "../servers/redis.ts";
import type { Server } from "../servers/server.ts";
import {
  closeAll,
  disableAndAgree,
  openAll,
  smallSetup,
  untilAll,
  untilTransport,
} from "./harness/cluster.ts";
import { Member } from "./harness/member.ts";
import { type MortalServer, startMortalServer } from "./harness/mortal-server.ts";

const bound = 30_000;
const kinds = [
  { kind: "postgres", server: postgres, transport: "listen", fresh: freshPostgres },
  { kind: "mysql", server: mysql, transport: "poll", fresh: freshMysql },
] as const;

const isMissing = (server: Server) => server.findProgram() === undefined;

for (const { kind, server, transport, fresh } of kinds) {
  describe.skipIf(isMissing(server))(server.title, () => {
    let mortal: MortalServer;
    let members: Member[];

    beforeAll(async () => {
      mortal = await startMortalServer(server);
      members = await Member.startSome(3);
    }, 120_000);

    afterAll(async () => {
      await Promise.all(members.map((member) => member.stop()));
      await mortal.stop();
    });

    test("killed with SIGKILL and started again: get goes on, the state says since when and why, and all are live and " +
      `current within ${bound / 1_000} s`, async () => {
      const [writer, ...others] = members as [Member, ...Member[]];
      const { url } = await fresh(mortal.url);
      await openAll(members, smallSetup({ kind, url }));
      await untilTransport(members, transport, bound);
      const before = await writer.ask("get", "type-0");

      const killedAt = Date.now();
      await mortal.kill();
      await untilAll(members, "stale", bound, (state) => state.kind === "stale");
      for (const member of members) {
        expect(await member.ask("get", "type-0")).toEqual(before);
        const { since, cause } = await member.ask("state");
        expect(since?.getTime()).toBeGreaterThanOrEqual(killedAt);
        expect(cause).toMatch(/ECONN|terminat|closed|lost/i);
        expect(member.events.filter(({ name }) => name === "stale")).toHaveLength(1);
      }
      await expect(
        writer.ask("updateItem", before.itemId ?? "", { status: "disable" }),
      ).rejects.toMatchObject({ name: "DatabaseUnavailableError" });

      await mortal.revive();
      await untilAll(members, "live", bound, (state) => state.kind === "live");
      await untilTransport(members, transport, bound);
      await disableAndAgree(writer, others, "type-0", bound);
      for (const { events } of members) {
        expect(events.filter(({ name }) => name === "live")).toHaveLength(1);
      }
      await closeAll(members);
    }, 180_000);
  });
}

describe.skipIf(isMissing(mysql) || isMissing(redis))("Redis", () => {
  let mortals: [database: MortalServer, redis: MortalServer];
  let members: Member[];

  beforeAll(async () => {
    mortals = await Promise.all([startMortalServer(mysql), startMortalServer(redis)]);
    members = await Member.startSome(3);
  }, 120_000);

  afterAll(async () => {
    await Promise.all(members.map((member) => member.stop()));
    await Promise.all(mortals.map((mortal) => mortal.stop()));
  });

  test(`killed and started again: changes are polled for, and come by Redis again within ${bound / 1_000} s`, async () => {
    const [writer, ...others] = members as [Member, ...Member[]];
    const [database, { url, kill, revive }] = mortals;
    const { url: databaseUrl } = await freshMysql(database.url);
    await openAll(members, smallSetup({ kind: "mysql", url: databaseUrl }, { redis: url }));
    await untilTransport(members, "redis", bound);

    await kill();
    await untilTransport(members, "poll", bound);
    await disableAndAgree(writer, others, "type-0", bound);
    for (const member of members) expect(await member.ask("state")).toMatchObject({ kind: "live" });

    await revive();
    await untilTransport(members, "redis", bound);
    await disableAndAgree(writer, others, "type-0", bound);
    await closeAll(members);
  }, 180_000);
});
