import { expect, test } from "vitest";
import { snapshotOf } from "../../src/open/facade.ts";
import { notifier } from "./fixtures/definitions.ts";
import { config, runCli } from "./run-cli.ts";
import { makeFolder, openIn } from "./workspace.ts";

async function start() {
  const folder = await makeFolder();
  const plugbay = await openIn(folder);
  const run = (...words: string[]) => runCli(folder, ...words, ...config("plugbay"));
  const revision = async () => {
    await plugbay.refresh();
    return snapshotOf(plugbay).revision;
  };
  return { plugbay, run, revision };
}

test("retire takes items out of use and restore brings them back, once it was shown and allowed", async () => {
  const { plugbay, run, revision } = await start();
  const first = await revision();
  const dry = await run("retire", "sms", "outbox", "--dry-run");
  expect(dry).toEqual({
    code: 0,
    stdout:
      "- retire item apps/sms:sms of otp (apps/otp)\n" +
      "- retire item apps/files:outbox of otp (apps/otp)\n\nitems: 2\n",
    stderr: "",
  });
  // There is nobody to ask here.
  expect(await run("retire", "sms")).toMatchObject({ code: 2, stderr: expect.stringContaining("--yes") });
  expect(await revision()).toBe(first);

  const done = await run("retire", "sms", "outbox", "--yes", "--actor", "alice");
  expect(done).toEqual({ code: 0, stdout: `${dry.stdout}changed: 2 items\n`, stderr: "" });
  expect(await revision()).toBe(first + 1);
  expect((await plugbay.control.list({ retired: true, sort: ["-name"] })).items).toMatchObject([
    { name: "sms", retiredBy: "operator" },
    { name: "outbox", retiredBy: "operator" },
  ]);
  const [entry] = await plugbay.control.history({ limit: 1 });
  expect(entry).toMatchObject({ action: "retire", actor: "alice", source: "cli" });

  const again = await run("retire", "sms", "--yes", "--json");
  expect(JSON.parse(again.stdout)).toEqual({ changes: [], outcome: null });

  const restored = await run("restore", "sms", "--yes", "--json");
  expect(JSON.parse(restored.stdout)).toMatchObject({
    changes: [{ action: "restore", before: { name: "sms" }, after: { name: "sms", retiredAt: null } }],
    outcome: { changed: 1, revision: first + 2 },
  });
  expect((await run("restore", "sms", "--dry-run")).stdout).toBe("There is nothing to change.\n");
});

test("restore means the retired one of two that go by a name", async () => {
  const { plugbay, run, revision } = await start();
  expect(await run("retire", "smtp", "--type", "notifier", "--yes")).toMatchObject({ code: 0 });
  expect(await run("restore", "apps/mail:smtp", "--yes")).toMatchObject({
    code: 0,
    stdout: expect.stringContaining("^ restore item apps/mail:smtp of notifier (apps/notify)"),
  });
  await revision();
  expect(plugbay.items(notifier)).toMatchObject([{ name: "smtp", retiredAt: null }]);
});

test.each([
  ["an item that is not there", ["retire", "sms", "nobody", "--yes"], 3, /"nobody"/],
  ["no item", ["restore"], 2, /item/],
])("retire and restore refuse %s", async (_, words, code, message) => {
  const { run, revision } = await start();
  const first = await revision();
  const outcome = await run(...words);
  expect(outcome.stderr).toMatch(message);
  expect(outcome.code).toBe(code);
  expect(await revision()).toBe(first);
});
