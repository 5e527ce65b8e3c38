import { sql } from "kysely";
import { createConnection } from "mysql2/promise";
import { type OpenOptions, openPlugbay, type Plugbay } from "plugbay";
import { mysql } from "plugbay/mysql";
import { postgres } from "plugbay/postgres";
import { expect, test } from "vitest";
import { loadSqliteDriver } from "../../src/store/sqlite/load-driver.ts";
import { alice, bob, greeting } from "./definitions.ts";
import { idOf, onEveryDatabase } from "./test-database.ts";

const plugins = [greeting, alice, bob];
const by = { actor: "operator" };

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
