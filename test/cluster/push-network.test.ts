import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { type FreshDatabase, freshMysql, freshPostgres } from "../servers/databases.ts";
import {
  agreeOn,
  closeAll,
  disableAndAgree,
  disableServing,
  openAll,
  smallSetup,
  untilTransport,
} from "./harness/cluster.ts";
import { Member } from "./harness/member.ts";
import type { DatabaseAddress, Setup } from "./harness/setup.ts";
import { waitFor } from "./harness/wait-for.ts";
import { TcpProxy } from "./proxy/tcp-proxy.ts";

const postgresUrl = inject("postgresUrl");
const mysqlUrl = inject("mysqlUrl");
const redisUrl = inject("redisUrl");

/** From the healing of the network until the process behind it is current and pushed to again. */
const bound = 60_000;
/** How long `get` may take to answer, the way to the process and back included. */
const answerBound = 2_000;

const kinds = [
  { kind: "postgres", transport: "listen", serverUrl: postgresUrl, fresh: freshPostgres },
  { kind: "mysql", transport: "poll", serverUrl: mysqlUrl, fresh: freshMysql },
] as const;

let members: Member[];

beforeAll(async () => {
  members = await Member.startSome(12);
}, 60_000);

afterAll(() => Promise.all(members.map((member) => member.stop())));

describe.concurrent("a process behind a bad network", () => {
  kinds.forEach(({ kind, transport, serverUrl, fresh }, index) => {
    test.skipIf(serverUrl === null)(
      `answers while its connections to ${kind} are silent, and is current within ${bound / 1_000} s of the healing`,
      async () => {
        const [near, far] = pair(index);
        await using network = await badNetwork(await fresh(serverUrl ?? ""));
        await openApart(near, far, kind, network, undefined);
        await untilTransport([near, far], transport, bound);

        network.proxy.silence();
        const next = await disableServing(near, "type-0");
        await far.until("an old snapshot", bound, (state) => state.ageMs > 8_000);
        await answers(far);
        expect((await far.ask("get", "type-0")).itemId).not.toBe(next);

        network.proxy.heal();
        await agreeOn([far], "type-0", next, bound);
        await far.until("live by its transport", bound, (state) => isLive(state, transport));
        await disableAndAgree(far, [near], "type-0", bound);
        await closeAll([near, far]);
      },
      240_000,
    );
  });

  test.skipIf(mysqlUrl === null || redisUrl === null)(
    "polls while its connections to Redis are silent, and both hears and tells by Redis within " +
      `${bound / 1_000} s of the healing`,
    async () => {
      const [near, far] = pair(2);
      const database = await freshMysql(mysqlUrl ?? "");
      await using network = await badNetwork({ url: redisUrl ?? "", drop: () => database.drop() });
      const { near: hearsOnly, far: behind } = apart(
        { kind: "mysql", url: database.url },
        { kind: "mysql", url: database.url },
        [{ redis: redisUrl ?? "" }, { redis: network.proxy.url }],
      );
      // It never polls, so what it knows it heard.
      await near.ask("open", { ...hearsOnly, options: { ...hearsOnly.options, pollIntervalMs: 3_600_000 } });
      await far.ask("open", behind);
      await untilTransport([near, far], "redis", bound);

      network.proxy.silence();
      const next = await disableServing(near, "type-0");
      await agreeOn([far], "type-0", next, bound);
      await untilTransport([far], "poll", bound);
      await answers(far);

      network.proxy.heal();
      await untilTransport([far], "redis", bound);
      await disableAndAgree(near, [far], "type-0", bound);
      await disableAndAgree(far, [near], "type-0", bound);
      await closeAll([near, far]);
    },
    240_000,
  );

  kinds.forEach(({ kind, transport, serverUrl, fresh }, index) => {
    test.skipIf(serverUrl === null)(
      `answers when ${kind} has closed its connections and it was not told, and is current within ${bound / 1_000} s`,
      async () => {
        const [near, far] = pair(4 + index);
        await using network = await badNetwork(await fresh(serverUrl ?? ""));
        await openApart(near, far, kind, network, undefined);
        await untilTransport([near, far], transport, bound);

        far.events.splice(0);
        network.proxy.halfOpen();
        const next = await disableServing(near, "type-0");
        await answers(far);
        await agreeOn([far], "type-0", next, bound);
        if (transport === "listen") {
          await waitFor("the end of the dead line", bound, () =>
            far.events.some((event) => event.name === "transport" && event.transport === "poll"),
          );
        }
        await far.until("live by its transport", bound, (state) => isLive(state, transport));
        await disableAndAgree(far, [near], "type-0", bound);
        await disableAndAgree(near, [far], "type-0", bound);
        await closeAll([near, far]);
      },
      240_000,
    );
  });

  test.skipIf(postgresUrl === null || mysqlUrl === null)(
    `answers while connections are slow, dropped or cut, and is current within ${bound / 1_000} s`,
    async () => {
      const [near, far] = pair(3);
      for (const { kind, transport, serverUrl, fresh } of kinds) {
        await using network = await badNetwork(await fresh(serverUrl ?? ""));
        await openApart(near, far, kind, network, undefined);
        await untilTransport([near, far], transport, bound);

        network.proxy.delay(200);
        await disableAndAgree(near, [far], "type-0", bound);
        await answers(far);

        network.proxy.drop();
        const meanwhile = await disableServing(near, "type-0");
        await answers(far);
        await agreeOn([far], "type-0", meanwhile, bound);
        await far.until("live by its transport", bound, (state) => isLive(state, transport));
        await disableAndAgree(far, [near], "type-0", bound);

        network.proxy.cut();
        await far.until("stale", bound, (state) => state.kind === "stale");
        const next = await disableServing(near, "type-0");
        await answers(far);

        network.proxy.heal();
        await agreeOn([far], "type-0", next, bound);
        await far.until("live by its transport", bound, (state) => isLive(state, transport));
        await closeAll([near, far]);
      }
    },
    240_000,
  );
});

