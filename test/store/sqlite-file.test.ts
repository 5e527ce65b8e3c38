import {
  copyFile,
  cp,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { DatabaseReplacedError, type OpenOptions, openPlugbay, type Plugbay } from "plugbay";
import { sqlite } from "plugbay/sqlite";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { loadSqliteDriver } from "../../src/store/sqlite/load-driver.ts";
import { waitFor } from "../cluster/harness/wait-for.ts";
import { collectWarnings } from "../runtime/collect-warnings.ts";
import { alice, bob, greeting } from "./definitions.ts";
import { idOf } from "./test-database.ts";

const by = { actor: "operator" };

/** A SQLite library that knows nothing of the one that plugbay uses: a copy of it is another library to the process. */
async function anotherLibrary(place: string): Promise<typeof import("@photostructure/sqlite")> {
  const copied = join(place, "node_modules/@photostructure/sqlite");
  const modules = fileURLToPath(new URL("../../node_modules/", import.meta.url));
  await cp(join(modules, "@photostructure/sqlite"), copied, { recursive: true });
  await symlink(join(modules, "node-gyp-build"), join(place, "node_modules/node-gyp-build"));
  return createRequire(join(place, "require.js"))("@photostructure/sqlite");
}

let folder: string;
let path: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "plugbay-file-"));
  path = join(folder, "app.db");
  file = join(folder, "snapshot.json");
  return () => rm(folder, { recursive: true });
});

async function open(at: string, options: Partial<OpenOptions> = {}): Promise<Plugbay> {
  const plugbay = await openPlugbay({
    database: sqlite(at),
    plugins: [greeting, alice, bob],
    pollIntervalMs: false,
    ...options,
  });
  onTestFinished(() => plugbay.close());
  return plugbay;
}

/** A process over a file in which an operator has disabled alice. */
async function served(options: Partial<OpenOptions> = {}): Promise<Plugbay> {
  const plugbay = await open(path, options);
  await plugbay.control.updateItem(idOf(plugbay, "alice"), { status: "disable" }, by);
  return plugbay;
}

/** A whole copy of the database beside it. */
async function backUp(): Promise<string> {
  const Driver = await loadSqliteDriver();
  const copy = join(folder, "backup.db");
  const database = new Driver(path);
  database.exec(`vacuum into '${copy}'`);
  database.close();
  return copy;
}

async function revisionIn(at: string): Promise<unknown> {
  const Driver = await loadSqliteDriver();
  const database = new Driver(at);
  try {
    expect(database.prepare("pragma integrity_check").all()).toEqual([{ integrity_check: "ok" }]);
    const [row] = database.prepare("select revision from plugbay_revision").all() as { revision: unknown }[];
    return row?.revision;
  } finally {
    database.close();
  }
}

async function expectLost(plugbay: Plugbay, found: string): Promise<void> {
  const refusal = await plugbay.refresh().catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(DatabaseReplacedError);
  expect(refusal).toMatchObject({ found, message: expect.stringContaining(path) });
  expect(plugbay.get(greeting)?.greet()).toBe("bob");
  const change = plugbay.control.updateItem(idOf(plugbay, "bob"), { priority: 3 }, by);
  await expect(change).rejects.toMatchObject({ code: "DATABASE_REPLACED" });
}

