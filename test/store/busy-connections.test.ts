import { sql } from "kysely";
import mysql2 from "mysql2";
import { NoConnectionError, type OpenOptions, type Plugbay } from "plugbay";
import { mysql } from "plugbay/mysql";
import { postgres } from "plugbay/postgres";
import { expect, test } from "vitest";
import { collectWarnings } from "../runtime/collect-warnings.ts";
import { postgresPool } from "../servers/postgres-pool.ts";
import { alice, bob, greeting } from "./definitions.ts";
import { idOf, onEveryDatabase, type TestDatabase } from "./test-database.ts";

const plugins = [greeting, alice, bob];

/** What an application may hand in with a single connection, and how it makes that connection busy. */
interface Host {
  readonly database: OpenOptions["database"];
  /** Runs `work` inside a transaction of the application. */
  inside<T>(work: () => Promise<T>): Promise<T>;
}

async function kyselyHost(home: TestDatabase): Promise<Host> {
  const db = await home.kysely({}, home.here, 1);
  return {
    database: db,
    inside: (work) =>
      db.transaction().execute(async (transaction) => {
        await sql`select 1`.execute(transaction);
        return work();
      }),
  };
}

async function poolHost(home: TestDatabase): Promise<Host> {
  if (home.kind.dialect === "mysql") {
    const pool = mysql2.createPool({ uri: home.here.address, connectionLimit: 1 });
    home.afterwards(() => pool.promise().end());
    return {
      database: mysql(pool),
      inside: async (work) => {
        const connection = await pool.promise().getConnection();
        try {
          await connection.beginTransaction();
          return await work();
        } finally {
          await connection.rollback();
          connection.release();
        }
      },
    };
  }
  const pool = postgresPool({ connectionString: home.here.address, max: 1 });
  home.afterwards(() => pool.end());
  return {
    database: postgres(pool),
    inside: async (work) => {
      const client = await pool.connect();
      try {
        await client.query("begin");
        return await work();
      } finally {
        await client.query("rollback");
        client.release();
      }
    },
  };
}

const refusal = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => "done",
    (error: unknown) => error,
  );

onEveryDatabase((home) => {
  const hosts: [string, (home: TestDatabase) => Promise<Host>][] = [["a Kysely instance", kyselyHost]];
  if (home.kind.dialect !== "sqlite") hosts.push(["a pool", poolHost]);

  for (const [name, makeHost] of hosts) {
    test(`calls inside a transaction that has the only connection of ${name} end with an error that says so`, async () => {
      collectWarnings();
      const { database, inside } = await makeHost(home);
      const plugbay = await home.open(plugins, { database });
      const id = idOf(plugbay, "alice");
      const startedAt = performance.now();
      const errors = await inside(async () => {
        const calls = [
          plugbay.refresh(),
          plugbay.control.updateItem(id, { priority: 7 }, { actor: "test" }),
          plugbay.sync({ mode: "update" }),
          plugbay.control.history(),
        ];
        const refused = await Promise.all(calls.map(refusal));
        expect(plugbay.get(greeting)?.greet()).toBe("alice");
        return refused;
      });
      expect(performance.now() - startedAt).toBeLessThan(9_000);
      for (const error of errors) expect(error).toBeInstanceOf(NoConnectionError);
      expect(String(errors[0])).toMatch(/within 5 s.*inside a transaction.*control\.in\(transaction\)/);
      expect(plugbay.state.kind).toBe("live");
      // What was given up does nothing when its connection comes; what is asked for now works.
      await plugbay.refresh();
      expect((await home.item("alice")).priority).not.toBe(7);
      expect(await plugbay.control.history()).toHaveLength(3);
      await plugbay.control.updateItem(id, { priority: 8 }, { actor: "test" });
      expect((await home.item("alice")).priority).toBe(8);
    }, 30_000);

    test(`polling and heartbeats do not pile up in ${name} that is busy, and go on by themselves`, async () => {
      const { database, inside } = await makeHost(home);
      const warnings = collectWarnings();
      const plugbay = await home.open(plugins, {
        database,
        pollIntervalMs: 20,
        heartbeatMs: 20,
        push: false,
      });
      const stale: unknown[] = [];
      plugbay.on("stale", (event) => stale.push(event));
      const other = await home.open(plugins);
      await inside(async () => {
        await pause(5_500);
        expect(plugbay.get(greeting)?.greet()).toBe("alice");
        if (home.kind.dialect !== "sqlite") {
          await other.control.updateItem(idOf(other, "alice"), { status: "disable" }, { actor: "test" });
        }
      });
      if (home.kind.dialect === "sqlite") {
        await other.control.updateItem(idOf(other, "alice"), { status: "disable" }, { actor: "test" });
      }
      await expect.poll(() => plugbay.get(greeting)?.greet(), { timeout: 5_000 }).toBe("bob");
      expect(stale).toEqual([]);
      expect(warnings.filter((text) => text.includes("became free"))).toHaveLength(1);
    }, 30_000);
  }

  if (home.kind.dialect === "postgres") {
    test("a pool that is busy for long holds no more of plugbay's requests than were made at once", async () => {
      collectWarnings();
      const pool = postgresPool({ connectionString: home.here.address, max: 1 });
      home.afterwards(() => pool.end());
      const plugbay = await home.open(plugins, {
        database: postgres(pool),
        pollIntervalMs: 20,
        heartbeatMs: 20,
      });
      const client = await pool.connect();
      const waiting: number[] = [];
      for (let count = 0; count < 3; count += 1) {
        await Promise.all([refusal(plugbay.control.history()), pause(2_300)]);
        waiting.push(pool.waitingCount);
      }
      client.release();
      // A poll, a heartbeat, a call, and the test of LISTEN.
      expect(Math.max(...waiting)).toBeLessThanOrEqual(4);
      await plugbay.refresh();
      await expect.poll(() => pool.waitingCount).toBe(0);
    }, 40_000);
  }

  test("two requests in transactions that have both connections of a pool end, and the pool is free again", async () => {
    const db = await home.kysely({}, home.here, 2);
    const plugbay: Plugbay = await home.open(plugins, { database: db });
    const jobs = [1, 2].map((priority) =>
      db.transaction().execute(async (transaction) => {
        await sql`select 1`.execute(transaction);
        await pause(50);
        await plugbay.control.updateItem(idOf(plugbay, "alice"), { priority }, { actor: "test" });
      }),
    );
    const results = await Promise.allSettled(jobs);
    for (const result of results) {
      if (result.status === "rejected") expect(result.reason).toBeInstanceOf(NoConnectionError);
    }
    await plugbay.control.updateItem(idOf(plugbay, "alice"), { priority: 5 }, { actor: "test" });
    expect((await home.item("alice")).priority).toBe(5);
  }, 30_000);
});

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
