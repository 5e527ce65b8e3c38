import { expect, test } from "vitest";
import { otp } from "./fixtures/definitions.ts";
import { config, runCli } from "./run-cli.ts";
import { makeFolder, openIn } from "./workspace.ts";

async function open() {
  const folder = await makeFolder();
  const plugbay = await openIn(folder);
  const [first, second] = plugbay.items(otp);
  if (first === undefined || second === undefined) throw new Error("there are too few items");
  const run = (...words: string[]) => runCli(folder, ...words, ...config("plugbay"));
  return { plugbay, first, second, run };
}

test("serve-now puts an item first for a while, explain says so, and end-lead ends it", async () => {
  const { plugbay, first, second, run } = await open();
  const led = await run("serve-now", second.id, "--for", "15m", "--actor", "alice");
  expect(led).toMatchObject({ code: 0, stderr: "" });
  expect(led.stdout).toMatch(/ of otp \(apps\/otp\) {3}first until 20\d\d-\S+Z\n$/);
  await plugbay.refresh();
  expect(plugbay.items(otp)[0]).toMatchObject({ id: second.id, lead: { by: "alice" } });
  const explained = await run("explain", "otp");
  expect(explained.stdout).toMatch(/ leads until 20\S+Z, as alice has decided/);

  const ended = await run("end-lead", second.id, "--json");
  const { before, after } = JSON.parse(ended.stdout);
  expect(before.lead).toMatchObject({ by: "alice" });
  expect(after).not.toHaveProperty("lead");
  expect((await run("end-lead", second.id)).stdout).toContain("it did not lead");
  await plugbay.refresh();
  expect(plugbay.items(otp)[0]?.id).toBe(first.id);
  const history = await run("history", "--limit", "2");
  expect(history.stdout).toMatch(/\(cli\) {2}end-lead item/);
  expect(history.stdout).toMatch(/alice \(cli\) {2}lead item/);
});

test("serve-now without an end is for good", async () => {
  const { plugbay, second, run } = await open();
  expect((await run("serve-now", second.id)).stdout).toMatch(/ {3}first\n$/);
  expect((await run("serve-now", second.id)).stdout).toContain("it is first already");
  await plugbay.refresh();
  expect(plugbay.items(otp)[0]).toMatchObject({ id: second.id, status: "active" });
  expect(plugbay.items(otp)[0]).not.toHaveProperty("lead");
});

test.each([
  ["a duration of nothing", ["sms", "--for", "0s"], 2, /forMs/],
  ["a time that is past", ["sms", "--until", "2020-01-01"], 2, /in the future/],
  ["both", ["sms", "--for", "1h", "--until", "2100-01-01"], 2, /not both/],
  ["an old version", ["sms", "--for", "1h", "--version", "7"], 4, /changed since/],
  ["an item that is not there", ["nobody"], 3, /no plugin item/],
])("serve-now refuses %s", async (_, words, code, message) => {
  const { run } = await open();
  const outcome = await run("serve-now", ...words);
  expect(outcome.stderr).toMatch(message);
  expect(outcome.code).toBe(code);
});
