import { chmod, mkdtemp, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { loadSqliteDriver, type SqliteDatabase } from "../../src/store/sqlite/load-driver.ts";
import { agreeOn, disableServing, openAll, smallSetup, untilAll } from "./harness/cluster.ts";
import { Member } from "./harness/member.ts";
import type { Setup } from "./harness/setup.ts";
import { waitFor } from "./harness/wait-for.ts";

/** A second, and what a busy machine needs. */
const bound = 10_000;
const type = "type-0";

let folder: string;
let path: string;
let setup: Setup;
let members: Member[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "plugbay-replaced-file-"));
  path = join(folder, "app.db");
  setup = smallSetup({ kind: "sqlite", url: path });
  members = [];
});
afterEach(async () => {
  await Promise.all(members.map((member) => member.stop()));
  await rm(folder, { recursive: true });
});

async function start(count: number): Promise<Member[]> {
  const started = await Member.startSome(count);
  members.push(...started);
  await openAll(started, setup);
  return started;
}

/** As another process, which the file is open in for a moment. */
async function look<T>(at: string, work: (database: SqliteDatabase) => T): Promise<T> {
  const database = new (await loadSqliteDriver())(at);
  try {
    database.exec("pragma busy_timeout = 2000");
    return work(database);
  } finally {
    database.close();
  }
}

async function replaceByCopy(): Promise<void> {
  await look(path, (database) => database.exec(`vacuum into '${path}.copy'`));
  await rename(`${path}.copy`, path);
}

/** What is in the file, and in its log, when nobody has it open any more. */
async function expectWhole(revision: number): Promise<void> {
  await Promise.all(members.map((member) => member.ask("close")));
  const [check, found] = await look(path, (database) => [
    database.prepare("pragma integrity_check").all(),
    database.prepare("select revision from plugbay_revision").all(),
  ]);
  expect(check).toEqual([{ integrity_check: "ok" }]);
  expect(found).toEqual([{ revision }]);
}

const revisionOf = async (member: Member): Promise<number> => (await member.ask("state")).revision;

test("a change that is made as soon as a copy has taken the file's place stays, for all processes", async () => {
  const [writer, ...others] = (await start(3)) as [Member, ...Member[]];
  for (const turn of [writer, ...others, writer]) {
    await replaceByCopy();
    const next = await disableServing(turn, type);
    await agreeOn(members, type, next, bound);
    // One that goes by the new file before or after the others takes nothing of it away.
    await sleep(1_200);
    await agreeOn(members, type, next, bound);
  }
  const [late] = (await start(1)) as [Member];
  expect(await late.ask("get", type)).toEqual(await writer.ask("get", type));
  await expectWhole(await revisionOf(writer));
}, 60_000);

test("processes that do nothing go by a copy that is ahead within a second", async () => {
  const started = await start(2);
  const copy = `${path}.copy`;
  await look(path, (database) => database.exec(`vacuum into '${copy}'`));
  const [other] = (await Member.startSome(1)) as [Member];
  members.push(other);
  await other.ask("open", { ...setup, database: { kind: "sqlite", url: copy } });
  const next = await disableServing(other, type);
  await other.ask("close");
  await rename(copy, path);
  await agreeOn(started, type, next, bound);
}, 60_000);

test("a file that is replaced again and again while all write is never damaged, and nobody dies of it", async () => {
  const started = await start(3);
  let isOver = false;
  const writing = started.map(async (member) => {
    const items = await member.ask("items", type);
    for (let priority = 0; !isOver; priority = (priority + 1) % 100) {
      // What was begun before the file was replaced is refused.
      await member.ask("updateItem", items[6]?.id ?? "", { priority }).catch((error: Error) => {
        if (!/DatabaseReplaced|Conflict/.test(error.name)) throw error;
      });
      await sleep(20);
    }
  });
  for (let round = 0; round < 8; round += 1) {
    await sleep(100 + 300 * Math.random());
    await replaceByCopy();
  }
  isOver = true;
  await Promise.all(writing);
  await untilAll(started, "a live process", bound, ({ kind }) => kind === "live");
  const [first] = started as [Member];
  const next = await disableServing(first, type);
  await agreeOn(started, type, next, bound);
  await expectWhole(await revisionOf(first));
}, 60_000);

const nobody = 65_534;
const absence = process.getuid?.() === 0 ? "" : " (skipped: only root can start processes of others)";

test.skipIf(absence !== "").each([
  { beside: "one that writes", writers: 1 },
  { beside: "none that writes", writers: 0 },
])(
  `a process that may only read goes by what becomes of the file, beside $beside${absence}`,
  async ({ writers }) => {
    await chmod(folder, 0o755);
    const [first] = (await start(1)) as [Member];
    if (writers === 0) await first.ask("close");
    const reader = await Member.start(nobody);
    members.push(reader);
    await reader.ask("open", setup);
    const editor = await Member.start();
    members.push(editor);

    const served = async (): Promise<string | undefined> => (await reader.ask("get", type)).itemId;
    const changeIn = async (url: string): Promise<string> => {
      await editor.ask("open", { ...setup, database: { kind: "sqlite", url } });
      const next = await disableServing(editor, type);
      await editor.ask("close");
      return next;
    };
    for (let round = 0; round < 2; round += 1) {
      const next = await changeIn(path);
      await waitFor("the change", bound, async () => (await served()) === next);
      const copy = `${path}.copy`;
      await look(path, (database) => database.exec(`vacuum into '${copy}'`));
      const [ofCopy, lost] = [await changeIn(copy), await changeIn(path)];
      await waitFor("the change that the copy does not have", bound, async () => (await served()) === lost);
      await editor.ask("open", { ...setup, database: { kind: "sqlite", url: copy } });
      await editor.ask("updateItem", ofCopy, { status: "disable" });
      const { itemId: afterwards } = await editor.ask("get", type);
      await editor.ask("close");
      await rename(copy, path);
      await waitFor("what is in the copy", bound, async () => (await served()) === afterwards);
      expect((await reader.ask("state")).kind).toBe("live");
    }
    await rm(path);
    await reader.until(
      "the loss",
      bound,
      ({ kind, cause }) => kind === "stale" && /was deleted/.test(cause ?? ""),
    );
  },
  60_000,
);

test.each([
  { gone: "log", endings: ["-wal"] },
  { gone: "log's index", endings: ["-shm"] },
  { gone: "log and its index", endings: ["-wal", "-shm"] },
])(
  "processes that lose their $gone go on with all changes, also those of others",
  async ({ endings }) => {
    const [first, ...others] = (await start(3)) as [Member, ...Member[]];
    const before = await disableServing(first, type);
    await agreeOn(others, type, before, bound);
    await Promise.all(endings.map((ending) => rm(path + ending)));
    await sleep(300);
    const [newcomer] = (await start(1)) as [Member];
    expect((await newcomer.ask("get", type)).itemId).toBe(before);
    let next = await disableServing(newcomer, type);
    await agreeOn(members, type, next, bound);
    next = await disableServing(first, type);
    await agreeOn(members, type, next, bound);
    const isWarned = () =>
      first.events.some(({ name, text }) => name === "warning" && text?.includes("write-ahead log"));
    await waitFor("a warning", bound, isWarned);
    await expectWhole(await revisionOf(first));
  },
  60_000,
);
