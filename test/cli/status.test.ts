import { definePlugin } from "plugbay";
import { expect, test } from "vitest";
import { collectWarnings } from "../runtime/collect-warnings.ts";
import { all, otp, sms } from "./fixtures/definitions.ts";
import { config, runCli } from "./run-cli.ts";
import { makeFolder, openIn } from "./workspace.ts";

const heartbeatMs = 15_000;

async function status(folder: string) {
  const { code, stdout, stderr } = await runCli(folder, "status", "--json", ...config("plugbay"));
  expect(stderr).toBe("");
  return { code, entries: JSON.parse(stdout) as readonly { code: string; gravity: string }[] };
}

test("status ends with 0 where nothing needs attention, or nothing runs", async () => {
  const folder = await makeFolder();
  const plugbay = await openIn(folder);
  expect(await status(folder)).toEqual({ code: 0, entries: [] });
  const text = await runCli(folder, "status", ...config("plugbay"));
  expect(text.stdout).toBe("Nothing needs attention.\n");
  await plugbay.close();
});

test("status ends with 7 for warnings, and tells what to do", async () => {
  const folder = await makeFolder();
  await openIn(folder, all, { heartbeatMs });
  const few = await openIn(folder, [otp, sms], { heartbeatMs });
  await expect.poll(() => few.control.processes()).toHaveLength(2);
  const { code, entries } = await status(folder);
  expect(code).toBe(7);
  expect(entries.map((entry) => entry.code)).toContain("item-missing");
  const { stdout } = await runCli(folder, "status", ...config("plugbay"));
  expect(stdout).toContain("finish the deployment");
  expect(stdout).toMatch(/^warning {2}\S+Z +1 of 2/m);
});

test("status without a database ends as every command does", async () => {
  const folder = await makeFolder();
  expect((await runCli(folder, "status", ...config("plugbay"))).code).toBe(6);
});

test("status ends with 8 where something is critical", async () => {
  collectWarnings();
  const folder = await makeFolder();
  const refusing = definePlugin(otp, {
    ...{ name: "sms", module: "apps/sms" },
    create: (): never => {
      throw new Error("the gateway refused the key");
    },
  });
  const plugbay = await openIn(folder, [otp, refusing], { heartbeatMs });
  await expect.poll(async () => (await plugbay.control.processes())[0]?.serves[0]?.how).toBe("none");
  const { code, entries } = await status(folder);
  expect(code).toBe(8);
  expect(entries.map((entry) => `${entry.gravity} ${entry.code}`)).toEqual([
    "critical unserved",
    "warning item-failed",
  ]);
});
