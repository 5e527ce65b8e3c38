import { createConnection } from "mysql2/promise";
import pg from "pg";
import { type Database, openPlugbay, type Plugbay, WriteBlockedError } from "plugbay";
import { mysql } from "plugbay/mysql";
import { postgres } from "plugbay/postgres";
import { sqlite } from "plugbay/sqlite";
import { describe, expect, inject, test } from "vitest";
import { loadSqliteDriver } from "../../src/store/sqlite/load-driver.ts";
import { type FreshDatabase, freshMysql, freshPostgres } from "../servers/databases.ts";
import { postgresPool } from "../servers/postgres-pool.ts";
import { databaseKinds } from "../store/database-kinds.ts";
import { alice, bob, carol, greeting } from "../store/definitions.ts";
import { idOf } from "../store/test-database.ts";
import { waitFor } from "./harness/wait-for.ts";

const postgresUrl = inject("postgresUrl");
const mysqlUrl = inject("mysqlUrl");

/** How long somebody else holds the lock of the revision's row. */
const lockedMs = 45_000;
/** What half of the lists may take; the tail is that of a machine which runs other tests, too. */
const usualMs = 25;
const worstMs = 500;
/** More than a pool has connections. */
const writers = 14;

/** A database, and how an application comes to it in another way: by a pool of its own. */
interface Place {
  readonly database: Database;
  readonly lent?: (connections: number) => { readonly database: Database; end(): Promise<void> };
  /** Takes the lock as another process would, and resolves with what gives it back. */
  lock(): Promise<() => Promise<void>>;
  drop(): Promise<void>;
}

const statement = "select * from plugbay_revision for update";

async function onPostgres(): Promise<Place> {
  const { url, drop }: FreshDatabase = await freshPostgres(postgresUrl ?? "");
  return {
    drop,
    database: postgres(url),
    lent(max) {
      const pool = postgresPool({ connectionString: url, max });
      return { database: postgres(pool), end: () => pool.end() };
    },
    async lock() {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      await client.query("begin");
      await client.query(statement);
      return () => client.end();
    },
  };
}

async function onMysql(): Promise<Place> {
  const { url, drop } = await freshMysql(mysqlUrl ?? "");
  return {
    drop,
    database: mysql(url),
    async lock() {
      const connection = await createConnection({ uri: url });
      await connection.query("start transaction");
      await connection.query(statement);
      return () => connection.end();
    },
  };
}

async function onSqlite(): Promise<Place> {
  const [kind] = databaseKinds;
  const empty = await kind?.create();
  if (empty === undefined) throw new Error("SQLite is always there");
  const Driver = await loadSqliteDriver();
  return {
    drop: empty.drop,
    database: sqlite(empty.address),
    async lock() {
      const file = new Driver(empty.address);
      file.exec("begin immediate");
      return async () => file.close();
    },
  };
}

const kinds: readonly [string, () => Promise<Place>, boolean][] = [
  ["SQLite", onSqlite, false],
  ["PostgreSQL", onPostgres, postgresUrl === null],
  ["MariaDB", onMysql, mysqlUrl === null],
];

const open = async (database: Database): Promise<Plugbay> =>
  openPlugbay({ database, plugins: [greeting, alice, bob], migrate: true, pollIntervalMs: 500 });

/** What is done once, however often it is asked for. */
function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => {
    done ??= work();
    return done;
  };
}

const outcome = (write: Promise<unknown>): Promise<unknown> =>
  write.then(
    () => "written",
    (error: unknown) => error,
  );

