import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { JsonValue } from "plugbay";
import { expect, test } from "vitest";
import { snapshotOf } from "../../src/open/facade.ts";
import { gateway, withPayment } from "./fixtures/payment.ts";
import { config, pipeToCli, runCli } from "./run-cli.ts";
import { makeFolder, openIn } from "./workspace.ts";

const plugin = { type: gateway, module: "apps/http", name: "http" };
const unsaved = ["gateway", "apps/http", "http"];

/** A folder with one item, which is not in use. */
async function withItem(settings: JsonValue) {
  const folder = await makeFolder();
  const plugbay = await openIn(folder, withPayment);
  const item = { ...plugin, label: "eu", status: "disable", config: settings } as const;
  const { id } = await plugbay.control.createItem(item, { actor: "alice" });
  const check = (...operands: string[]) => runCli(folder, "item", "check", ...operands, ...config("payment"));
  return { folder, plugbay, id, check };
}

test("item check tells whether an item works, also with another config, and writes nothing", async () => {
  const { folder, plugbay, id, check } = await withItem({ url: "https://up.example" });
  const { revision } = snapshotOf(plugbay);
  const stored = await check("http");
  expect(stored).toMatchObject({ code: 0, stderr: "" });
  expect(stored.stdout).toMatch(/^works: https:\/\/up\.example takes the token none {3}\(\d+ ms\)\n$/);

  await writeFile(join(folder, "eu.json"), '{"url":"https://down.example","token":"s3cr3t"}');
  const other = await check(id, "--item-config", "@eu.json");
  expect(other).toMatchObject({ code: 1, stderr: "" });
  expect(other.stdout).toMatch(/^does not work: 502 for \[secret\] {3}\(\d+ ms\)\n$/);

  const deaf = await check(
    id,
    "--item-config",
    '{"url":"https://deaf.example"}',
    "--timeout-ms",
    "200",
    "--json",
  );
  expect(deaf).toMatchObject({ code: 1, stderr: "" });
  expect(JSON.parse(deaf.stdout)).toEqual({
    ok: false,
    message: "no answer within 200 ms",
    durationMs: expect.any(Number),
  });
  await plugbay.refresh();
  expect(snapshotOf(plugbay).revision).toBe(revision);
}, 120_000);

test("item check tells whether a config of no item works", async () => {
  const { folder } = await withItem({ url: "https://up.example" });
  const json = '{"url":"https://new.example","token":"s3cr3t"}';
  const operands = ["item", "check", ...unsaved, "--item-config", "-", "--json", ...config("payment")];
  const checked = await pipeToCli(json, folder, ...operands);
  expect(checked).toMatchObject({ code: 0, stderr: "" });
  expect(JSON.parse(checked.stdout)).toMatchObject({
    ok: true,
    message: "https://new.example takes the token [secret]",
  });
}, 120_000);

test.each<[string, string[], number, string]>([
  ["a config that the schema refuses", ["http", "--item-config", '{"url":5}'], 2, "url: "],
  ["no config where one is needed", unsaved, 2, "url: "],
  ["a plugin without a check", ["apps/sms:sms"], 4, "cannot be checked"],
  ["an unknown item", ["nobody"], 3, "nobody"],
  ["an unknown plugin", ["gateway", "apps/http", "ftp"], 3, "not registered"],
  ["an unknown type", ["pay", "apps/http", "http"], 3, "gateway"],
  ["half of a plugin's name", ["gateway", "apps/http"], 2, "its type, module and name"],
  ["a limit of nothing", ["http", "--timeout-ms", "0"], 2, "above 0"],
  ["nothing", [], 2, "missing required argument"],
])("item check refuses %s", async (_, operands, code, message) => {
  const { check } = await withItem({ url: "https://up.example" });
  const outcome = await check(...operands, "--json");
  expect(outcome).toMatchObject({ code, stdout: "" });
  expect(JSON.parse(outcome.stderr).error.message).toContain(message);
});
