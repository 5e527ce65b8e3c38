import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { freshMysql, freshPostgres } from "../servers/databases.ts";
import { mysql } from "../servers/mysql.ts";
import { postgres } from "../servers/postgres.ts";
import { closeAll, openAll, untilAll, untilTransport } from "./harness/cluster.ts";
import { type ClusterKind, clusterKinds } from "./harness/cluster-kinds.ts";
import { Member } from "./harness/member.ts";
import { type MortalServer, startMortalServer } from "./harness/mortal-server.ts";
import type { Setup } from "./harness/setup.ts";
import { waitFor } from "./harness/wait-for.ts";

const bound = 20_000;
const coolingMs = 1_000;

const typesOf = (cooling: number): Setup["types"] => [
  {
    name: "sender",
    plugins: [
      { name: "first", priority: 1 },
      { name: "second", priority: 2 },
    ],
    policy: { circuit: { failures: 2, coolingMs: cooling, maxCoolingMs: cooling } },
  },
];

let members: Member[];
beforeEach(async () => {
  members = await Member.startSome(4);
  return () => Promise.all(members.map((member) => member.stop()));
});

const served = (all: readonly Member[], refusing: readonly string[] = []) =>
  Promise.all(all.map((member) => member.ask("run", "sender", refusing)));

const firstOf = async (member: Member) => (await member.ask("readiness", "sender"))[0]?.slice(1);

const untilFirstIs = (all: readonly Member[], kind: string, reason?: string) =>
  Promise.all(
    all.map((member) =>
      waitFor(`"first" being ${kind}`, bound, async () => {
        const found = await firstOf(member);
        if (found?.[0] === kind && found[1] === reason) return true;
        throw new Error(`it is ${JSON.stringify(found)}`);
      }),
    ),
  );

async function open(member: Member): Promise<void> {
  for (const _ of [1, 2]) expect(await served([member], ["first"])).toEqual(["second"]);
}

/** All processes over an empty database. */
async function inCluster(kind: ClusterKind, work: () => Promise<void>): Promise<void> {
  const empty = await kind.database.create();
  const setup: Setup = {
    database: { kind: kind.database.dialect, url: empty.address },
    types: typesOf(coolingMs),
    ...(kind.push && { push: kind.push }),
    options: { namespace: randomUUID(), migrate: true },
  };
  try {
    await openAll(members, setup);
    await untilTransport(members, kind.transport, bound);
    await work();
    await closeAll(members);
  } finally {
    await Promise.all(members.map((member) => member.stop()));
    await empty.drop();
  }
}

describe.each(clusterKinds)("on $title", (kind) => {
  test.skipIf(kind.absence !== undefined)(
    "what one process finds dead all avoid, and when that process is killed, another tries it and all are back",
    () =>
      inCluster(kind, async () => {
        const [opener, ...others] = members as [Member, ...Member[]];
        await open(opener);
        await untilFirstIs(others, "cooling", "circuit");
        expect(await served(others)).toEqual(["second", "second", "second"]);
        await opener.kill();
        members = others;
        await waitFor('calls at "first"', bound, async () =>
          (await served(others)).every((name) => name === "first"),
        );
      }),
    60_000,
  );

  test.skipIf(kind.absence !== undefined)(
    "what an operator holds gets no calls in any process, is still given by its id, and is back when it is released or over",
    () =>
      inCluster(kind, async () => {
        const [one, other] = members as [Member, Member];
        const [first] = await one.ask("items", "sender");
        const id = first?.id ?? "";
        await one.ask("hold", id, { reason: "maintenance" });
        await untilFirstIs(members, "held", "maintenance");
        expect(await served(members)).toEqual(members.map(() => "second"));
        for (const member of members) expect(await member.ask("getById", "sender", id)).toBe("first");
        await other.ask("release", id);
        await untilFirstIs(members, "ready");
        await other.ask("hold", id, { reason: "for a moment", forMs: 1_500 });
        await untilFirstIs(members, "held", "for a moment");
        await untilFirstIs(members, "ready");
        expect(await served(members)).toEqual(members.map(() => "first"));
      }),
    60_000,
  );
});

for (const { server, fresh } of [
  { server: postgres, fresh: freshPostgres },
  { server: mysql, fresh: freshMysql },
]) {
  describe.skipIf(server.findProgram() === undefined)(`while ${server.title} is away`, () => {
    let mortal: MortalServer;
    beforeAll(async () => {
      mortal = await startMortalServer(server);
    });
    afterAll(() => mortal.stop());

    test("each process goes by its own calls, and when it is back, they agree", async () => {
      const { url } = await fresh(mortal.url);
      const kind = server === postgres ? "postgres" : "mysql";
      const options = { namespace: randomUUID(), migrate: true, pollIntervalMs: 200 };
      await openAll(members, { database: { kind, url }, types: typesOf(60_000), options });
      await mortal.kill();
      await untilAll(members, "stale", bound, (state) => state.kind === "stale");
      const [one, two, ...others] = members as [Member, Member, ...Member[]];
      await open(one);
      await open(two);
      expect(await served([one, two])).toEqual(["second", "second"]);
      expect(await served(others)).toEqual(["first", "first"]);
      await mortal.revive();
      await untilFirstIs(members, "cooling", "circuit");
      expect(await served(members)).toEqual(members.map(() => "second"));
      const [first] = await one.ask("items", "sender");
      // What one of them found meanwhile may be told after the first release.
      await waitFor("readiness everywhere", bound, async () => {
        await others[0]?.ask("release", first?.id ?? "");
        const found = await Promise.all(members.map(firstOf));
        return found.every((readiness) => readiness?.[0] === "ready");
      });
      await closeAll(members);
    }, 120_000);
  });
}
