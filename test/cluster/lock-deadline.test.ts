import mysql2 from "mysql2";
import { createConnection } from "mysql2/promise";
import pg from "pg";
import {
  type Database,
  DatabaseUnavailableError,
  openPlugbay,
  type Plugbay,
  WriteBlockedError,
} from "plugbay";
import { mysql } from "plugbay/mysql";
import { postgres } from "plugbay/postgres";
import { sqlite } from "plugbay/sqlite";
import { describe, expect, inject, type TestContext, test, vi } from "vitest";
import { loadSqliteDriver } from "../../src/store/sqlite/load-driver.ts";
import { type FreshDatabase, freshMysql, freshPostgres } from "../servers/databases.ts";
import { postgresPool } from "../servers/postgres-pool.ts";
import { databaseKinds } from "../store/database-kinds.ts";
import { alice, bob, carol, greeter, greeting } from "../store/definitions.ts";
import { idOf } from "../store/test-database.ts";
import { TcpProxy } from "./proxy/tcp-proxy.ts";

// All of them wait, and do little else.
vi.setConfig({ maxConcurrency: 20 });

/** A write ends when its 30 s are over: a second or two later at most. */
const [earliest, latest] = [29.5, 32];
const by = { actor: "operator" };
const quiet = { plugins: [greeting, alice, bob, carol], pollIntervalMs: false, heartbeatMs: false } as const;
const pause = (seconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, seconds * 1_000));

type Server = "PostgreSQL" | "MariaDB";
type Way = "its own" | "the application's";
const urls = { PostgreSQL: inject("postgresUrl"), MariaDB: inject("mysqlUrl") };
const isAbsent = (server: Server): boolean => urls[server] === null;

interface Client {
  run(statement: string): Promise<readonly object[]>;
  end(): Promise<void>;
}

/** A database of a test's own, which is dropped after it, with what else it has opened. */
class Place {
  readonly server: Server;
  readonly url: string;
  readonly #afterwards: TestContext["onTestFinished"];
  #pool: mysql2.Pool | undefined;

  private constructor(server: Server, { url, drop }: FreshDatabase, context: TestContext) {
    this.server = server;
    this.url = url;
    this.#afterwards = context.onTestFinished;
    context.onTestFinished(drop);
  }

  static async on(server: Server, context: TestContext): Promise<Place> {
    const fresh = server === "PostgreSQL" ? freshPostgres : freshMysql;
    return new Place(server, await fresh(urls[server] ?? ""), context);
  }

  async open(database: Database): Promise<Plugbay> {
    const plugbay = await openPlugbay({ ...quiet, database, migrate: true });
    this.#afterwards(() => plugbay.close());
    return plugbay;
  }

  /** The same over a network that can fall silent. */
  async network(): Promise<{ readonly network: TcpProxy; readonly database: Database }> {
    const network = await TcpProxy.before(this.url);
    this.#afterwards(() => network.close());
    const { url } = network;
    return { network, database: this.server === "PostgreSQL" ? postgres(url) : mysql(url) };
  }

  async client(): Promise<Client> {
    const client = await (this.server === "PostgreSQL" ? pgClient(this.url) : mysqlClient(this.url));
    this.#afterwards(() => client.end());
    return client;
  }

  /** Takes locks as another transaction would, and gives them back after so many seconds, or when it ends. */
  async lock(statement: string, seconds = 60): Promise<void> {
    const client = await this.client();
    await client.run("begin");
    await client.run(statement);
    const release = setTimeout(() => void client.run("rollback").catch(() => undefined), seconds * 1_000);
    this.#afterwards(() => clearTimeout(release));
  }

