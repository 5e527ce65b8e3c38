import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { DatabaseUnavailableError, type OpenOptions, openPlugbay, type Plugbay } from "plugbay";
import { postgres } from "plugbay/postgres";
import { sqlite } from "plugbay/sqlite";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { collectWarnings } from "../runtime/collect-warnings.ts";
import { freePort } from "../servers/free-port.ts";
import { defineOne } from "./define-one.ts";
import { define } from "./harness/definitions.ts";
import { Member } from "./harness/member.ts";
import { declare } from "./harness/setup.ts";
import { waitFor } from "./harness/wait-for.ts";

const { type: otp, plugins } = defineOne({
  name: "otp",
  plugins: [{ name: "sms" }, { name: "mail", priority: 1 }],
});
const renewed = defineOne({
  name: "otp",
  plugins: [
    { name: "text", aliases: ["sms"] },
    { name: "mail", priority: 1 },
    { name: "app", priority: -1 },
  ],
});

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "plugbay-snapshot-"));
  file = join(folder, "snapshot.json");
  return () => rm(folder, { recursive: true });
});

/** A process that keeps the file, in which an operator has disabled "sms". */
async function keepFile(options: Partial<OpenOptions> = {}): Promise<void> {
  const database = sqlite(join(folder, "app.db"));
  const plugbay = await openPlugbay({
    database,
    plugins: [otp, ...plugins],
    bootstrap: { file },
    ...options,
  });
  const sms = plugbay.items(otp).find(({ name }) => name === "sms");
  await plugbay.control.updateItem(sms?.id ?? "", { status: "disable" }, { actor: "alice" });
  await plugbay.close();
}

/** Starts from the file, with a database that is not there. */
async function startFromFile(
  definitions: OpenOptions["plugins"] = [otp, ...plugins],
  bootstrap: OpenOptions["bootstrap"] & object = { file },
): Promise<Plugbay> {
  const database = postgres(`postgres://user@127.0.0.1:${await freePort()}/app`);
  const plugbay = await openPlugbay({
    database,
    plugins: definitions,
    bootstrap,
    readyTimeoutMs: 50,
  });
  onTestFinished(() => plugbay.close());
  return plugbay;
}

const namesOf = (plugbay: Plugbay, type = otp): string[] => {
  const ids = plugbay.getAll(type).map((instance) => instance.itemId());
  return ids.map((id) => plugbay.items(type).find((item) => item.id === id)?.name ?? "");
};

