import { chmod, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { sql } from "kysely";
import { type Database, DatabaseForbiddenError, definePlugin, openPlugbay } from "plugbay";
import { mysql } from "plugbay/mysql";
import { postgres } from "plugbay/postgres";
import { sqlite } from "plugbay/sqlite";
import { expect, test } from "vitest";
import { collectWarnings } from "../runtime/collect-warnings.ts";
import { alice, bob, carol, greeter, greeterType, greeting } from "./definitions.ts";
import { type GrantedUsers, grantedUsers } from "./granted-users.ts";
import { idOf, onEveryDatabase, type TestDatabase } from "./test-database.ts";

const by = { actor: "operator" };
/** The database for a sort of user, who was granted exactly what the documentation says. */
interface Users {
  at(user: Parameters<GrantedUsers["addressOf"]>[0]): Database;
}

async function withUsers(home: TestDatabase): Promise<Users> {
  const granted = await grantedUsers(home.kind, await home.elsewhere(), [greeting, alice, bob]);
  home.afterwards(() => granted.drop());
  const { [home.kind.dialect]: open } = { postgres, mysql, sqlite };
  return { at: (user) => open(granted.addressOf(user)) };
}

const farewell = greeterType("farewell");
const declared = [greeting, alice, bob, carol, farewell, greeter(farewell, "dora")];

onEveryDatabase((home) => {
  if (home.kind.dialect === "sqlite") {
    test("a file that may only be read, in such a folder, is served and followed, with one warning", async () => {
      const warnings = collectWarnings();
      const elsewhere = await home.elsewhere();
      const owner = await home.open([greeting, alice, bob], { database: elsewhere.database });
      const folder = dirname(elsewhere.address);
      const modes = async (file: number, place: number): Promise<void> => {
        for (const end of ["", "-wal", "-shm"]) await chmod(elsewhere.address + end, file);
        await chmod(folder, place);
      };
      await modes(0o444, 0o555);
      const reader = await asNobody(() => home.open(declared, { database: sqlite(elsewhere.address) }));
      expect(reader.state.kind).toBe("live");
      expect(reader.get(greeting)?.greet()).toBe("alice");
      expect(reader.get(farewell)).toBeUndefined();
      const id = idOf(reader, "alice");
      await asNobody(() =>
        expect(reader.control.updateItem(id, { status: "disable" }, by)).rejects.toMatchObject({
          code: "WRITE_REFUSED",
        }),
      );
      await owner.control.updateItem(id, { status: "disable" }, by);
      await reader.refresh();
      expect(reader.get(greeting)?.greet()).toBe("bob");
      expect(warnings).toHaveLength(1);
      await modes(0o644, 0o755);
    });

    test("a file that may only be read, in such a folder, is also served when nobody else has it open", async () => {
      collectWarnings();
      const elsewhere = await home.elsewhere();
      const owner = await home.open([greeting, alice, bob], { database: elsewhere.database });
      await owner.close();
      // Some drivers leave them, empty.
      for (const end of ["-wal", "-shm"]) await rm(elsewhere.address + end, { force: true });
      await chmod(elsewhere.address, 0o444);
      await chmod(dirname(elsewhere.address), 0o555);
      const reader = await asNobody(() => home.open(declared, { database: sqlite(elsewhere.address) }));
      expect(reader.state.kind).toBe("live");
      expect(reader.get(greeting)?.greet()).toBe("alice");
      await asNobody(() => reader.refresh());
      await chmod(dirname(elsewhere.address), 0o755);
      const again = await home.open([greeting, alice, bob], { database: elsewhere.database });
      await again.control.updateItem(idOf(again, "alice"), { status: "disable" }, by);
      await reader.refresh();
      expect(reader.get(greeting)?.greet()).toBe("bob");
    });
    return;
  }

  test("a user who may only read opens with what was not synced yet, follows, and says once what it leaves out", async () => {
    const warnings = collectWarnings();
    const { at } = await withUsers(home);
    const options = { namespace: "default", heartbeatMs: 50, pollIntervalMs: 50 };
    const reader = await home.open(declared, { database: at("reader"), ...options });
    expect(reader.state.kind).toBe("live");
    expect(reader.get(greeting)?.greet()).toBe("alice");
    expect(reader.items(greeting).map(({ name }) => name)).toEqual(["alice", "bob"]);
    expect(reader.get(farewell)).toBeUndefined();

    const id = idOf(reader, "alice");
    const refused = { code: "DATABASE_FORBIDDEN", kind: "forbidden", needs: "writer" };
    await expect(reader.control.updateItem(id, { status: "disable" }, by)).rejects.toMatchObject(refused);
    await expect(reader.control.updateItem(id, { status: "disable" }, by)).rejects.toThrow(
      /rights of a writer.*docs\/database\.md/,
    );
    await expect(reader.sync({ mode: "update" })).rejects.toMatchObject(refused);
    expect(await reader.control.history()).not.toEqual([]);

    const writer = await home.open(declared, { database: at("writer"), ...options });
    await writer.control.updateItem(id, { status: "disable" }, by);
    await expect.poll(() => reader.get(greeting)?.greet(), { timeout: 10_000 }).toBe("bob");
    expect(reader.get(farewell)?.greet()).toBe("dora");
    await reader.refresh();
    expect(warnings.filter((text) => text.includes("only reads"))).toHaveLength(1);
    expect(warnings).toHaveLength(1);
    expect((await reader.control.processes()).map(({ id: process }) => process)).toEqual([writer.processId]);
    if (home.kind.dialect === "postgres") {
      await expect.poll(() => reader.state).toMatchObject({ kind: "live", transport: "listen" });
    }
  });

  test("a user who may only read is told what needs attention", async () => {
    collectWarnings();
    const { at } = await withUsers(home);
    const options = { namespace: "default", heartbeatMs: 50 };
    const absent = ["alice", "bob"].map((name) =>
      definePlugin(greeting, {
        ...{ name, module: "apps/greeters" },
        create: (): never => {
          throw new Error("not at home");
        },
      }),
    );
    await home.open([greeting, ...absent], { database: at("writer"), ...options });
    const reader = await home.open([greeting, alice, bob], { database: at("reader"), ...options });
    await expect.poll(async () => (await reader.attention()).map(({ code }) => code)).toContain("unserved");
  });

  test("a user who may only read syncs in vain without a word where there is nothing to write", async () => {
    const warnings = collectWarnings();
    const { at } = await withUsers(home);
    const options = { namespace: "default", heartbeatMs: false } as const;
    const reader = await home.open([greeting, alice, bob], { database: at("reader"), ...options });
    await expect(reader.sync()).resolves.toMatchObject({ itemsCreated: 0 });
    expect(warnings).toEqual([]);
  });

  test("a writer does all but migrate, and a migrator does that", async () => {
    const { at } = await withUsers(home);
    const options = { namespace: "default", heartbeatMs: 50 };
    const writer = await home.open(declared, { database: at("writer"), ...options });
    const id = idOf(writer, "alice");
    await writer.control.updateItem(id, { priority: 5 }, by);
    await writer.control.retire([id], by);
    await writer.control.purge({ ids: [id], ...by });
    expect(writer.items(greeting).map(({ name }) => name)).toEqual(["bob", "carol"]);
    await expect.poll(() => writer.control.processes()).toHaveLength(1);

    const migrator = await openPlugbay({ database: at("migrator"), plugins: declared, ...options });
    await migrator.close();
    const db = await at("migrator").connect();
    await sql`delete from plugbay_migration where name = '0003_managed'`.execute(db.db);
    await db.close();
    const opening = openPlugbay({ database: at("writer"), plugins: declared, migrate: true, ...options });
    await expect(opening).rejects.toBeInstanceOf(DatabaseForbiddenError);
    await expect(opening).rejects.toMatchObject({ needs: "migrator" });
    const again = await openPlugbay({
      ...{ database: at("migrator"), plugins: declared, migrate: true },
      ...options,
    });
    await again.close();
  });
});

/** With the rights that anybody has, where the tests run as root, who may do everything. */
async function asNobody<T>(work: () => Promise<T>): Promise<T> {
  if (process.geteuid?.() !== 0) return work();
  process.seteuid?.(65_534);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
}
