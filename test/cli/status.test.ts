import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { definePlugin } from "plugbay";
import { expect, onTestFinished, test, vi } from "vitest";
import { z } from "zod";
import { generateKey } from "../../src/secrets/generate-key.ts";
import { Panel } from "../admin/panel.ts";
import { collectWarnings } from "../runtime/collect-warnings.ts";
import { all, otp, sms } from "./fixtures/definitions.ts";
import { gateway } from "./fixtures/payment.ts";
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

test("status ends with 0 where all that it lists is good to know", async () => {
  const folder = await makeFolder();
  for (const version of ["1.0", "1.1"]) await openIn(folder, all, { heartbeatMs, version });
  const { code, entries } = await status(folder);
  expect(entries).toMatchObject([{ code: "versions-differ", gravity: "info" }]);
  expect(code).toBe(0);
  const text = await runCli(folder, "status", ...config("plugbay"));
  expect(text.stdout).toMatch(/^info +\S+Z/m);
  expect(text.code).toBe(0);
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

test("what a provider throws with its own secret is told everywhere without it", async () => {
  vi.stubEnv("PLUGBAY_KEYS", generateKey().entry);
  onTestFinished(() => void vi.unstubAllEnvs());
  const warnings = collectWarnings();
  const folder = await makeFolder();
  const token = "canary/7c1e9a+5b3d of the gateway";
  const forms = [token, encodeURIComponent(token), Buffer.from(token).toString("base64")];
  const http = definePlugin(gateway, {
    ...{ name: "http", module: "apps/http", secrets: ["token"] },
    config: z.strictObject({ url: z.string(), token: z.string() }),
    create: ({ config: { url, token: secret } }) => ({
      send: (): never => {
        const key = `${secret}&again=${encodeURIComponent(secret)}#${Buffer.from(secret).toString("base64")}`;
        throw Object.assign(new Error(`503 of ${url}/?key=${key} at noon`), { status: 503 });
      },
    }),
  });
  const plugbay = await openIn(folder, [gateway, http], { heartbeatMs: 1_000 });
  await plugbay.control.createItem(
    {
      ...{ type: gateway, module: "apps/http", name: "http", status: "active" },
      config: { url: "https://pay.example.com", token },
    },
    { actor: "alice" },
  );
  for (let calls = 0; calls < 5; calls += 1)
    await expect(plugbay.run(gateway, (sender) => sender.send("to +1 555 0100"))).rejects.toThrow();
  const troubles = async () => (await plugbay.control.processes()).flatMap((process) => process.troubles);
  await expect.poll(troubles).toMatchObject([{ state: "circuit" }]);

  const answer = await new Panel(plugbay).fetch("GET", "/admin/api/attention");
  const { stdout, stderr } = await runCli(folder, "status", ...config("payment"));
  const json = await runCli(folder, "status", "--json", ...config("payment"));
  const told = {
    heartbeat: JSON.stringify(await troubles()),
    attention: JSON.stringify(await plugbay.attention()),
    panel: await answer.text(),
    ...{ text: stdout, json: json.stdout },
  };
  for (const [where, text] of Object.entries(told)) {
    expect(text, where).toContain("503 of https://pay.example.com/?key=[secret]");
    expect(text, where).toContain("at noon");
  }
  await plugbay.close();
  const kept = (await readFile(join(folder, "app.db"))).toString("latin1");
  for (const form of forms)
    for (const text of [...Object.values(told), stderr, warnings.join(), kept])
      expect(text).not.toContain(form);
});
