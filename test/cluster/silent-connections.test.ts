import { type Database, openPlugbay, type Plugbay } from "plugbay";
import { mysql } from "plugbay/mysql";
import { postgres } from "plugbay/postgres";
import { describe, inject, type TestContext, test } from "vitest";
import { type FreshDatabase, freshMysql, freshPostgres } from "../servers/databases.ts";
import { alice, bob, greeting } from "../store/definitions.ts";
import { idOf } from "../store/test-database.ts";
import { TcpProxy } from "./proxy/tcp-proxy.ts";

interface Kind {
  readonly name: string;
  readonly serverUrl: string | null;
  fresh(serverUrl: string): Promise<FreshDatabase>;
  at(url: string): Database;
}

const kinds: readonly Kind[] = [
  { name: "PostgreSQL", serverUrl: inject("postgresUrl"), fresh: freshPostgres, at: (url) => postgres(url) },
  { name: "MariaDB", serverUrl: inject("mysqlUrl"), fresh: freshMysql, at: (url) => mysql(url) },
];

/** One plugbay at the server itself, and one by way of the proxy. */
interface Pair {
  readonly near: Plugbay;
  readonly far: Plugbay;
  readonly network: TcpProxy;
  /** What the far one's state became, with how long after `mark`. */
  readonly told: string[];
}

async function pair(
  { serverUrl, fresh, at }: Kind,
  onTestFinished: TestContext["onTestFinished"],
): Promise<Pair> {
  const database = await fresh(serverUrl ?? "");
  const network = await TcpProxy.before(database.url);
  const plugins = [greeting, alice, bob];
  const near = await openPlugbay({
    database: at(database.url),
    plugins,
    migrate: true,
    pollIntervalMs: false,
  });
  const far = await openPlugbay({ database: at(network.url), plugins, pollIntervalMs: 500 });
  const told: string[] = [];
  far.on("stale", () => void told.push("stale"));
  far.on("live", () => void told.push("live"));
  onTestFinished(async () => {
    await Promise.all([near.close(), far.close()]);
    await network.close();
    await database.drop();
  });
  return { near, far, network, told };
}

async function timed<T>(work: () => Promise<T>): Promise<[result: T, ms: number]> {
  const start = performance.now();
  const result = await work();
  return [result, performance.now() - start];
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe.concurrent("a process whose connections say nothing", () => {
  for (const kind of kinds) {
    test.skipIf(kind.serverUrl === null)(
      `reads from ${kind.name} what was asked beside a look that found the connections half-open`,
      async ({ expect, onTestFinished }) => {
        const { far, network, told } = await pair(kind, onTestFinished);
        await far.refresh();
        network.halfOpen();
        const look = far.refresh();
        // Later, so that the look is the first to find them silent.
        await pause(600);
        const plan = await far.planSync({ mode: "update" });
        expect(plan.counts).toMatchObject({ itemsFound: 2, typesFound: 1 });
        await look;
        expect(told).toEqual([]);
      },
      30_000,
    );

    test.skipIf(kind.serverUrl === null)(
      `looks on another connection to ${kind.name} where its own are half-open, and stays live`,
      async ({ expect, onTestFinished }) => {
        const { near, far, network, told } = await pair(kind, onTestFinished);
        await near.control.updateItem(idOf(near, "alice"), { priority: 5 }, { actor: "near" });
        await far.refresh();
        network.halfOpen();
        await near.control.updateItem(idOf(near, "alice"), { priority: 7 }, { actor: "near" });
        // A look that was under way at that moment counts, too.
        const [, ms] = await timed(() => far.refresh());
        expect(ms).toBeLessThan(3_500);
        expect(far.items(greeting).find(({ name }) => name === "alice")?.priority).toBe(7);
        expect(told).toEqual([]);
        expect(far.state.kind).toBe("live");
      },
      60_000,
    );

    test.skipIf(kind.serverUrl === null)(
      `is stale after 5 s of ${kind.name}'s silence, lists from memory meanwhile, and comes back`,
      async ({ expect, onTestFinished }) => {
        const { near, far, network, told } = await pair(kind, onTestFinished);
        network.silence();
        const start = performance.now();
        const refused = far.refresh().catch((error: unknown) => error);
        const lists: number[] = [];
        while (far.state.kind === "live" && performance.now() - start < 20_000) {
          const [list, ms] = await timed(() => far.control.list());
          lists.push(ms);
          expect(list.total).toBe(2);
          await pause(100);
        }
        const lostAfter = performance.now() - start;
        expect(lostAfter).toBeGreaterThan(4_000);
        expect(lostAfter).toBeLessThan(8_000);
        expect(Math.max(...lists)).toBeLessThan(2_500);
        expect(await refused).toMatchObject({ code: "DATABASE_UNAVAILABLE" });
        expect(far.state).toMatchObject({ kind: "stale", cause: { code: "DATABASE_UNAVAILABLE" } });

        network.heal();
        await near.control.updateItem(idOf(near, "alice"), { priority: 3 }, { actor: "near" });
        await expect.poll(() => far.state.kind, { timeout: 15_000 }).toBe("live");
        expect(far.items(greeting).find(({ name }) => name === "alice")?.priority).toBe(3);
        expect(told).toEqual(["stale", "live"]);
        // What was silent has been given up: in the end, only what is in use is open.
        await expect.poll(() => network.lines.length, { timeout: 60_000 }).toBeLessThanOrEqual(4);
      },
      120_000,
    );

    test.skipIf(kind.serverUrl === null)(
      `takes ${kind.name} at 500 ms a round trip for what it is: slow, not silent`,
      async ({ expect, onTestFinished }) => {
        const { near, far, network, told } = await pair(kind, onTestFinished);
        network.delay(250);
        for (let turn = 0; turn < 6; turn += 1) {
          await near.control.updateItem(idOf(near, "alice"), { priority: turn }, { actor: "near" });
          await far.refresh();
          expect(far.items(greeting).find(({ name }) => name === "alice")?.priority).toBe(turn);
          expect(far.state.kind).toBe("live");
        }
        expect(told).toEqual([]);
        expect(network.lines.length).toBeLessThanOrEqual(4);
        network.heal();
      },
      60_000,
    );
  }
});
