import { setTimeout as sleep } from "node:timers/promises";
import { openPlugbay } from "plugbay";
import { redis } from "plugbay/redis";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { agreeOn, closeAll, openAll, smallSetup, untilTransport } from "./harness/cluster.ts";
import { clusterKinds } from "./harness/cluster-kinds.ts";
import { define } from "./harness/definitions.ts";
import { Member } from "./harness/member.ts";

const bound = 20_000;
const by = { actor: "application" };

class Abandoned extends Error {}

let readers: Member[];

beforeAll(async () => {
  readers = await Member.startSome(2);
}, 60_000);

afterAll(() => Promise.all(readers.map((reader) => reader.stop())));

describe.each(clusterKinds)("on $title", (kind) => {
  test.skipIf(kind.absence !== undefined)(
    "other processes see what control.in changed when the application commits, and never if it does not",
    async () => {
      const empty = await kind.database.create();
      const db = await empty.kysely();
      const setup = smallSetup({ kind: kind.database.dialect, url: empty.address }, kind.push);
      await openAll(readers, setup);
      await untilTransport(readers, kind.transport, bound);
      const { types, plugins } = define(setup.types);
      const redisUrl = typeof setup.push === "object" ? setup.push.redis : undefined;
      const plugbay = await openPlugbay({
        ...setup.options,
        ...(redisUrl !== undefined && { push: redis(redisUrl) }),
        database: db,
        plugins: [...types.values(), ...plugins],
      });
      try {
        const type = types.get("type-0");
        if (!type) throw new Error("type-0 is declared");
        const [first, second] = plugbay.items(type);
        const disableFirst = (work: () => Promise<void>) =>
          db.transaction().execute(async (transaction) => {
            await plugbay.control.in(transaction).bulk([first?.id ?? ""], "disable", by);
            await work();
          });

        const before = readers.map(({ events }) => events.length);
        const abandoned = disableFirst(async () => {
          await sleep(500);
          throw new Abandoned();
        });
        await expect(abandoned).rejects.toThrow(Abandoned);
        await sleep(1_500);
        const since = readers.flatMap(({ events }, index) => events.slice(before[index]));
        expect(since.filter((event) => event.name === "change")).toEqual([]);
        await agreeOn(readers, "type-0", first?.id, bound);

        await disableFirst(async () => {
          await sleep(300);
          await agreeOn(readers, "type-0", first?.id, bound);
        });
        const committedAt = performance.now();
        await agreeOn(readers, "type-0", second?.id, bound);
        // Redis, too, is told after the commit: polling beside it would take up to 5 s.
        expect(performance.now() - committedAt).toBeLessThan(4_000);
        await closeAll(readers);
      } finally {
        await plugbay.close();
        await db.destroy();
        await empty.drop();
      }
    },
    120_000,
  );
});
