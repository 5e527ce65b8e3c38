import { expect, test } from "vitest";
import { all } from "./fixtures/definitions.ts";
import { config, runCli } from "./run-cli.ts";
import { makeFolder, openIn } from "./workspace.ts";

async function start(which: "plugbay" | "reasons") {
  const folder = await makeFolder();
  await openIn(folder, all);
  return (...words: string[]) => runCli(folder, ...words, ...config(which));
}

test("--reason is in the history, which is searched by it", async () => {
  const run = await start("plugbay");
  await run("set", "sms", "--priority", "3", "--reason", "INC-4211: first aid");
  await run("bulk", "reserve", "--search", "sms", "--yes", "--reason", "INC-4212");
  await run("set", "sms", "--priority", "4");
  const found = JSON.parse((await run("history", "--reason", "inc-4211", "--json")).stdout);
  expect(found).toMatchObject([{ reason: "INC-4211: first aid", after: { priority: 3 } }]);
  expect((await run("history", "--reason", "4212")).stdout).toContain("because: INC-4212");
});

test("a config that requires reasons has commands refused that say none, and a sync needs none", async () => {
  const run = await start("reasons");
  const refused = await run("set", "sms", "--priority", "3", "--json");
  expect(refused.code).not.toBe(0);
  expect(refused.stdout + refused.stderr).toContain("REASON_REQUIRED");
  expect(await run("set", "sms", "--priority", "3", "--reason", "why")).toMatchObject({ code: 0 });
  expect(await run("hold", "sms", "--reason", "down")).toMatchObject({ code: 0 });
  expect(await run("release", "sms")).toMatchObject({ stderr: expect.stringContaining("--reason") });
  expect(await run("sync")).toMatchObject({ code: 0 });
});