describe("a SQLite file under a running process", () => {
  test("that is deleted is noticed, and no change goes where nobody finds it", async () => {
    const warnings = collectWarnings();
    const plugbay = await served();
    await rm(path);
    await expectLost(plugbay, "deleted");
    expect(plugbay.state).toMatchObject({ kind: "stale" });
    expect(warnings).toEqual([expect.stringContaining("its file was deleted")]);
    // Nothing is left that a file which comes into its place could take for its own.
    expect((await readdir(folder)).filter((name) => name.startsWith("app.db"))).toEqual([]);
  });

  test("that is replaced by another database is noticed, and that one is left as it is", async () => {
    collectWarnings();
    const plugbay = await served();
    const other = join(folder, "other.db");
    await (await open(other, { heartbeatMs: false })).close();
    const before = await readFile(other);
    await rename(other, path);
    await expectLost(plugbay, "replaced");
    await plugbay.close();
    expect(await readFile(path)).toEqual(before);
  });

  test("that is replaced by something without plugbay's tables is noticed, and none are made", async () => {
    collectWarnings();
    const plugbay = await served();
    await rm(path);
    await writeFile(path, "");
    await expectLost(plugbay, "missing");
  });

  test("that is replaced by a copy of it is opened, and followed", async () => {
    const plugbay = await served();
    const copy = await backUp();
    await plugbay.control.updateItem(idOf(plugbay, "bob"), { status: "disable" }, by);
    await rename(copy, path);
    await plugbay.refresh();
    expect(plugbay.state).toMatchObject({ kind: "live", revision: 2 });
    expect(plugbay.get(greeting)?.greet()).toBe("bob");
    await plugbay.control.updateItem(idOf(plugbay, "alice"), { status: "active" }, by);
    const other = await open(path, { sync: false });
    expect(other.get(greeting)?.greet()).toBe("alice");
  });

  test("whose log stayed behind does not spoil the copy that takes its place", async () => {
    const plugbay = await served();
    const copy = await backUp();
    for (let priority = 0; priority < 50; priority += 1) {
      await plugbay.control.updateItem(idOf(plugbay, "bob"), { priority, status: "disable" }, by);
    }
    expect((await stat(`${path}-wal`)).size).toBeGreaterThan(0);
    await rename(copy, path);
    await plugbay.refresh();
    expect(plugbay.get(greeting)?.greet()).toBe("bob");
    await plugbay.close();
    expect(await revisionIn(path)).toBe(2);
  });

  test("that is kept under another name has all that was written to it", async () => {
    const plugbay = await served();
    const copy = await backUp();
    await plugbay.control.updateItem(idOf(plugbay, "bob"), { priority: 7 }, by);
    const kept = join(folder, "kept.db");
    await rename(path, kept);
    await rename(copy, path);
    await plugbay.refresh();
    expect(plugbay.state).toMatchObject({ kind: "live", revision: 2 });
    expect(await revisionIn(kept)).toBe(3);
  });

  test("that is reached by a link is left whole when the link leads to another one", async () => {
    const link = join(folder, "link.db");
    await symlink(path, link);
    const plugbay = await open(link);
    const copy = await backUp();
    await plugbay.control.updateItem(idOf(plugbay, "alice"), { status: "disable" }, by);
    await symlink(copy, `${link}.new`);
    await rename(`${link}.new`, link);
    await plugbay.refresh();
    expect(plugbay.get(greeting)?.greet()).toBe("alice");
    await plugbay.control.updateItem(idOf(plugbay, "bob"), { status: "disable" }, by);
    await plugbay.close();
    expect(await revisionIn(path)).toBe(2);
    expect(await revisionIn(copy)).toBe(2);
  });

  test("that is replaced while a change waits for its turn has that change refused", async () => {
    collectWarnings();
    const plugbay = await served();
    const copy = await backUp();
    const Driver = await loadSqliteDriver();
    const other = new Driver(path);
    other.exec("begin immediate");
    const change = plugbay.control.updateItem(idOf(plugbay, "bob"), { priority: 7 }, by);
    const refusal = expect(change).rejects.toMatchObject({ code: "DATABASE_REPLACED" });
    // The change has looked at the file, and asks for the lock.
    await sleep(100);
    await rename(copy, path);
    other.exec("rollback");
    other.close();
    await refusal;
    // The next one finds the copy, without a look before it.
    await plugbay.control.updateItem(idOf(plugbay, "bob"), { priority: 8 }, by);
    await plugbay.refresh();
    expect(plugbay.state).toMatchObject({ kind: "live", revision: 3 });
  });

  test.each([["-wal"], ["-shm"], ["-wal", "-shm"]])(
    "keeps what is in it when it loses its log or the index",
    async (...endings) => {
      const warnings = collectWarnings();
      const plugbay = await served();
      // A connection to the same file in the same process shares its log.
      const twin = await open(path);
      for (const ending of endings) await rm(path + ending);
      await plugbay.refresh().catch(() => undefined);
      await twin.refresh().catch(() => undefined);
      await plugbay.refresh();
      await twin.control.updateItem(idOf(plugbay, "bob"), { status: "disable" }, by);
      const other = await open(path, { sync: false });
      expect(other.get(greeting)).toBeUndefined();
      expect(other.items(greeting)).toMatchObject([{ status: "disable" }, { status: "disable" }]);
      await plugbay.refresh();
      expect(plugbay.state).toMatchObject({ kind: "live", revision: 3 });
      await waitFor("a warning", 5_000, async () =>
        warnings.some((text) => text.includes("removed while it was open")),
      );
    },
  );

  test("that another SQLite library opens and closes in the same process has all changes of all processes", async () => {
    collectWarnings();
    const plugbay = await served();
    const { DatabaseSync } = await anotherLibrary(folder);
    const own = new DatabaseSync(path);
    own.exec("create table own (id integer)");
    own.close();
    await expect(stat(`${path}-wal`)).rejects.toMatchObject({ code: "ENOENT" });
    await plugbay.refresh();
    const other = await open(path, { sync: false });
    await other.control.updateItem(idOf(other, "bob"), { priority: 4 }, by);
    await plugbay.control.updateItem(idOf(plugbay, "alice"), { priority: 5 }, by);
    await other.refresh();
    for (const one of [plugbay, other]) {
      expect(one.state).toMatchObject({ kind: "live", revision: 4 });
      expect(one.items(greeting).map(({ priority }) => priority)).toEqual([4, 5]);
      await one.close();
    }
    expect(await revisionIn(path)).toBe(4);
  });

  test("is followed again when the right one is back in its place", async () => {
    collectWarnings();
    const plugbay = await served();
    const copy = await backUp();
    await rm(path);
    await expectLost(plugbay, "deleted");
    await (await open(path, { heartbeatMs: false })).close();
    await expectLost(plugbay, "replaced");
    await copyFile(copy, `${path}.new`);
    await rename(`${path}.new`, path);
    await plugbay.refresh();
    expect(plugbay.state.kind).toBe("live");
    await plugbay.control.updateItem(idOf(plugbay, "bob"), { status: "disable" }, by);
    expect(plugbay.get(greeting)).toBeUndefined();
  });
});

describe("a SQLite file that is not there at the start", () => {
  test("is not made anew where a snapshot file says that there was one", async () => {
    const warnings = collectWarnings();
    await (await served({ bootstrap: { file } })).close();
    await rm(path);
    const plugbay = await open(path, { bootstrap: { file } });
    expect(plugbay.state).toMatchObject({ kind: "bootstrapped", from: "file", cause: { found: "missing" } });
    await expectLost(plugbay, "missing");
    await expect(stat(path)).rejects.toMatchObject({ code: "ENOENT" });
    expect(warnings).toEqual([expect.stringContaining(`delete the snapshot file "${file}"`)]);
  });

  test("is made where there is no snapshot file yet", async () => {
    const plugbay = await open(path, { bootstrap: [{ file }, "code"] });
    expect(plugbay.state.kind).toBe("live");
    await plugbay.close();
    expect(JSON.parse(await readFile(file, "utf8")).items).toHaveLength(2);
  });
});

test("a database in memory has no file that could be another", async () => {
  const plugbay = await open(":memory:");
  await plugbay.refresh();
  expect(plugbay.state.kind).toBe("live");
});
