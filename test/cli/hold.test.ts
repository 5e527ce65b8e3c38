import { expect, test } from "vitest";
import { otp } from "./fixtures/definitions.ts";
import { config, runCli } from "./run-cli.ts";
import { makeFolder, openIn } from "./workspace.ts";

test("hold puts an item aside for a while, and release brings it back", async () => {
  const folder = await makeFolder();
  const plugbay = await openIn(folder);
  const run = (...words: string[]) => runCli(folder, ...words, ...config("plugbay"));
  const sms = () => plugbay.items(otp).find(({ name }) => name === "sms");

  const from = Date.now();
  const held = await run("hold", "sms", "--reason", "maintenance", "--for", "15m", "--actor", "alice");
  expect(held).toMatchObject({ code: 0, stderr: "" });
  expect(held.stdout).toMatch(/^apps\/sms:sms of otp \(apps\/otp\) {3}held until 20\d\d-\S+Z\n$/);
  await plugbay.refresh();
  expect(sms()?.hold).toMatchObject({ reason: "maintenance", by: "alice" });
  const ms = Date.parse(sms()?.hold?.until ?? "") - from;
  expect(ms).toBeGreaterThanOrEqual(15 * 60_000);
  expect(ms).toBeLessThan(16 * 60_000);
  const explained = await run("explain", "otp");
  expect(explained.stdout).toMatch(/apps\/sms:sms +held/);
  expect(explained.stdout).toMatch(/apps\/sms:sms is held by alice until 20\S+Z: maintenance/);

  const released = await run("release", "apps/sms:sms", "--type", "otp", "--json");
  const { before, after } = JSON.parse(released.stdout);
  expect(before.hold).toMatchObject({ reason: "maintenance" });
  expect(after).not.toHaveProperty("hold");
  expect(await run("release", "sms")).toMatchObject({
    code: 0,
    stdout:
      "apps/sms:sms of otp (apps/otp)   it was not held; processes that had put it aside call it again\n",
  });
  const history = await run("history", "--item", "sms", "--limit", "2");
  expect(history.stdout).toMatch(/\(cli\) {2}release item apps\/sms:sms/);
  expect(history.stdout).toMatch(/alice \(cli\) {2}hold item apps\/sms:sms/);
});

test("release brings back what a process leaves alone for its failures", async () => {
  const folder = await makeFolder();
  const plugbay = await openIn(folder);
  const sms = () => plugbay.items(otp).find(({ name }) => name === "sms");
  const readiness = () => {
    const item = sms();
    return item && plugbay.readiness(item).kind;
  };
  const refused = Object.assign(new Error("HTTP 401"), { status: 401 });
  await plugbay.runAll(otp, () => Promise.reject(refused));
  expect(readiness()).toBe("cooling");
  await expect
    .poll(async () => {
      await runCli(folder, "release", "sms", ...config("plugbay"));
      await plugbay.refresh();
      return readiness();
    })
    .toBe("ready");
});

test("hold takes a time, or none", async () => {
  const folder = await makeFolder();
  const plugbay = await openIn(folder);
  const run = (...words: string[]) => runCli(folder, ...words, ...config("plugbay"));
  const until = new Date(Date.now() + 3_600_000).toISOString();
  const timed = await run("hold", "sms", "--reason", "r", "--until", until, "--json");
  expect(JSON.parse(timed.stdout).after.hold).toMatchObject({ until });
  const endless = await run("hold", "sms", "--reason", "r");
  expect(endless.stdout).toContain("held until it is released");
  await plugbay.refresh();
  expect(plugbay.items(otp).find(({ name }) => name === "sms")?.hold).not.toHaveProperty("until");
});

test.each([
  ["no reason", ["sms"], 2, /--reason/],
  ["an empty reason", ["sms", "--reason", " "], 2, /reason/],
  ["no duration", ["sms", "--reason", "r", "--for", "soon"], 2, /such as 30d/],
  ["a duration of nothing", ["sms", "--reason", "r", "--for", "0s"], 2, /forMs/],
  ["no time", ["sms", "--reason", "r", "--until", "tomorrow"], 2, /not a time/],
  ["a time that is past", ["sms", "--reason", "r", "--until", "2020-01-01"], 2, /in the future/],
  ["both", ["sms", "--reason", "r", "--for", "1h", "--until", "2100-01-01"], 2, /not both/],
  ["an old version", ["sms", "--reason", "r", "--version", "7"], 4, /changed since/],
  ["an item that is not there", ["nobody", "--reason", "r"], 3, /no plugin item/],
])("hold refuses %s", async (_, words, code, message) => {
  const folder = await makeFolder();
  await openIn(folder);
  const outcome = await runCli(folder, "hold", ...words, ...config("plugbay"));
  expect(outcome.stderr).toMatch(message);
  expect(outcome.code).toBe(code);
});
