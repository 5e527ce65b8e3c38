import { sql } from "kysely";
import mysql2 from "mysql2";
import pg from "pg";
import type { OpenOptions, Plugbay } from "plugbay";
import { mysql } from "plugbay/mysql";
import { postgres } from "plugbay/postgres";
import { expect, test } from "vitest";
import { postgresPool } from "../servers/postgres-pool.ts";
import { alice, bob, greeting } from "./definitions.ts";
import { idOf, onEveryDatabase, type TestDatabase } from "./test-database.ts";

const plugins = [greeting, alice, bob];
const by = { actor: "operator" };

/** Another transaction, which keeps the lock that every writer takes until it is told to end. */
async function locked(home: TestDatabase): Promise<() => Promise<void>> {
  const db = await home.kysely({}, home.here, 1);
  let end = (): void => undefined;
  const over = new Promise<void>((resolve) => {
    end = resolve;
  });
  let done: Promise<void> = Promise.resolve();
  await new Promise<void>((resolve) => {
    done = db.connection().execute(async (connection) => {
      await sql.raw(home.kind.dialect === "sqlite" ? "begin immediate" : "begin").execute(connection);
      await sql`update plugbay_revision set revision = revision + 0`.execute(connection);
      resolve();
      await over;
      await sql`rollback`.execute(connection);
    });
  });
  return async () => {
    end();
    await done;
  };
}

interface Ending {
  readonly error: unknown;
  readonly seconds: number;
}

async function change(plugbay: Plugbay): Promise<Ending> {
  const startedAt = performance.now();
  const error = await plugbay.control
    .updateItem(idOf(plugbay, "alice"), { priority: 9 }, by)
    .catch((reason: unknown) => reason);
  return { error, seconds: (performance.now() - startedAt) / 1_000 };
}

/** plugbay's own connections, a pool, and a Kysely instance of the application. */
async function ways(home: TestDatabase): Promise<OpenOptions["database"][]> {
  const own = home.here.database;
  if (home.kind.dialect === "sqlite") return [own];
  const instance = await home.kysely();
  if (home.kind.dialect === "mysql") {
    const pool = mysql2.createPool({ uri: home.here.address });
    home.afterwards(() => pool.promise().end());
    return [own, mysql(pool), instance];
  }
  const pool = postgresPool({ connectionString: home.here.address });
  home.afterwards(() => pool.end());
  return [own, postgres(pool), instance];
}

const blocked = { name: "WriteBlockedError", code: "WRITE_BLOCKED", kind: "unavailable" };

onEveryDatabase((home) => {
  test("a change that waits for a lock ends after 30 s with an error of its own; reads and the state do not mind", async () => {
    const opened = await Promise.all(
      (await ways(home)).map((database) => home.open(plugins, { database, heartbeatMs: false })),
    );
    const end = await locked(home);
    const changes = opened.map(change);
    await new Promise((resolve) => setTimeout(resolve, 10_000));
    for (const plugbay of opened) {
      await plugbay.refresh();
      expect((await plugbay.control.list({})).items).not.toEqual([]);
      expect(plugbay.state.kind).toBe("live");
    }
    for (const { error, seconds } of await Promise.all(changes)) {
      expect(error).toMatchObject(blocked);
      expect(seconds).toBeGreaterThan(29);
      expect(seconds).toBeLessThan(36);
    }
    await end();
    for (const plugbay of opened) {
      await plugbay.refresh();
      expect(plugbay.state.kind).toBe("live");
      expect((await home.item("alice")).priority).not.toBe(9);
    }
    const [first] = opened;
    if (first) await first.control.updateItem(idOf(first, "alice"), { priority: 8 }, by);
    expect((await home.item("alice")).priority).toBe(8);
  });

  if (home.kind.dialect !== "postgres") return;

  test.each(["statement_timeout", "lock_timeout"])(
    "where the user has a %s, the error is the same, at that time or later",
    async (setting) => {
      const url = new URL(home.here.address);
      url.searchParams.set("options", `-c ${setting}=300`);
      const plugbay = await home.open(plugins, { database: postgres(url.href), heartbeatMs: false });
      const end = await locked(home);
      const { error } = await change(plugbay);
      expect(error).toMatchObject(blocked);
      await end();
      await plugbay.control.updateItem(idOf(plugbay, "alice"), { priority: 8 }, by);
    },
  );

  test("a change goes through when what kept the lock is terminated, and says so when it is itself", async () => {
    const plugbay = await home.open(plugins, { heartbeatMs: false });
    const db = await home.kysely();
    const terminate = (condition: string) =>
      sql
        .raw(
          `select pg_terminate_backend(pid) from pg_stat_activity
           where datname = current_database() and ${condition} and pid <> pg_backend_pid()`,
        )
        .execute(db);
    const lock = async (): Promise<pg.Client> => {
      const client = new pg.Client({ connectionString: home.here.address });
      client.on("error", () => undefined);
      await client.connect();
      await client.query("begin; update plugbay_revision set revision = revision + 0");
      return client;
    };
    await lock();
    const waiting = change(plugbay);
    await new Promise((resolve) => setTimeout(resolve, 500));
    await terminate("state = 'idle in transaction'");
    expect((await waiting).error).toMatchObject({ priority: 9 });

    const second = await lock();
    const ended = change(plugbay);
    await new Promise((resolve) => setTimeout(resolve, 500));
    await terminate("wait_event_type = 'Lock'");
    expect((await ended).error).toMatchObject({ code: "DATABASE_UNAVAILABLE" });
    await second.end();
  });
});
