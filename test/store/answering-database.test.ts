import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { createConnection, createPool } from "mysql2/promise";
import { type Database, type OpenOptions, openPlugbay, type Plugbay } from "plugbay";
import { mysql } from "plugbay/mysql";
import { postgres } from "plugbay/postgres";
import { expect, test } from "vitest";
import { loadSqliteDriver } from "../../src/store/sqlite/load-driver.ts";
import { postgresPool } from "../servers/postgres-pool.ts";
import { alice, bob, carol, greeting } from "./definitions.ts";
import { grantedUsers } from "./granted-users.ts";
import { idOf, onEveryDatabase, type TestDatabase } from "./test-database.ts";

const plugins = [greeting, alice, bob];
const by = { actor: "operator" };

/** Such as one that still writes into a table which somebody has dropped. */
const brokenTrigger = {
  sqlite: [
    "create trigger noting after update on plugbay_item begin insert into nowhere values (1); end",
    "create trigger noting_new after insert on plugbay_item begin insert into nowhere values (1); end",
  ],
  postgres: [
    "create function noting() returns trigger language plpgsql as 'begin insert into nowhere values (1); return new; end'",
    "create trigger noting after insert or update on plugbay_item for each row execute function noting()",
  ],
  mysql: [
    "create trigger noting after update on plugbay_item for each row insert into nowhere values (1)",
    "create trigger noting_new after insert on plugbay_item for each row insert into nowhere values (1)",
  ],
};

/** A pool of two connections of the application, and a way to use both of them. */
async function smallPool(
  home: TestDatabase,
  address: string,
): Promise<{ lent: Database; occupy(): Promise<() => Promise<void>> }> {
  if (home.kind.dialect === "postgres") {
    const pool = postgresPool({ connectionString: address, max: 2 });
    home.afterwards(() => pool.end());
    return {
      lent: postgres(pool),
      async occupy() {
        const clients = [await pool.connect(), await pool.connect()];
        return async () => {
          for (const client of clients) client.release();
        };
      },
    };
  }
  const pool = createPool({ uri: address, connectionLimit: 2 });
  home.afterwards(() => pool.end());
  return {
    lent: mysql(pool),
    async occupy() {
      const connections = [await pool.getConnection(), await pool.getConnection()];
      return async () => {
        for (const connection of connections) connection.release();
      };
    },
  };
}

/** Opens a process that code may stand in for, and gives what it is refused with. */
async function refusalAt(
  database: OpenOptions["database"],
  options: Partial<OpenOptions> = {},
): Promise<unknown> {
  const opened: Plugbay | Error = await openPlugbay({
    ...{ database, plugins, bootstrap: "code", readyTimeoutMs: 500 },
    ...options,
  }).catch((error: Error) => error);
  if (opened instanceof Error) return opened;
  const served = opened.get(greeting)?.greet();
  await opened.close();
  return `it serves ${served}`;
}

