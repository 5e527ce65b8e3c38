import { afterEach, expect, test } from "vitest";
import { snapshotOf } from "../../src/open/facade.ts";
import { generateKey } from "../../src/secrets/generate-key.ts";
import { otp } from "./fixtures/definitions.ts";
import { gateway, withPayment } from "./fixtures/payment.ts";
import { config, runCli } from "./run-cli.ts";
import { makeFolder, openIn } from "./workspace.ts";

const keysBefore = process.env.PLUGBAY_KEYS;
afterEach(() => {
  if (keysBefore === undefined) delete process.env.PLUGBAY_KEYS;
  else process.env.PLUGBAY_KEYS = keysBefore;
});

async function start() {
  const folder = await makeFolder();
  const plugbay = await openIn(folder, withPayment);
  const run = (...words: string[]) => runCli(folder, ...words, ...config("payment"));
  const revision = async () => {
    await plugbay.refresh();
    return snapshotOf(plugbay).revision;
  };
  const latest = async (): Promise<string> =>
    JSON.parse((await run("history", "--limit", "1", "--json")).stdout)[0].id;
  return { plugbay, run, revision, latest };
}

test("revert sets back what a change made, once it was shown and allowed", async () => {
  const { plugbay, run, revision, latest } = await start();
  await run("set", "sms", "--status", "reserve", "--priority", "3");
  const entry = await latest();
  expect((await run("history", "--limit", "1")).stdout).toContain(entry);
  const first = await revision();

  const dry = await run("revert", entry, "--dry-run");
  expect(dry).toEqual({
    code: 0,
    stdout: 'apps/sms:sms of otp (apps/otp)\n    status: "reserve" -> "active"\n    priority: 3 -> 10\n',
    stderr: "",
  });
  expect(await run("revert", entry)).toMatchObject({ code: 2, stderr: expect.stringContaining("--yes") });
  expect(await revision()).toBe(first);

  const done = await run("revert", entry, "--yes", "--actor", "alice", "--json");
  expect(JSON.parse(done.stdout)).toMatchObject({
    before: { status: "reserve", priority: 3 },
    after: { status: "active", priority: 10 },
    secretsKept: [],
    outcome: { changed: 1, revision: first + 1 },
  });
  await revision();
  expect(plugbay.items(otp).find(({ name }) => name === "sms")).toMatchObject({
    status: "active",
    priority: 10,
  });
  const [undone] = await plugbay.control.history({ limit: 1 });
  expect(undone).toMatchObject({ actor: "alice", source: "cli" });

  // What was changed again since is left alone, by the dry run too.
  for (const last of ["--dry-run", "--yes"]) {
    expect(await run("revert", entry, last)).toMatchObject({
      code: 4,
      stdout: "",
      stderr: expect.stringContaining("changed again since"),
    });
  }
});

test("revert says which secrets stay", async () => {
  process.env.PLUGBAY_KEYS = generateKey().entry;
  const { plugbay, run, revision, latest } = await start();
  const item = await plugbay.control.createItem(
    {
      ...{ type: gateway, module: "apps/http", name: "http", label: "eu" },
      config: { url: "https://old.example", token: "first-token" },
    },
    { actor: "alice" },
  );
  await plugbay.control.updateItem(
    item.id,
    { config: { url: "https://new.example", token: "second-token" } },
    { actor: "alice" },
  );
  const entry = await latest();
  const first = await revision();
  const dry = await run("revert", entry, "--dry-run");
  expect(dry).toMatchObject({ code: 0, stderr: "" });
  expect(dry.stdout).toContain("https://old.example");
  expect(dry.stdout).toContain("    secret token stays as it is\n");
  expect(dry.stdout).not.toMatch(/(first|second)-token/);
  expect(await revision()).toBe(first);
  const [told] = await plugbay.control.history({ limit: 1 });
  expect(told && (await plugbay.control.planRevert(told))).toMatchObject({
    entityId: item.id,
    before: { config: { url: "https://new.example", token: { secret: "set" } } },
    after: { config: { url: "https://old.example", token: { secret: "set" } } },
    secretsKept: ["token"],
  });
});

test.each([
  ["what is no entry's id", ["latest"], 2, /412-0/],
  ["an entry that is not there", ["999-0", "--yes"], 3, /999/],
  ["what is no change of an item", ["1-0", "--dry-run"], 2, /can be reverted/],
])("revert refuses %s", async (_, words, code, message) => {
  const { run, revision } = await start();
  const first = await revision();
  const outcome = await run("revert", ...words);
  expect(outcome.stderr).toMatch(message);
  expect(outcome).toMatchObject({ code, stdout: "" });
  expect(await revision()).toBe(first);
});

test("revert --all sets back all that one action changed", async () => {
  const { plugbay, run, revision } = await start();
  await run("bulk", "disable", "--type", "otp", "--yes");
  const made = await revision();
  const dry = await run("revert", "--all", String(made), "--dry-run");
  expect(dry.stdout.match(/"disable" -> "active"/g)?.length).toBeGreaterThan(1);
  expect(await revision()).toBe(made);
  expect(await run("revert", "--all", String(made), "--yes", "--reason", "false alarm")).toMatchObject({
    code: 0,
  });
  expect(await revision()).toBe(made + 1);
  expect(await plugbay.control.changeSet(made + 1)).toMatchObject({ reason: "false alarm" });
  expect(await run("revert", "--all", "999", "--yes")).toMatchObject({ code: 3 });
  expect(await run("revert")).toMatchObject({ code: 2 });
});
