import { sql } from "kysely";
import { type Database, openPlugbay, type Plugbay } from "plugbay";
import { mysql } from "plugbay/mysql";
import { postgres } from "plugbay/postgres";
import { describe, inject, type TestContext, test } from "vitest";
import { snapshotOf } from "../../src/open/facade.ts";
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
  { name: "MariaDB or MySQL", serverUrl: inject("mysqlUrl"), fresh: freshMysql, at: (url) => mysql(url) },
];

const by = { actor: "operator" };
/** In milliseconds: 2 s of silence, and what a busy machine takes. */
const bound = 5_000;

interface Pair {
  /** By way of the proxy. Nothing but what a test asks goes over its connections. */
  readonly far: Plugbay;
  readonly network: TcpProxy;
  /** Locks the row that every writer takes, for so long, at the server itself. */
  lock(ms: number): Promise<{ readonly unlocked: Promise<void> }>;
}

async function pair(
  { serverUrl, fresh, at }: Kind,
  onTestFinished: TestContext["onTestFinished"],
): Promise<Pair> {
  const database = await fresh(serverUrl ?? "");
  const network = await TcpProxy.before(database.url);
  const far = await openPlugbay({
    database: at(network.url),
    plugins: [greeting, alice, bob],
    migrate: true,
    pollIntervalMs: false,
    heartbeatMs: false,
  });
  const { db, close } = await at(database.url).connect();
  onTestFinished(async () => {
    await Promise.all([far.close(), close()]);
    await network.close();
    await database.drop();
  });
  return {
    far,
    network,
    lock: (ms) =>
      new Promise((resolve) => {
        const unlocked = db.transaction().execute(async (transaction) => {
          await sql`select * from plugbay_revision for update`.execute(transaction);
          resolve({ unlocked });
          await pause(ms);
        });
      }),
  };
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function duration(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** How often a change says so before it is made: each change has another priority. */
let priority = 10;

function raise(plugbay: Plugbay, name = "alice"): Promise<unknown> {
  priority += 1;
  return plugbay.control.updateItem(idOf(plugbay, name), { priority }, by);
}

describe.concurrent("a process whose connections were closed and which was not told", () => {
  for (const kind of kinds) {
    const onServer = test.skipIf(kind.serverUrl === null);

    onServer(
      `writes to ${kind.name} within ${bound / 1_000} s, each time`,
      async ({ expect, onTestFinished }) => {
        const { far, network } = await pair(kind, onTestFinished);
        for (let turn = 0; turn < 3; turn += 1) {
          await raise(far);
          network.halfOpen();
          const { revision } = snapshotOf(far);
          expect(await duration(() => raise(far))).toBeLessThan(bound);
          expect(snapshotOf(far).revision).toBe(revision + 1);
        }
        // Those that are left are alive.
        expect(await duration(() => raise(far))).toBeLessThan(1_000);
      },
      60_000,
    );

    onServer(
      `reads all rows of a distant ${kind.name} over a new connection`,
      async ({ expect, onTestFinished }) => {
        const { far, network } = await pair(kind, onTestFinished);
        network.delay(300);
        await far.planSync();
        network.halfOpen();
        // The handshake of the new one, and a second look before, are some 15 round trips.
        expect(await duration(() => far.planSync())).toBeLessThan(14_000);
      },
      60_000,
    );

    onServer(
      `makes several changes at once in ${kind.name} within ${bound / 1_000} s`,
      async ({ expect, onTestFinished }) => {
        const { far, network } = await pair(kind, onTestFinished);
        const several = () => Promise.all([raise(far), raise(far, "bob"), raise(far), raise(far, "bob")]);
        await several();
        network.halfOpen();
        const { revision } = snapshotOf(far);
        expect(await duration(several)).toBeLessThan(bound);
        expect(snapshotOf(far).revision).toBe(revision + 4);
      },
      60_000,
    );

    onServer(
      `reads the history and the processes of ${kind.name} within ${bound / 1_000} s`,
      async ({ expect, onTestFinished }) => {
        const { far, network } = await pair(kind, onTestFinished);
        await Promise.all([raise(far), far.control.history()]);
        network.halfOpen();
        const look = () => Promise.all([far.control.history(), far.control.processes()]);
        expect(await duration(look)).toBeLessThan(bound);
      },
      60_000,
    );

    onServer(
      `tells others at ${kind.name} that it is alive, before they take it for dead`,
      async ({ expect, onTestFinished }) => {
        const { far, network } = await pair(kind, onTestFinished);
        const beating = await openPlugbay({
          database: kind.at(network.url),
          plugins: [greeting, alice, bob],
          pollIntervalMs: false,
          heartbeatMs: 1_000,
        });
        onTestFinished(() => beating.close());
        await expect.poll(async () => (await far.control.processes()).length, { timeout: 5_000 }).toBe(1);
        network.halfOpen();
        await far.control.processes();
        const start = performance.now();
        while (performance.now() - start < 10_000) {
          expect(await far.control.processes()).toHaveLength(1);
          await pause(200);
        }
      },
      60_000,
    );
  }
});

describe.concurrent("a process whose database takes its time", () => {
  for (const kind of kinds) {
    const onServer = test.skipIf(kind.serverUrl === null);

    onServer(
      `waits for a locked row of ${kind.name} on the connection that it has`,
      async ({ expect, onTestFinished }) => {
        const { far, network, lock } = await pair(kind, onTestFinished);
        await raise(far);
        await raise(far);
        const before = network.lines;
        const { unlocked } = await lock(6_000);
        expect(await duration(() => raise(far))).toBeGreaterThan(5_000);
        await unlocked;
        expect(network.lines.filter((line) => !before.includes(line))).toEqual([]);
      },
      60_000,
    );

    onServer(
      `keeps its connections to ${kind.name} at 900 ms a round trip`,
      async ({ expect, onTestFinished }) => {
        const { far, network } = await pair(kind, onTestFinished);
        await raise(far);
        await raise(far);
        const before = network.lines;
        network.delay(450);
        for (let turn = 0; turn < 3; turn += 1) await raise(far);
        expect(network.lines.filter((line) => !before.includes(line))).toEqual([]);
      },
      60_000,
    );

    onServer(
      `writes to ${kind.name} at 3 s a round trip, too`,
      async ({ expect, onTestFinished }) => {
        const { far, network } = await pair(kind, onTestFinished);
        await raise(far);
        network.delay(1_500);
        const { revision } = snapshotOf(far);
        await raise(far);
        expect(snapshotOf(far).revision).toBe(revision + 1);
      },
      60_000,
    );

    onServer(
      `is told that ${kind.name} is unavailable when new connections are silent, too`,
      async ({ expect, onTestFinished }) => {
        const { far, network } = await pair(kind, onTestFinished);
        await raise(far);
        network.silence();
        const start = performance.now();
        const refusal = await raise(far).catch((error: unknown) => error);
        expect(refusal).toMatchObject({ code: "DATABASE_UNAVAILABLE" });
        expect(performance.now() - start).toBeLessThan(16_000);
        network.heal();
        await raise(far);
      },
      60_000,
    );
  }
});
