import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { openPlugbay, type Plugbay } from "plugbay";
import { sqlite } from "plugbay/sqlite";
import { afterEach, beforeEach, expect, test } from "vitest";
import { generateKey } from "../../src/secrets/generate-key.ts";
import { startCli } from "./cli-process.ts";
import { gateway, withPayment } from "./fixtures/payment.ts";
import { config, runCli } from "./run-cli.ts";
import { makeFolder } from "./workspace.ts";

const before = process.env.PLUGBAY_KEYS;
const [one, two] = [generateKey(), generateKey()];
const by = { actor: "alice" };
const canary = "canary-7c1e9a5b3d";
const open: Plugbay[] = [];

/** The command takes its keys from the environment, as a deployment has it. */
const setKeys = (...keys: { entry: string }[]): void => {
  process.env.PLUGBAY_KEYS = keys.map(({ entry }) => entry).join(",");
};

beforeEach(() => setKeys(one));
afterEach(async () => {
  for (const plugbay of open.splice(0)) await plugbay.close();
  if (before === undefined) delete process.env.PLUGBAY_KEYS;
  else process.env.PLUGBAY_KEYS = before;
});

async function openIn(folder: string): Promise<Plugbay> {
  const database = sqlite(join(folder, "app.db"));
  const plugbay = await openPlugbay({ database, plugins: withPayment, pollIntervalMs: false });
  open.push(plugbay);
  return plugbay;
}

const add = (plugbay: Plugbay, label: string, token: string) =>
  plugbay.control.createItem(
    { type: gateway, module: "apps/http", name: "http", label, config: { url: "https://x", token } },
    by,
  );

const served = (plugbay: Plugbay): string[] =>
  plugbay.getAll(gateway).map((sender) => String(sender.send("")));

test("keys generate prints a key that the ring takes, and another one every time", async () => {
  const folder = await makeFolder();
  const first = await runCli(folder, "keys", "generate");
  const second = await runCli(folder, "keys", "generate");
  expect(first).toMatchObject({ code: 0, stderr: "" });
  expect(first.stdout).toMatch(/^k\d{8}-[0-9a-f]{4}:[A-Za-z0-9+/]{43}=\n$/);
  expect(first.stdout).not.toBe(second.stdout);
});

test("keys rotate encrypts anew, keys check tells before and after, and no secret is printed or stored", async () => {
  const folder = await makeFolder();
  const plugbay = await openIn(folder);
  const { id } = await add(plugbay, "eu", canary);
  const outcomes = [await runCli(folder, "keys", "check", "--json", ...config("payment"))];
  expect(JSON.parse(outcomes[0]?.stdout ?? "")).toEqual({
    keys: [{ id: one.id, use: "current", items: 1 }],
    ...{ unreadable: [], inClear: [] },
  });

  setKeys(two);
  const lost = await runCli(folder, "keys", "check", ...config("payment"));
  expect(lost).toMatchObject({ code: 1, stdout: expect.stringContaining(`${one.id}  missing  1`) });
  expect(lost.stdout).toContain(`problem  ${id} token: `);

  setKeys(two, one);
  const rotated = await runCli(folder, "keys", "rotate", "--json", "--actor", "bob", ...config("payment"));
  expect(rotated.code).toBe(0);
  expect(JSON.parse(rotated.stdout)).toEqual({ done: 1, total: 1, unreadable: [] });
  setKeys(two);
  outcomes.push(lost, rotated);
  for (const operands of [
    ["keys", "check"],
    ["list", "--json"],
    ["history", "--json"],
    ["item", "set-config", id, '{"url":"https://y"}', "--json"],
    ["item", "set-config", id, `{"url":5,"token":"${canary}"}`],
    ["sync", "--dry-run", "--json"],
    ["explain", "gateway"],
    ["doctor"],
  ]) {
    outcomes.push(await runCli(folder, ...operands, ...config("payment")));
  }
  for (const { stdout, stderr } of outcomes) expect(stdout + stderr).not.toContain(canary);
  expect((await readFile(join(folder, "app.db"))).includes(canary)).toBe(false);
  expect(served(await openIn(folder))).toEqual([canary]);
}, 120_000);

test("a rotation that is killed halfway, under load, leaves every secret readable, and goes on", async () => {
  const folder = await makeFolder();
  setKeys(two, one);
  const app = await openIn(folder);
  setKeys(one);
  const old = await openIn(folder);
  const labels = Array.from({ length: 60 }, (_, index) => `item-${String(index).padStart(2, "0")}`);
  const ids: string[] = [];
  for (const label of labels) ids.push((await add(old, label, `token of ${label}`)).id);
  await app.refresh();

  setKeys(two, one);
  const { child, ended } = startCli(folder, "keys", "rotate", "--batch", "1", ...config("payment"));
  // Operators change the same items meanwhile: one as the rotation begins, and some with every batch.
  const change = (id: string) => app.control.updateItem(id, { config: { url: `https://${id}` } }, by);
  const changes = [change(ids[59] ?? "")];
  child.stderr.on("data", (data) => {
    for (const id of ids.slice(changes.length, changes.length + 3)) changes.push(change(id));
    if (/^[5-9] of 60/m.test(String(data))) child.kill("SIGKILL");
  });
  await ended;
  await Promise.all(changes);

  await app.refresh();
  const halfway = (await app.control.checkKeys()).keys;
  expect(halfway[0]?.items).toBeGreaterThanOrEqual(5);
  expect(halfway[1]?.items).toBeGreaterThan(0);
  expect(await tokens(folder)).toEqual(labels.map((label) => `token of ${label}`));

  const resumed = await runCli(folder, "keys", "rotate", "--json", ...config("payment"));
  const { done, total } = JSON.parse(resumed.stdout);
  expect(done).toBe(total);
  expect(done).toBeLessThanOrEqual(55);
  setKeys(two);
  expect(await tokens(folder)).toEqual(labels.map((label) => `token of ${label}`));
}, 120_000);

/** What a process that starts now makes of the secrets, in the order of the labels. */
async function tokens(folder: string): Promise<string[]> {
  const plugbay = await openIn(folder);
  expect(plugbay.explain(gateway).filter(({ reason }) => reason === "failed")).toEqual([]);
  return served(plugbay);
}
