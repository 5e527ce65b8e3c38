import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseReplacedError, type OpenOptions, openPlugbay, type Plugbay } from "plugbay";
import { expect, test } from "vitest";
import type { AnyKysely } from "../../src/store/any-kysely.ts";
import { waitFor } from "../cluster/harness/wait-for.ts";
import { collectWarnings } from "../runtime/collect-warnings.ts";
import { ManualClock } from "../runtime/manual-clock.ts";
import type { EmptyDatabase } from "./database-kinds.ts";
import { alice, bob, carol, greeting } from "./definitions.ts";
import { idOf, onEveryDatabase } from "./test-database.ts";

const plugins = [greeting, alice, bob];
const by = { actor: "operator" };
const ofRows = ["plugbay_item", "plugbay_type"] as const;
const ofHistory = [
  "plugbay_audit",
  "plugbay_change",
  "plugbay_circuit",
  "plugbay_process",
  "plugbay_revision",
  "plugbay_traffic",
  "plugbay_event",
] as const;
const all = [...ofRows, ...ofHistory];

onEveryDatabase((home) => {
  async function open({ database }: EmptyDatabase, options: Partial<OpenOptions> = {}): Promise<Plugbay> {
    const plugbay = await openPlugbay({
      database,
      plugins,
      migrate: true,
      pollIntervalMs: false,
      heartbeatMs: false,
      ...options,
    });
    home.afterwards(() => plugbay.close());
    return plugbay;
  }

  /** A database in which an operator has disabled alice, with a process that serves from it. */
  async function served(options: Partial<OpenOptions> = {}) {
    const place = await home.elsewhere();
    const plugbay = await open(place, options);
    await plugbay.control.updateItem(idOf(plugbay, "alice"), { status: "disable" }, by);
    const db = await home.kysely(undefined, place);
    return { place, plugbay, db };
  }

  async function snapshotPath(): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), "plugbay-replaced-"));
    home.afterwards(() => rm(folder, { recursive: true }));
    return join(folder, "snapshot.json");
  }

  const empty = async (db: AnyKysely, tables: readonly (typeof all)[number][] = all) => {
    for (const table of tables) await db.deleteFrom(table).execute();
  };

  const dropTables = async (db: AnyKysely) => {
    const others = ["alert", "attention", "leader", "migration"].map((name) => `plugbay_${name}`);
    for (const table of [...all, ...others]) await db.schema.dropTable(table).execute();
  };

  /** Takes all rows out, or only copies them, and gives the way to put them back. */
  async function takeOut(db: AnyKysely, isCopied = false): Promise<() => Promise<void>> {
    const saved = new Map<string, Record<string, unknown>[]>();
    for (const table of all) saved.set(table, await db.selectFrom(table).selectAll().execute());
    if (!isCopied) await empty(db);
    return async () => {
      await empty(db);
      for (const table of all.toReversed()) {
        const rows = saved.get(table) ?? [];
        if (rows.length > 0)
          await db
            .insertInto(table)
            .values(rows as never)
            .execute();
      }
    };
  }

  const counts = async (db: AnyKysely): Promise<number[]> =>
    Promise.all(all.map(async (table) => (await db.selectFrom(table).selectAll().execute()).length));

  /** What serves is what the operator decided, and nothing can be changed. */
  async function expectLastKnown(plugbay: Plugbay, found: string): Promise<void> {
    const refusal = await plugbay.refresh().catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(DatabaseReplacedError);
    expect(refusal).toMatchObject({ code: "DATABASE_REPLACED", kind: "unavailable", found });
    expect(plugbay.state).toMatchObject({ cause: refusal });
    expect(plugbay.get(greeting)?.greet()).toBe("bob");
    const change = plugbay.control.updateItem(idOf(plugbay, "bob"), { priority: 3 }, by);
    await expect(change).rejects.toMatchObject({ code: "DATABASE_REPLACED" });
    await expect(plugbay.sync({ mode: "update" })).rejects.toMatchObject({ code: "DATABASE_REPLACED" });
    await expect(plugbay.control.history()).rejects.toMatchObject({ code: "DATABASE_REPLACED" });
    expect(await plugbay.control.list()).toMatchObject({ total: 2 });
  }

  test("a running process serves on when its tables were emptied, says so once, and writes nothing there", async () => {
    const warnings = collectWarnings();
    const { plugbay, db } = await served();
    const causes: unknown[] = [];
    plugbay.on("stale", ({ cause }) => void causes.push(cause));
    await empty(db);
    await expectLastKnown(plugbay, "emptied");
    await expectLastKnown(plugbay, "emptied");
    expect(plugbay.state).toMatchObject({ kind: "stale" });
    expect(causes).toEqual([expect.objectContaining({ found: "emptied" })]);
    expect(warnings).toEqual([expect.stringMatching(/rows are gone.* restart every process/)]);
    expect(await counts(db)).toEqual(all.map(() => 0));
  });

  test("emptied tables are found by reconciliation, too, where the revision is as it was", async () => {
    collectWarnings();
    const clock = new ManualClock();
    const { place, db } = await served();
    const plugbay = await open(place, { clock, pollIntervalMs: 1_000, push: false });
    await empty(db, ofRows);
    await plugbay.refresh();
    expect(plugbay.state.kind).toBe("live");
    await waitFor("the loss", 20_000, async () => {
      await clock.advance(1_000);
      return plugbay.state.kind === "stale" && plugbay.state.cause instanceof DatabaseReplacedError;
    });
    await expectLastKnown(plugbay, "emptied");
    expect((await counts(db)).slice(0, 2)).toEqual([0, 0]);
  });

  test("rows that another process made anew in emptied tables are not taken for what an operator decided", async () => {
    collectWarnings();
    const { place, plugbay, db } = await served();
    await empty(db, ofRows);
    const newcomer = await open(place);
    expect(newcomer.get(greeting)?.greet()).toBe("alice");
    await expectLastKnown(plugbay, "emptied");
    await empty(db);
    await open(place);
    await expectLastKnown(plugbay, "replaced");
  });

  test.each([
    { of: "rows", tables: ofRows },
    { of: "rows and history", tables: [...ofRows, "plugbay_audit", "plugbay_change"] as const },
  ])(
    "a start over $of that others made anew in emptied tables serves the snapshot file",
    async ({ tables }) => {
      collectWarnings();
      const file = await snapshotPath();
      const { plugbay, place, db } = await served({ bootstrap: { file } });
      await plugbay.close();
      await empty(db, tables);
      const newcomer = await open(place);
      expect(newcomer.get(greeting)?.greet()).toBe("alice");
      const restarted = await open(place, { bootstrap: { file } });
      expect(restarted.state).toMatchObject({ kind: "bootstrapped", cause: { found: "emptied" } });
      expect(restarted.get(greeting)?.greet()).toBe("bob");
    },
  );

  test("an older copy is followed, also where it has none of the rows that are served", async () => {
    const { place, plugbay, db } = await served();
    const putBack = await takeOut(db, true);
    const ids = [idOf(plugbay, "alice"), idOf(plugbay, "bob")];
    await plugbay.control.retire(ids, by);
    await plugbay.control.purge({ ...by, olderThanMs: 0 });
    const later = await open(place, { plugins: [greeting, carol] });
    await plugbay.refresh();
    expect(plugbay.items(greeting)).toMatchObject([{ name: "carol" }]);
    await putBack();
    await plugbay.refresh();
    expect(plugbay.state.kind).toBe("live");
    expect(plugbay.get(greeting)?.greet()).toBe("bob");
    await later.refresh();
    expect(later.state.kind).toBe("live");
  });

  test("what was purged is gone, and no loss", async () => {
    const { place, plugbay } = await served();
    const other = await open(place);
    await other.control.retire([idOf(other, "alice"), idOf(other, "bob")], by);
    await other.control.purge({ ...by, olderThanMs: 0 });
    await plugbay.refresh();
    expect(plugbay.items(greeting)).toEqual([]);
    expect(plugbay.state.kind).toBe("live");
  });

  test("a running process serves on when its tables are missing, and goes by the right rows when they are back", async () => {
    collectWarnings();
    const { plugbay, db, place } = await served();
    const putBack = await takeOut(db);
    await dropTables(db);
    await expectLastKnown(plugbay, "missing");
    await open(place, { namespace: "other" });
    await expectLastKnown(plugbay, "emptied");
    await putBack();
    await plugbay.refresh();
    expect(plugbay.state.kind).toBe("live");
    await plugbay.control.updateItem(idOf(plugbay, "bob"), { status: "disable" }, by);
    expect(plugbay.get(greeting)).toBeUndefined();
  });

  test("no heartbeat is written into another database", async () => {
    collectWarnings();
    const clock = new ManualClock();
    const { plugbay, db } = await served({ clock, heartbeatMs: 1_000 });
    await waitFor(
      "the first heartbeat",
      5_000,
      async () => (await counts(db))[all.indexOf("plugbay_process")] === 1,
    );
    await empty(db);
    await clock.advance(1_200);
    await expect(plugbay.refresh()).rejects.toMatchObject({ code: "DATABASE_REPLACED" });
    await clock.advance(1_200);
    expect(await counts(db)).toEqual(all.map(() => 0));
  });

  test.each(["emptied", "missing", "replaced"])(
    "a start over a database that is %s serves the snapshot file, leaves both as they are, and says so",
    async (found) => {
      const file = await snapshotPath();
      const { plugbay, place, db } = await served({ bootstrap: { file } });
      await plugbay.close();
      const putBack = await takeOut(db);
      if (found === "missing") await dropTables(db);
      if (found === "replaced") await (await open(place)).close();
      const before = await readFile(file, "utf8");
      const warnings = collectWarnings();
      const restarted = await open(place, { bootstrap: [{ file }, "code"] });
      expect(restarted.state).toMatchObject({ kind: "bootstrapped", from: "file", cause: { found } });
      await expectLastKnown(restarted, found);
      expect(warnings).toEqual([
        expect.stringContaining(`delete the snapshot file "${file}" and restart every`),
      ]);
      expect(await readFile(file, "utf8")).toBe(before);

      if (found === "missing") {
        const tables = (await db.introspection.getTables()).map(({ name }) => name);
        expect(tables.filter((name) => name.startsWith("plugbay_"))).toEqual([]);
        await open(place, { namespace: "other" });
      }
      await putBack();
      await restarted.refresh();
      expect(restarted.state.kind).toBe("live");
      expect(restarted.get(greeting)?.greet()).toBe("bob");
    },
  );

  test("a start over rows that are gone from under an intact history serves the snapshot file", async () => {
    collectWarnings();
    const file = await snapshotPath();
    const { plugbay, place, db } = await served({ bootstrap: { file } });
    await plugbay.close();
    await empty(db, ofRows);
    const restarted = await open(place, { bootstrap: { file } });
    expect(restarted.state).toMatchObject({ kind: "bootstrapped", cause: { found: "emptied" } });
    await expectLastKnown(restarted, "emptied");
    expect((await counts(db)).slice(0, 2)).toEqual([0, 0]);
  });

  test("the way out is to delete the file; without a good one, an empty database is a first start", async () => {
    collectWarnings();
    const file = await snapshotPath();
    const { plugbay, place, db } = await served({ bootstrap: { file } });
    await plugbay.close();
    await empty(db);
    await rm(file);
    const first = await open(place, { bootstrap: { file } });
    expect(first.state.kind).toBe("live");
    expect(first.get(greeting)?.greet()).toBe("alice");
    await first.close();

    await empty(db);
    const whole = await readFile(file, "utf8");
    await writeFile(file, whole.slice(0, -20));
    const next = await open(place, { bootstrap: [{ file }, "code"] });
    expect(next.state.kind).toBe("live");
  });
});