describe("the file of the last good snapshot", () => {
  test("has the operator's decisions when the process has closed, and is its owner's only", async () => {
    await keepFile();
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const plugbay = await startFromFile();
    expect(plugbay.state).toMatchObject({ kind: "bootstrapped", from: "file", revision: 2 });
    expect(namesOf(plugbay)).toEqual(["mail"]);
    expect(await readdir(folder)).toEqual(expect.not.arrayContaining([expect.stringMatching(/\.tmp$/)]));
  });

  test("serves a newer version of the code: what that renames keeps its decision, what it adds is there", async () => {
    await keepFile();
    const plugbay = await startFromFile([renewed.type, ...renewed.plugins]);
    expect(namesOf(plugbay, renewed.type)).toEqual(["app", "mail"]);
    expect(plugbay.items(renewed.type).map(({ name, status }) => [name, status])).toContainEqual([
      "text",
      "disable",
    ]);
  });

  test.each([
    ["corrupt", (text: string) => text.replace("[", "{"), /JSON/],
    ["cut off", (text: string) => text.slice(0, text.length / 2), /JSON/],
    ["empty", () => "", /JSON/],
    ["of another namespace", (text: string) => text.replace('"default"', '"other"'), /another namespace/],
    ["of another format", (text: string) => text.replace(/"format":\d+/, '"format":0'), /another version/],
    ["without its items", (text: string) => JSON.stringify({ ...JSON.parse(text), items: [] }), /damaged/],
    ["wrong in one letter of a key", (text: string) => text.replace('"module"', '"nodule"'), /damaged/],
    ["wrong in one letter of a name", (text: string) => text.replace('"sms"', '"sns"'), /damaged/],
    ["null", () => "null", /./],
  ])("that is %s is ignored, with a warning that says why", async (_case, spoil, reason) => {
    await keepFile();
    await writeFile(file, spoil(await readFile(file, "utf8")));
    const warnings = collectWarnings();
    await expect(startFromFile()).rejects.toBeInstanceOf(DatabaseUnavailableError);
    expect(warnings).toEqual([expect.stringMatching(/the snapshot in ".*" is ignored: /)]);
    expect(warnings[0]).toMatch(reason);

    const spoilt = await readFile(file, "utf8");
    const plugbay = await startFromFile(undefined, [{ file }, "code"]);
    expect(plugbay.state).toMatchObject({ kind: "bootstrapped", from: "code" });
    expect(namesOf(plugbay)).toEqual(["sms", "mail"]);
    await plugbay.close();
    expect(await readFile(file, "utf8")).toBe(spoilt);
  });

  test("that is not whole falls back to the next file of the list, and to an error where none is left", async () => {
    const next = join(folder, "next.json");
    await keepFile({ bootstrap: [{ file }, { file: next }] });
    await writeFile(file, "{");
    collectWarnings();
    const plugbay = await startFromFile(undefined, [{ file }, { file: next }, "code"]);
    expect(plugbay.state).toMatchObject({ kind: "bootstrapped", from: "file", revision: 2 });
    expect(namesOf(plugbay)).toEqual(["mail"]);
    await rm(next);
    await expect(startFromFile(undefined, [{ file }, { file: next }])).rejects.toBeInstanceOf(
      DatabaseUnavailableError,
    );
  });

  test("that is not there yet is no error of a database that answers", async () => {
    const warnings = collectWarnings();
    await keepFile();
    expect(warnings).toEqual([]);
  });

  test("that cannot be written is a warning, and stops nothing", async () => {
    const warnings = collectWarnings();
    await keepFile({ bootstrap: { file: join(folder, "nowhere", "snapshot.json") } });
    expect(warnings).toContainEqual(expect.stringContaining("could not be written"));
  });

  test("is cleared of drafts that killed processes left, after a minute", async () => {
    const [old, recent] = [`${file}.1.tmp`, `${file}.2.tmp`];
    await writeFile(old, "{");
    await writeFile(recent, "{");
    const aMinuteAgo = new Date(Date.now() - 61_000);
    await utimes(old, aMinuteAgo, aMinuteAgo);
    await keepFile();
    await waitFor(
      "the end of the old draft",
      5_000,
      async () => !(await readdir(folder)).includes("snapshot.json.1.tmp"),
    );
    expect(await readdir(folder)).toContain("snapshot.json.2.tmp");
  });
});

test("several processes share one file; they are killed while they write, and it is whole at every moment", async () => {
  const declared = declare(20, 100);
  const { types, plugins: many } = define(declared);
  const url = join(folder, "app.db");
  const writer = await openPlugbay({
    database: sqlite(url),
    plugins: [...types.values(), ...many],
    pollIntervalMs: false,
  });
  onTestFinished(() => writer.close());
  const members = await Member.startSome(3);
  const options = { bootstrap: { file }, pollIntervalMs: 5 };
  await Promise.all(
    members.map((member) =>
      member.ask("open", { database: { kind: "sqlite", url }, types: declared, options }),
    ),
  );
  await waitFor("the first snapshot", 10_000, () => stat(file));

  let isOver = false;
  const revisions = new Set<number>();
  const reading = (async () => {
    while (!isOver) {
      const content = JSON.parse(await readFile(file, "utf8"));
      expect(content.items).toHaveLength(2_000);
      expect((await stat(file)).mode & 0o777).toBe(0o600);
      revisions.add(content.revision);
      await sleep(1);
    }
  })();
  const [item] = (await writer.control.list()).items;
  const change = (priority: number) =>
    writer.control.updateItem(item?.id ?? "", { priority }, { actor: "alice" });
  let changes = 0;
  for (const member of members) {
    const { size } = revisions;
    // Each is killed in the middle of a stream of changes, once the file has followed some of them.
    while (revisions.size < size + 5) {
      changes += 1;
      await change(changes % 1_000);
      await sleep(1);
    }
    await member.kill("SIGKILL");
  }
  isOver = true;
  await reading;
  expect(JSON.parse(await readFile(file, "utf8")).items).toHaveLength(2_000);
});
