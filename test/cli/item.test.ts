import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { snapshotOf } from "../../src/open/facade.ts";
import { generateKey } from "../../src/secrets/generate-key.ts";
import { startCli } from "./cli-process.ts";
import { gateway, withPayment } from "./fixtures/payment.ts";
import { config, runCli } from "./run-cli.ts";
import { makeFolder, openIn } from "./workspace.ts";

const keysBefore = process.env.PLUGBAY_KEYS;
afterEach(() => {
  if (keysBefore === undefined) delete process.env.PLUGBAY_KEYS;
  else process.env.PLUGBAY_KEYS = keysBefore;
});

const add = ["item", "add", "gateway", "apps/http", "http", "--label"];

test("item adds, copies, configures and renames, and the history says who did it", async () => {
  const folder = await makeFolder();
  const plugbay = await openIn(folder, withPayment);
  const run = (...operands: string[]) => runCli(folder, ...operands, ...config("payment"));

  const details = ["--status", "reserve", "--priority", "7", "--actor", "alice"];
  const eu = await run(...add, "eu", "--item-config", '{"url":"https://eu.example"}', ...details);
  expect(eu).toMatchObject({ code: 0, stderr: "" });
  const [, id = ""] =
    /^added apps\/http:http\/eu of gateway \(apps\/pay\) {3}Reserved, priority 7 {3}(\S+)\n$/.exec(
      eu.stdout,
    ) ?? [];

  const copied = await run("item", "duplicate", id, "--label", "us", "--json");
  const us = JSON.parse(copied.stdout);
  expect(us).toMatchObject({ label: "us", status: "disable", config: { url: "https://eu.example" } });

  await writeFile(join(folder, "us.json"), '{"url":"https://us.example"}');
  expect(await run("item", "set-config", us.id, "@us.json", "--version", "1")).toMatchObject({ code: 0 });
  expect(await run("item", "rename", us.id, "us-east", "--json")).toMatchObject({ code: 0, stderr: "" });

  const { child, ended } = startCli(folder, "item", "set-config", id, "-", ...config("payment"));
  child.stdin.end('{"url":"https://eu2.example"}');
  expect(await ended).toMatchObject({
    code: 0,
    stdout: "apps/http:http/eu of gateway (apps/pay)   changed\n",
  });
  const same = await run("item", "set-config", id, '{"url":"https://eu2.example"}');
  expect(same.stdout).toContain("nothing changed");

  await plugbay.refresh();
  expect(plugbay.items(gateway).map(({ label, config }) => [label, config])).toEqual([
    ["eu", { url: "https://eu2.example" }],
    ["us-east", { url: "https://us.example" }],
  ]);
  const [first] = (await plugbay.control.history({ entityId: id })).slice(-1);
  expect(first).toMatchObject({ action: "create", actor: "alice", source: "cli" });
}, 120_000);

test("history says of a config each path that differs, and of a replaced secret both fingerprints", async () => {
  process.env.PLUGBAY_KEYS = generateKey().entry;
  const folder = await makeFolder();
  const plugbay = await openIn(folder, withPayment);
  const run = (...operands: string[]) => runCli(folder, ...operands, ...config("payment"));
  const { id } = await plugbay.control.createItem(
    {
      ...{ type: gateway, module: "apps/http", name: "http", label: "eu" },
      config: { url: "https://old.example.com", token: "first-token" },
    },
    { actor: "alice" },
  );
  const fingerprint = async () =>
    ((await plugbay.control.getItem(id)).config as { token: { fingerprint: string } }).token.fingerprint;
  const old = await fingerprint();
  const replacing = '{"url":"https://new.example.com","token":"second-token"}';
  expect(await run("item", "set-config", id, replacing)).toMatchObject({ code: 0, stderr: "" });
  await plugbay.refresh();
  const next = await fingerprint();
  expect(next).not.toBe(old);

  const { stdout } = await run("history", "--item", id, "--limit", "1");
  expect(stdout.split("\n").slice(1)).toEqual([
    '    config.url: "https://old.example.com" -> "https://new.example.com"',
    `    config.token: secret ${old} -> secret ${next}`,
    "",
  ]);
});

test.each<[string, string[], number, string]>([
  ["a config that the schema refuses", [...add, "eu", "--item-config", '{"url":5}'], 2, "url: "],
  ["no config where one is needed", [...add, "eu"], 2, "url: "],
  ["what is no JSON, without repeating it", [...add, "eu", "--item-config", "{secret"], 2, "is not JSON"],
  [
    "a number that would lose digits",
    [...add, "eu", "--item-config", '{"url":"x","chat":[12345678901234567891]}'],
    2,
    "the config.chat.0 is a number with too many digits to be stored exactly",
  ],
  [
    "a priority that would lose digits",
    [...add, "eu", "--item-config", '{"url":"x"}', "--priority", "5.0000000000000000001"],
    2,
    "too many digits to be read exactly",
  ],
  ["a file that is not there", [...add, "eu", "--item-config", "@nowhere.json"], 2, "nowhere.json"],
  ["a label that is taken", [...add, "de", "--item-config", '{"url":"x"}'], 4, "is taken"],
  ["an empty label", [...add, "", "--item-config", '{"url":"x"}'], 2, "is empty"],
  ["an unknown type", ["item", "add", "pay", "apps/http", "http", "--label", "x"], 3, "gateway"],
  ["an unknown plugin", ["item", "add", "gateway", "apps/http", "ftp", "--label", "x"], 3, "not registered"],
  [
    "a plugin without a config",
    ["item", "add", "otp", "apps/sms", "sms", "--label", "x"],
    4,
    "takes no config",
  ],
  ["an unknown item", ["item", "rename", "nobody", "x"], 3, "nobody"],
  ["an old version", ["item", "rename", "http", "x", "--version", "7"], 4, "at version 1, not 7"],
])("item refuses %s", async (_, operands, code, message) => {
  const folder = await makeFolder();
  const plugbay = await openIn(folder, withPayment);
  const item = {
    type: gateway,
    module: "apps/http",
    name: "http",
    label: "de",
    config: { url: "https://de" },
  };
  await plugbay.control.createItem(item, { actor: "alice" });
  const { revision } = snapshotOf(plugbay);
  const outcome = await runCli(folder, ...operands, "--json", ...config("payment"));
  expect(outcome).toMatchObject({ code, stdout: "" });
  const { error } = JSON.parse(outcome.stderr);
  expect(error.message).toContain(message);
  expect(error.message).not.toContain("{secret");
  await plugbay.refresh();
  expect(snapshotOf(plugbay).revision).toBe(revision);
});