/** Lists again and again for as long as `isOver` says no, and returns how long each took, sorted. */
async function timesOfLists(plugbay: Plugbay, isOver: () => boolean): Promise<number[]> {
  const times: number[] = [];
  while (!isOver()) {
    const start = performance.now();
    const [list] = await Promise.all([
      plugbay.control.list(),
      plugbay.control.explainItem(idOf(plugbay, "alice")),
      plugbay.control.getItem(idOf(plugbay, "bob")),
    ]);
    times.push(performance.now() - start);
    expect(list.total).toBe(2);
    expect(plugbay.get(greeting)?.greet()).toBe("alice");
    expect(plugbay.state.kind).toBe("live");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return times.sort((one, other) => one - other);
}

describe.concurrent("while somebody holds the lock of the revision's row", () => {
  for (const [name, create, isAbsent] of kinds) {
    test.skipIf(isAbsent)(
      `on ${name}, reads wait for none of the writers, who are told that they are blocked`,
      async ({ onTestFinished }) => {
        const place = await create();
        const plugbay = await open(place.database);
        onTestFinished(async () => {
          await plugbay.close();
          await place.drop();
        });
        const id = idOf(plugbay, "alice");
        const unlock = await place.lock();
        const write = (priority: number) =>
          plugbay.control.updateItem(id, { priority: -priority }, { actor: "a writer" });
        const first = Array.from({ length: writers }, (_, index) => outcome(write(index + 1)));
        let isOver = false;
        const released = new Promise((resolve) => setTimeout(resolve, lockedMs)).then(async () => {
          await unlock();
          isOver = true;
        });
        const times = await timesOfLists(plugbay, () => isOver);
        expect(times.length).toBeGreaterThan(50);
        expect(times[Math.floor(times.length * 0.5)]).toBeLessThan(usualMs);
        expect(times.at(-1)).toBeLessThan(worstMs);
        await released;
        const blocked = (await Promise.all(first)).filter((one) => one !== "written");
        expect(blocked.length).toBeGreaterThan(0);
        for (const error of blocked) expect(error).toBeInstanceOf(WriteBlockedError);
        await write(99);
        expect((await plugbay.control.getItem(id)).priority).toBe(-99);
      },
      lockedMs + 60_000,
    );
  }

  for (const [name, create, isAbsent] of kinds) {
    test.skipIf(isAbsent)(
      `on ${name}, what is registered meanwhile holds up one list, and is synced afterwards`,
      async ({ onTestFinished }) => {
        const place = await create();
        const plugbay = await open(place.database);
        onTestFinished(async () => {
          await plugbay.close();
          await place.drop();
        });
        const unlock = once(await place.lock());
        // Also after a failure: a connection is not to be there when its database is dropped.
        onTestFinished(unlock);
        plugbay.registry.register(carol);
        await plugbay.control.list();
        const end = performance.now() + 3_000;
        const times = await timesOfLists(plugbay, () => performance.now() > end);
        expect(times[Math.floor(times.length * 0.5)]).toBeLessThan(usualMs);
        expect(times.at(-1)).toBeLessThan(worstMs);
        await unlock();
        await waitFor("the sync", 10_000, () =>
          plugbay.items(greeting).some((item) => item.name === "carol"),
        );
      },
    );
  }

  test.skipIf(postgresUrl === null)(
    "writers leave a connection of an application's pool to who reads",
    async () => {
      const place = await onPostgres();
      const maker = await open(place.database);
      await maker.close();
      const lent = place.lent?.(3);
      if (lent === undefined) throw new Error("there is a pool for PostgreSQL");
      const plugbay = await open(lent.database);
      const unlock = await place.lock();
      const id = idOf(plugbay, "alice");
      const writes = Array.from({ length: writers }, (_, priority) =>
        outcome(plugbay.control.updateItem(id, { priority: -priority }, { actor: "a writer" })),
      );
      const end = performance.now() + 5_000;
      const times = await timesOfLists(plugbay, () => performance.now() > end);
      expect(times.at(-1)).toBeLessThan(worstMs);
      await plugbay.refresh();
      expect(await plugbay.control.history()).not.toHaveLength(0);
      await unlock();
      expect(new Set(await Promise.all(writes))).toEqual(new Set(["written"]));
      await plugbay.close();
      await lent.end();
      await place.drop();
    },
    60_000,
  );
});