  /** By connections of plugbay's own, or by those of an application's pool. */
  database(way: Way): Database {
    if (this.server === "PostgreSQL") {
      if (way === "its own") return postgres(this.url);
      const pool = postgresPool({ connectionString: this.url });
      this.#afterwards(() => pool.end());
      return postgres(pool);
    }
    if (way === "its own") return mysql(this.url);
    // One connection, so that it is the one whose settings are looked at.
    this.#pool = mysql2.createPool({ uri: this.url, connectionLimit: 1 });
    this.#afterwards(() => this.#pool?.promise().end());
    return mysql(this.#pool);
  }

  /** What a connection of the application's has as its own limit. */
  async lentLimit(): Promise<unknown> {
    return (await this.#pool?.promise().query("select @@innodb_lock_wait_timeout as seconds"))?.[0];
  }
}

async function pgClient(connectionString: string): Promise<Client> {
  const client = new pg.Client({ connectionString });
  client.on("error", () => undefined);
  await client.connect();
  return {
    run: async (statement) => (await client.query<object>(statement)).rows ?? [],
    end: () => client.end(),
  };
}

async function mysqlClient(uri: string): Promise<Client> {
  const connection = await createConnection({ uri, multipleStatements: true });
  return {
    run: async (statement) => (await connection.query(statement))[0] as object[],
    end: () => connection.end(),
  };
}

interface Ending {
  readonly error: unknown;
  readonly seconds: number;
}

async function ending(write: () => Promise<unknown>): Promise<Ending> {
  const startedAt = performance.now();
  const error = await write().then(
    () => "written",
    (reason: unknown) => reason,
  );
  return { error, seconds: (performance.now() - startedAt) / 1_000 };
}

function expectBlocked({ error, seconds }: Ending): void {
  expect(error).toBeInstanceOf(WriteBlockedError);
  expect(seconds).toBeGreaterThan(earliest);
  expect(seconds).toBeLessThan(latest);
}

const raise = (plugbay: Plugbay, name: string) => (): Promise<unknown> =>
  plugbay.control.updateItem(idOf(plugbay, name), { priority: 90 }, by);

const revision = "select * from plugbay_revision for update";
const item = (plugbay: Plugbay, name: string): string =>
  `select * from plugbay_item where id = '${idOf(plugbay, name)}' for update`;

async function expectUnchanged(place: Place): Promise<void> {
  const client = await place.client();
  expect(await client.run("select name from plugbay_item where priority = 90")).toEqual([]);
}

describe.concurrent("a writer waits 30 s for others, all in all", () => {
  for (const server of ["PostgreSQL", "MariaDB"] as const) {
    for (const way of ["its own", "the application's"] as const) {
      test.skipIf(isAbsent(server))(
        `on ${server} over ${way} connections, where the revision's lock comes late, and an item's not at all`,
        async (context) => {
          const place = await Place.on(server, context);
          const plugbay = await place.open(place.database(way));
          const limit = await place.lentLimit();
          await place.lock(item(plugbay, "alice"));
          await place.lock(revision, 20);
          expectBlocked(await ending(raise(plugbay, "alice")));
          await expectUnchanged(place);
          expect(await place.lentLimit()).toEqual(limit);
          await raise(plugbay, "carol")();
        },
      );
    }

    test.skipIf(isAbsent(server))(
      `on ${server}, where the locks of several items are given back one after the other`,
      async (context) => {
        const place = await Place.on(server, context);
        const plugbay = await place.open(place.database("its own"));
        const ids = [alice, bob, carol].map(({ name }) => idOf(plugbay, name));
        await place.lock(item(plugbay, "alice"), 12);
        await place.lock(item(plugbay, "bob"), 24);
        await place.lock(item(plugbay, "carol"));
        expectBlocked(
          await ending(() =>
            plugbay.control.updateItems(
              ids.map((id) => ({ id, priority: 90 })),
              by,
            ),
          ),
        );
        await expectUnchanged(place);
      },
    );

    test.skipIf(isAbsent(server))(
      `on ${server}, and is told of no lock where nothing answers any more`,
      async (context) => {
        const place = await Place.on(server, context);
        const { network, database } = await place.network();
        const plugbay = await place.open(database);
        await place.lock(revision);
        const waiting = ending(raise(plugbay, "alice"));
        await pause(2);
        network.silence();
        const { error, seconds } = await waiting;
        expect(error).toBeInstanceOf(DatabaseUnavailableError);
        expect(seconds).toBeLessThan(latest + 2);
        await expectUnchanged(place);
      },
    );

    test.skipIf(isAbsent(server))(
      `on ${server}, where it is refused each time, with the database's reason`,
      async (context) => {
        const place = await Place.on(server, context);
        const plugbay = await place.open(place.database("its own"));
        const client = await place.client();
        await client.run(
          server === "PostgreSQL"
            ? `create function refuse() returns trigger language plpgsql as
                 $$ begin raise exception 'never today' using errcode = '40001'; end $$;
               create constraint trigger refuses after update on plugbay_item
                 deferrable initially deferred for each row execute function refuse()`
            : `create trigger refuses before update on plugbay_item for each row
                 signal sqlstate '40001' set mysql_errno = 1213, message_text = 'never today'`,
        );
        const refused = await ending(raise(plugbay, "alice"));
        expectBlocked(refused);
        expect(String(refused.error)).toMatch(/repeated for 30 s, and each time .*conflict.*\(never today\)/);
        expect(String(refused.error)).not.toContain("tables locked");
        await expectUnchanged(place);
      },
    );
  }

  test.skipIf(isAbsent("PostgreSQL"))(
    "on PostgreSQL, where several writers of one process queue at the same row",
    async (context) => {
      const place = await Place.on("PostgreSQL", context);
      const plugbay = await place.open(postgres(place.url));
      await place.lock(revision, 33);
      const writes = Array.from({ length: 6 }, () => ending(raise(plugbay, "alice")));
      for (const one of await Promise.all(writes)) expectBlocked(one);
      await pause(4);
      await expectUnchanged(place);
      const client = await place.client();
      const open =
        "select query from pg_stat_activity where datname = current_database() and state like 'idle in%'";
      expect(await client.run(open)).toEqual([]);
      await raise(plugbay, "alice")();
    },
  );

  /** The second one waits for its turn first, and then for the lock. */
  async function expectBothBlocked(plugbay: Plugbay): Promise<void> {
    const first = ending(raise(plugbay, "alice"));
    await pause(4);
    for (const one of await Promise.all([first, ending(raise(plugbay, "bob"))])) expectBlocked(one);
  }

  test.skipIf(isAbsent("PostgreSQL"))(
    "on PostgreSQL, where writers share one connection",
    async (context) => {
      const place = await Place.on("PostgreSQL", context);
      const plugbay = await place.open(postgres({ connectionString: place.url, max: 1 }));
      await place.lock(revision);
      await expectBothBlocked(plugbay);
      await expectUnchanged(place);
    },
  );

  test("on SQLite, where one writer is before another", async ({ onTestFinished }) => {
    const empty = await databaseKinds.find(({ dialect }) => dialect === "sqlite")?.create();
    if (empty === undefined) throw new Error("SQLite is always there");
    const plugbay = await openPlugbay({ ...quiet, database: sqlite(empty.address) });
    const Driver = await loadSqliteDriver();
    const file = new Driver(empty.address);
    onTestFinished(async () => {
      file.close();
      await plugbay.close();
      await empty.drop();
    });
    file.exec("begin immediate");
    await expectBothBlocked(plugbay);
    file.exec("rollback");
    await raise(plugbay, "carol")();
    expect((await plugbay.control.list()).items.filter(({ priority }) => priority === 90)).toHaveLength(1);
  });

  test.skipIf(isAbsent("PostgreSQL"))(
    "but is not cut while it works, however long that takes",
    async (context) => {
      const place = await Place.on("PostgreSQL", context);
      await place.open(postgres(place.url));
      const client = await place.client();
      await client.run(
        `create function dawdle() returns trigger language plpgsql as $$ begin perform pg_sleep(8.2); return null; end $$;
         create trigger dawdles after insert on plugbay_item for each statement execute function dawdle();
         create trigger dawdles after insert on plugbay_audit for each statement execute function dawdle()`,
      );
      const many = Array.from({ length: 1_500 }, (_, index) => greeter(greeting, `number-${index}`));
      const large = await openPlugbay({
        ...quiet,
        database: postgres(place.url),
        plugins: [...quiet.plugins, ...many],
      });
      context.onTestFinished(() => large.close());
      expect(large.items(greeting)).toHaveLength(1_503);
      expect((await client.run("select 1 as one from plugbay_item")).length).toBe(1_503);
    },
  );
});