function pair(index: number): [near: Member, far: Member] {
  const [near, far] = members.slice(2 * index);
  if (near === undefined || far === undefined) throw new Error("there are too few processes");
  return [near, far];
}

interface BadNetwork extends AsyncDisposable {
  readonly url: string;
  readonly proxy: TcpProxy;
}

async function badNetwork({ url, drop }: FreshDatabase): Promise<BadNetwork> {
  const proxy = await TcpProxy.before(url);
  return {
    url,
    proxy,
    async [Symbol.asyncDispose]() {
      await proxy.close();
      await drop();
    },
  };
}

/** One process at the server itself, which makes the tables, and one behind the proxy. */
async function openApart(
  near: Member,
  far: Member,
  kind: DatabaseAddress["kind"],
  { url, proxy }: BadNetwork,
  push: Setup["push"],
): Promise<void> {
  const setups = apart({ kind, url }, { kind, url: proxy.url }, [push, push]);
  await openAll([near], setups.near);
  await openAll([far], setups.far);
}

/** Two setups of one namespace. */
function apart(
  nearby: DatabaseAddress,
  distant: DatabaseAddress,
  [nearPush, farPush]: [Setup["push"], Setup["push"]],
): { near: Setup; far: Setup } {
  const near = smallSetup(nearby, nearPush);
  return { near, far: { ...near, database: distant, ...(farPush !== undefined && { push: farPush }) } };
}

/** Asks for every type, again and again. */
async function answers(member: Member): Promise<void> {
  for (let round = 0; round < 20; round += 1) {
    for (const type of ["type-0", "type-1", "type-2"]) {
      const start = performance.now();
      const { itemId } = await member.ask("get", type);
      expect(itemId).toBeDefined();
      expect(performance.now() - start).toBeLessThan(answerBound);
    }
  }
}

const isLive = (state: { kind: string; transport: string | undefined }, transport: string): boolean =>
  state.kind === "live" && state.transport === transport;