onEveryDatabase((home) => {
  test("no code stands in for a database that answers that a statement failed, and each call says so", async () => {
    const elsewhere = await home.elsewhere();
    const plugbay = await home.open(plugins, { database: elsewhere.database, migrate: true });
    const id = idOf(plugbay, "alice");
    await plugbay.control.updateItem(id, { status: "disable" }, by);
    const db = await home.kysely({}, elsewhere);
    await sql`alter table plugbay_item rename column namespace to somewhere`.execute(db);
    await sql`update plugbay_revision set revision = revision + 1`.execute(db);
    await sql`update plugbay_type set revision = revision + 1`.execute(db);

    const failed = { name: "DatabaseFailedError", code: "DATABASE_FAILED", kind: "failed" };
    const cause = expect.objectContaining({ message: expect.stringContaining("namespace") });
    expect(await refusalAt(elsewhere.database)).toMatchObject({ ...failed, cause });
    await expect(plugbay.refresh()).rejects.toMatchObject(failed);
    await expect(plugbay.control.updateItem(id, { status: "active" }, by)).rejects.toMatchObject(failed);
    await expect(plugbay.sync({ mode: "update" })).rejects.toMatchObject(failed);
    await expect(plugbay.planSync()).rejects.toMatchObject(failed);
    expect(plugbay.get(greeting)?.greet()).toBe("bob");
  });

  test("no code stands in for a database without plugbay's tables", async () => {
    const elsewhere = await home.elsewhere();
    const refusal = await refusalAt(elsewhere.database, { migrate: false });
    expect(refusal).toMatchObject({ code: "MIGRATION_REQUIRED" });
  });

  test("a file does not stand in for a database in which a statement of the application's own fails", async () => {
    const elsewhere = await home.elsewhere();
    const folder = await mkdtemp(join(tmpdir(), "plugbay-answering-"));
    home.afterwards(() => rm(folder, { recursive: true }));
    const bootstrap: OpenOptions["bootstrap"] = [{ file: join(folder, "snapshot.json") }, "code"];
    const first = await home.open(plugins, { database: elsewhere.database, migrate: true, bootstrap });
    await first.close();
    const operator = await home.open(plugins, { database: elsewhere.database });
    await operator.control.updateItem(idOf(operator, "alice"), { status: "disable" }, by);
    const db = await home.kysely({}, elsewhere, 1);
    for (const statement of brokenTrigger[home.kind.dialect]) await sql.raw(statement).execute(db);

    const refusal = await refusalAt(elsewhere.database, {
      namespace: home.namespace,
      plugins: [...plugins, carol],
      bootstrap,
    });
    expect(refusal).toMatchObject({ code: "DATABASE_FAILED" });
    await expect(
      operator.control.updateItem(idOf(operator, "bob"), { priority: 9 }, by),
    ).rejects.toMatchObject({ code: "DATABASE_FAILED" });
    await operator.refresh();
    expect(operator.state.kind).toBe("live");
  });

  if (home.kind.dialect === "sqlite") {
    test("no code stands in for a file that another process has locked; after 30 s that is said", async () => {
      const elsewhere = await home.elsewhere();
      const Driver = await loadSqliteDriver();
      const other = new Driver(elsewhere.address);
      other.exec("create table theirs (id integer)");
      other.exec("begin exclusive");
      const startedAt = performance.now();
      expect(await refusalAt(elsewhere.database)).toMatchObject({ code: "WRITE_BLOCKED" });
      expect(performance.now() - startedAt).toBeGreaterThan(29_000);
      expect(performance.now() - startedAt).toBeLessThan(40_000);
      other.close();
    });
    return;
  }

  test("no code stands in for a database in which somebody has locked a whole table", async () => {
    const elsewhere = await home.elsewhere();
    const operator = await home.open(plugins, { database: elsewhere.database, migrate: true });
    await operator.control.updateItem(idOf(operator, "alice"), { status: "disable" }, by);
    const db = await home.kysely({}, elsewhere, 1);
    const isPostgres = home.kind.dialect === "postgres";
    await db.connection().execute(async (connection) => {
      if (isPostgres) await sql`begin`.execute(connection);
      await sql
        .raw(isPostgres ? "lock table plugbay_item" : "lock tables plugbay_item write")
        .execute(connection);
      expect(await refusalAt(elsewhere.database, { namespace: home.namespace })).toMatchObject({
        code: "WRITE_BLOCKED",
        message: expect.stringContaining("another transaction may have locked the table"),
      });
      await sql.raw(isPostgres ? "rollback" : "unlock tables").execute(connection);
    });
    expect(operator.get(greeting)?.greet()).toBe("bob");
  });

  test("no code stands in for a database whose lent connections the application uses itself", async () => {
    const elsewhere = await home.elsewhere();
    const operator = await home.open(plugins, { database: elsewhere.database, migrate: true });
    await operator.control.updateItem(idOf(operator, "alice"), { status: "disable" }, by);
    const { lent, occupy } = await smallPool(home, elsewhere.address);
    const free = await occupy();
    for (const readyTimeoutMs of [500, 6_000]) {
      expect(await refusalAt(lent, { namespace: home.namespace, readyTimeoutMs })).toMatchObject({
        kind: "unavailable",
      });
    }
    await free();
    expect(await refusalAt(lent, { namespace: home.namespace })).toBe("it serves bob");
  });

  test("nothing stands in for tables that the user has no right to see, and that is said", async () => {
    const elsewhere = await home.elsewhere();
    const users = await grantedUsers(home.kind, elsewhere, plugins);
    home.afterwards(() => users.drop());
    const folder = await mkdtemp(join(tmpdir(), "plugbay-answering-"));
    home.afterwards(() => rm(folder, { recursive: true }));
    const bootstrap: OpenOptions["bootstrap"] = [{ file: join(folder, "snapshot.json") }, "code"];
    const database = at(users.addressOf("writer"));
    const running = await home.open(plugins, { database, namespace: "default", bootstrap });
    const operator = await home.open(plugins, { database: elsewhere.database, namespace: "default" });
    const db = await home.kysely({}, elsewhere, 1);
    const user = new URL(users.addressOf("writer")).username;
    if (home.kind.dialect === "postgres") {
      await sql.raw(`revoke all on schema public from ${user}, public`).execute(db);
    } else {
      const app = new URL(elsewhere.address).pathname.slice(1);
      await sql.raw("create table other (id int)").execute(db);
      await sql.raw(`revoke all privileges, grant option from ${user}`).execute(db);
      await sql.raw(`grant select on ${app}.other to ${user}`).execute(db);
    }
    await operator.control.updateItem(idOf(operator, "alice"), { status: "disable" }, by);
    const forbidden = { code: "DATABASE_FORBIDDEN" };
    expect(await refusalAt(database, { namespace: "default", bootstrap })).toMatchObject(forbidden);
    expect(await refusalAt(database, { namespace: "default" })).toMatchObject(forbidden);
    await expect(running.refresh()).rejects.toMatchObject(forbidden);
  });

  const at = home.kind.dialect === "postgres" ? postgres : mysql;
  const addressFor = (change: (url: URL) => void): string => {
    const url = new URL(home.here.address);
    change(url);
    return url.href;
  };

  test("no code stands in for a server that refuses the user, or has no such database", async () => {
    const stranger = addressFor((url) => {
      url.username = "nobody_known";
    });
    expect(await refusalAt(at(stranger))).toMatchObject({ code: "DATABASE_FORBIDDEN" });
    const elsewhere = addressFor((url) => {
      url.pathname = "/no_such_database";
    });
    expect(await refusalAt(at(elsewhere))).toMatchObject({ code: "DATABASE_FAILED" });
  });

  test("nor where the server takes no more connections of the user whose lent ones are all in use", async () => {
    const [db, name] = [await home.kysely(), `two_${home.namespace.slice(0, 8)}`];
    const [make, remove] =
      home.kind.dialect === "postgres"
        ? [`create role ${name} login connection limit 2`, `drop role ${name}`]
        : [`create user ${name}@'%' with max_user_connections 2`, `drop user ${name}@'%'`];
    await sql.raw(make).execute(db);
    home.afterwards(() => sql.raw(remove).execute(db));
    if (home.kind.dialect === "mysql") await sql.raw(`grant all on *.* to ${name}@'%'`).execute(db);
    const { lent, occupy } = await smallPool(
      home,
      addressFor((url) => {
        url.username = name;
      }),
    );
    const free = await occupy();
    expect(await refusalAt(lent)).toMatchObject({ kind: "unavailable" });
    await free();
  });

  test("no code stands in for a server that takes no more connections of this user", async () => {
    const [db, name] = [await home.kysely(), `few_${home.namespace.slice(0, 8)}`];
    const [make, remove] =
      home.kind.dialect === "postgres"
        ? [`create role ${name} login superuser connection limit 0`, `drop role ${name}`]
        : [`create user ${name}@'%' with max_user_connections 1`, `drop user ${name}@'%'`];
    await sql.raw(make).execute(db);
    home.afterwards(() => sql.raw(remove).execute(db));
    const address = addressFor((url) => {
      url.username = name;
    });
    if (home.kind.dialect === "postgres") {
      await sql.raw(`alter role ${name} nosuperuser`).execute(db);
    } else {
      await sql.raw(`grant all on *.* to ${name}@'%'`).execute(db);
      const only = await createConnection({ uri: address });
      home.afterwards(() => only.end());
    }
    expect(await refusalAt(at(address))).toMatchObject({
      name: "TooManyConnectionsError",
      code: "TOO_MANY_CONNECTIONS",
      kind: "unavailable",
    });
  });
});
