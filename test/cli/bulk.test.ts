import { expect, test } from "vitest";
import { snapshotOf } from "../../src/open/facade.ts";
import { otp } from "./fixtures/definitions.ts";
import { config, runCli } from "./run-cli.ts";
import { makeFolder, openIn } from "./workspace.ts";

async function start() {
  const folder = await makeFolder();
  const plugbay = await openIn(folder);
  const run = (...words: string[]) => runCli(folder, "bulk", ...words, ...config("plugbay"));
  const revision = async () => {
    await plugbay.refresh();
    return snapshotOf(plugbay).revision;
  };
  return { plugbay, run, revision };
}

test("bulk does one thing to all that the filters find, once it was shown and allowed", async () => {
  const { plugbay, run, revision } = await start();
  const first = await revision();
  const filters = ["--type", "otp", "--status", "active"];
  const dry = await run("disable", ...filters, "--dry-run");
  expect(dry).toEqual({
    code: 0,
    stdout:
      '~ update item apps/sms:sms of otp (apps/otp)\n    status: "active" -> "disable"\n' +
      '~ update item apps/mail:smtp of otp (apps/otp)\n    status: "active" -> "disable"\n\nitems: 2\n',
    stderr: "",
  });
  expect(await run("disable", ...filters)).toMatchObject({ code: 2, stdout: "" });
  expect(await revision()).toBe(first);

  const done = await run("disable", ...filters, "--yes", "--actor", "alice", "--json");
  expect(JSON.parse(done.stdout)).toMatchObject({
    changes: [
      { before: { name: "sms", status: "active" }, after: { status: "disable" } },
      { before: { name: "smtp", status: "active" }, after: { status: "disable" } },
    ],
    outcome: { changed: 2, revision: first + 1 },
  });
  expect(await revision()).toBe(first + 1);
  expect(plugbay.items(otp).map(({ status }) => status)).toEqual(["reserve", "disable", "disable"]);
  const [entry] = await plugbay.control.history({ limit: 1 });
  expect(entry).toMatchObject({ actor: "alice", source: "cli" });
});

test.each([
  ["activate", 1, { status: "active" }],
  ["reserve", 5, { status: "reserve" }],
  ["raise", 6, { priority: -1 }],
  ["lower", 6, { priority: 1 }],
  ["retire", 6, { retiredBy: "operator" }],
])("bulk can %s", async (action, changed, outbox) => {
  const { plugbay, run, revision } = await start();
  const done = await run(action, "--all", "--yes");
  expect(done.stdout).toContain(`items: ${changed}\nchanged: ${changed} item`);
  await revision();
  const { items } = await plugbay.control.list({ search: "outbox", retired: "include" });
  expect(items).toMatchObject([outbox]);
});

test("bulk resets what differs from code, and list finds it", async () => {
  const { plugbay, run, revision } = await start();
  const [outbox] = plugbay.items(otp).filter(({ name }) => name === "outbox");
  await plugbay.control.updateItem(outbox?.id ?? "", { priority: 9 }, { actor: "alice" });
  const done = await run("reset", "--differs-from-code", "--yes");
  expect(done.stdout).toBe(
    "~ update item apps/files:outbox of otp (apps/otp)\n    priority: 9 -> 0\n\nitems: 1\nchanged: 1 item\n",
  );
  await revision();
  expect(await plugbay.control.list({ differsFromCode: true })).toMatchObject({ total: 0 });
  expect((await run("reset", "--differs-from-code", "--yes")).stdout).toBe("There is nothing to change.\n");
});

test("bulk restores what is retired", async () => {
  const { plugbay, run, revision } = await start();
  await run("retire", "--module", "apps/mail", "--yes");
  const done = await run("restore", "--search", "smtp notif", "--yes");
  expect(done.stdout).toBe(
    "^ restore item apps/mail:smtp of notifier (apps/notify)\n\nitems: 1\nchanged: 1 item\n",
  );
  await revision();
  expect((await plugbay.control.list({ retired: true })).total).toBe(1);
});

test.each([
  ["no filter, for that may be a slip", ["disable", "--yes"], /--all/],
  ["a filter beside all", ["disable", "--all", "--type", "otp", "--yes"], /--all/],
  [
    "an unknown action",
    ["enable", "--all", "--yes"],
    /activate, reserve, disable, raise, lower, reset, retire, restore/,
  ],
  ["an unknown status", ["raise", "--status", "on", "--yes"], /active, reserved or disabled/],
])("bulk refuses %s", async (_, words, message) => {
  const { run, revision } = await start();
  const first = await revision();
  const outcome = await run(...words);
  expect(outcome).toMatchObject({ code: 2, stdout: "", stderr: expect.stringMatching(message) });
  expect(await revision()).toBe(first);
});

test("bulk and its dry run are refused alike where one of the items cannot be changed", async () => {
  const { plugbay, run, revision } = await start();
  const [outbox] = plugbay.items(otp).filter(({ name }) => name === "outbox");
  await plugbay.control.updateItem(outbox?.id ?? "", { priority: 32_767 }, { actor: "alice" });
  const first = await revision();
  const dry = await run("lower", "--type", "otp", "--dry-run");
  expect(dry).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining("32768") });
  expect(await run("lower", "--type", "otp", "--yes")).toEqual(dry);
  expect(await revision()).toBe(first);
});
