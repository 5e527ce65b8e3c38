import { Kysely } from "kysely";
import { openPlugbay } from "plugbay";
import { describe, expect, test, vi } from "vitest";
import { clientDialect } from "./client-dialect.ts";
import { alice, bob, carol, greeting } from "./definitions.ts";
import { idOf, onEveryDatabase } from "./test-database.ts";

const plugins = [greeting, alice, bob];
const by = { actor: "operator" };

type Row = Record<string, unknown>;
const eachKey = (change: (key: string) => string) => (rows: readonly unknown[]) =>
  rows.map((row) =>
    Object.fromEntries(Object.entries(row as Row).map(([key, value]) => [change(key), value])),
  );
const eachValue = (change: (value: unknown) => unknown) => (rows: readonly unknown[]) =>
  rows.map((row) =>
    Object.fromEntries(Object.entries(row as Row).map(([key, value]) => [key, change(value)])),
  );
const isInteger = (value: unknown): boolean => typeof value === "bigint" || Number.isInteger(value);

/** What applications tell their clients to give, as postgres.js, mysql2, better-sqlite3 and libsql do. */
const habits: Record<string, (rows: readonly unknown[]) => unknown[]> = {
  "columns in camel case": eachKey((key) =>
    key.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase()),
  ),
  "columns in pascal case": eachKey((key) =>
    key.replace(/(?:^|_)(.)/g, (_, letter: string) => letter.toUpperCase()),
  ),
  "undefined for null": eachValue((value) => value ?? undefined),
  "integers as bigints": eachValue((value) => (isInteger(value) ? BigInt(value as number) : value)),
  "numbers and truth values as texts": eachValue((value) =>
    typeof value === "boolean" ? String(value)[0] : isInteger(value) ? String(value) : value,
  ),
};

/** What no query can be read from. */
const refused: Record<string, readonly [(rows: readonly unknown[]) => unknown[], says: string]> = {
  "rows as arrays": [(rows) => rows.map((row) => Object.values(row as Row)), "rows of another shape"],
  "rows nested by table": [(rows) => rows.map((row) => ({ "": row })), "rows of another shape"],
  "texts as buffers": [
    eachValue((value) => (typeof value === "string" ? Buffer.from(value) : value)),
    "texts as object",
  ],
  "another value for null": [eachValue((value) => value ?? ""), "null as string"],
};

onEveryDatabase((home) => {
  const kyselyOf = async (rowsAs: (rows: readonly unknown[]) => unknown[], database = home.here) => {
    const db = new Kysely({ dialect: clientDialect(await database.dialect(), rowsAs) });
    home.afterwards(() => db.destroy());
    return db;
  };

  describe.each(Object.entries(habits))("a Kysely instance whose client gives %s", (_, rowsAs) => {
    test("serves, follows and changes like any other", async () => {
      const options = { heartbeatMs: 15_000 };
      const plain = await home.open(plugins, options);
      const database = await kyselyOf(rowsAs);
      const plugbay = await home.open([greeting, alice, bob, carol], { ...options, database });
      await plain.refresh();
      expect(plugbay.items(greeting)).toEqual(plain.items(greeting));
      expect(JSON.parse(JSON.stringify(plugbay.items(greeting)))).toEqual(
        JSON.parse(JSON.stringify(plain.items(greeting))),
      );

      const id = idOf(plugbay, "alice");
      await plugbay.control.bulk([id], "lower", by);
      const [{ version } = { version: 0 }] = plugbay.items(greeting).filter((item) => item.id === id);
      await plugbay.control.updateItem(id, { status: "disable" }, { ...by, version });
      await plain.refresh();
      expect(plain.get(greeting)?.greet()).toBe("bob");

      await plain.control.retire([idOf(plain, "carol")], by);
      await plain.control.purge({ ...by, olderThanMs: 0 });
      await plugbay.refresh();
      expect(plugbay.items(greeting)).toEqual(plain.items(greeting));
      expect(await plugbay.control.history()).toEqual(await plain.control.history());
      // What either of them says of itself may be written between the two looks.
      await vi.waitFor(async () => {
        const processes = await plain.control.processes();
        expect(await plugbay.control.processes()).toEqual(
          processes.map((process) => ({ ...process, seenAgoMs: expect.any(Number) })),
        );
      });
    });

    test("takes the migrations, and changes inside the application's transaction", async () => {
      const empty = await home.elsewhere();
      const db = await kyselyOf(rowsAs, empty);
      const plugbay = await home.open(plugins, { database: db, migrate: true });
      await db.transaction().execute(async (transaction) => {
        const joined = plugbay.control.in(transaction);
        await joined.updateItem(idOf(plugbay, "alice"), { priority: 7 }, by);
      });
      await plugbay.refresh();
      expect(plugbay.items(greeting).map(({ name, priority }) => [name, priority])).toEqual([
        ["bob", 2],
        ["alice", 7],
      ]);
      const again = await home.open(plugins, { database: db });
      expect(again.items(greeting)).toEqual(plugbay.items(greeting));
    });
  });

  test.each(Object.entries(refused))("a client that gives %s is refused", async (_, [rowsAs, says]) => {
    const database = await kyselyOf(rowsAs);
    await expect(openPlugbay({ database, plugins })).rejects.toMatchObject({
      code: "INVALID_OPTION",
      message: expect.stringContaining(says),
    });
  });
});
