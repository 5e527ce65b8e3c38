import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { InvalidDocumentError, type Plugbay } from "plugbay";
import { afterEach, beforeEach, expect, test } from "vitest";
import { parseDocument } from "../../src/cli/items-file/parse-document.ts";
import { snapshotOf } from "../../src/open/facade.ts";
import { generateKey } from "../../src/secrets/generate-key.ts";
import { gateway, withPayment } from "./fixtures/payment.ts";
import { config, pipeToCli, runCli } from "./run-cli.ts";
import { makeFolder, openIn } from "./workspace.ts";

const canary = "canary-9f20b0c47d1a";
const by = { actor: "alice" };
const environment = { ...process.env };

beforeEach(() => {
  process.env.PLUGBAY_KEYS = generateKey().entry;
  process.env.PAY_TOKEN = canary;
});
afterEach(() => {
  process.env = { ...environment };
});

const http = { type: gateway, module: "apps/http", name: "http" };

/** A folder with a database, of which the application has one configured item. */
async function withItem(): Promise<{
  folder: string;
  plugbay: Plugbay;
  run: (...operands: string[]) => ReturnType<typeof runCli>;
}> {
  const folder = await makeFolder();
  const plugbay = await openIn(folder, withPayment);
  const item = { ...http, label: "eu", config: { url: "https://eu.example.com", token: canary } };
  await plugbay.control.createItem(item, by);
  return { folder, plugbay, run: (...operands) => runCli(folder, ...operands, ...config("payment")) };
}

const reference = (name: string): string => `\${${name}}`;

const yaml = (...lines: string[]): string =>
  ["plugbay: 1", "types:", "  - manager: apps/pay", "    name: gateway", "    items:", ...lines, ""].join(
    "\n",
  );

const us = [
  "      - module: apps/http",
  "        name: http",
  "        label: us",
  "        config:",
  "          url: https://us.example.com",
  `          token: ${reference("PAY_TOKEN")}`,
];

test("export prints readable YAML without secrets, and JSON that says the same", async () => {
  const { folder, run } = await withItem();
  const printed = await run("export", "--type", "gateway", "--secrets", "env");
  expect(printed).toMatchObject({ code: 0, stderr: "" });
  expect(printed.stdout).toBe(
    yaml(
      "      - module: apps/http",
      "        name: http",
      "        label: eu",
      "        status: active",
      "        priority: 0",
      '        description: ""',
      "        config:",
      "          url: https://eu.example.com",
      `          token: ${reference("PLUGBAY_HTTP_EU_TOKEN")}`,
    ),
  );
  const json = await run("export", "--json");
  const { types } = JSON.parse(json.stdout);
  expect(types.map(({ name }: { name: string }) => name)).toEqual(["notifier", "otp", "gateway", "routed"]);
  expect(types[2].items).toMatchObject([{ label: "eu", config: { url: "https://eu.example.com" } }]);
  expect(await run("export", "-o", "all.yaml")).toMatchObject({ code: 0, stdout: "" });
  const written = await readFile(join(folder, "all.yaml"), "utf8");
  expect(written).toContain("label: eu");
  for (const text of [printed.stdout, json.stdout, written]) expect(text).not.toContain(canary);

  expect(await run("import", "all.yaml", "--dry-run")).toMatchObject({
    code: 0,
    stdout:
      "Nothing to do: the items are as the file says.\n\nitems: 0 created, 0 updated, 7 found, 0 retired\n",
  });
  expect(await run("export", "--type", "nowhere")).toMatchObject({ code: 3 });
}, 120_000);

test("import shows what it would do, does it once, and manages and prunes what the file says", async () => {
  const { folder, plugbay, run } = await withItem();
  await writeFile(join(folder, "us.yaml"), yaml(...us));
  const { revision } = snapshotOf(plugbay);
  const dry = await run("import", "us.yaml", "--managed", "--dry-run");
  expect(dry).toMatchObject({ code: 0, stderr: "" });
  expect(dry.stdout).toMatch(
    /^\+ create item apps\/http:http\/us of gateway \(apps\/pay\) {3}active, priority 0, managed by a file\n {4}config\.url: "https:\/\/us\.example\.com"\n {4}config\.token: secret [0-9a-f]{8}\n\nitems: 1 created, 0 updated, 0 found, 0 retired\n$/,
  );
  await plugbay.refresh();
  expect(snapshotOf(plugbay).revision).toBe(revision);

  const done = await run("import", "us.yaml", "--managed", "--actor", "deploy", "--json");
  expect(JSON.parse(done.stdout)).toMatchObject({ counts: { itemsCreated: 1 }, unlisted: [] });
  const again = await pipeToCli(yaml(...us), folder, "import", "-", "--managed", ...config("payment"));
  expect(again.stdout).toContain("Nothing to do");
  await plugbay.refresh();
  expect(snapshotOf(plugbay).revision).toBe(revision + 1);
  expect(plugbay.getAll(gateway).map((sender) => String(sender.send("")))).toEqual([canary, canary]);
  expect((await plugbay.control.history({ limit: 1 }))[0]).toMatchObject({ actor: "deploy", source: "cli" });

  const { id } = plugbay.items(gateway).find(({ label }) => label === "us") ?? { id: "" };
  const refused = await run("set", id, "--priority", "5", "--json");
  expect(refused.code).toBe(4);
  expect(JSON.parse(refused.stderr).error).toMatchObject({ code: "MANAGED_BY_FILE" });

  const empty = '{"plugbay":1,"types":[]}';
  const left = await pipeToCli(empty, folder, "import", "-", ...config("payment"));
  expect(left.stdout).toContain("! not in the file: item apps/http:http/us of gateway (apps/pay)");
  const released = await run("item", "unmanage", id);
  expect(released).toMatchObject({
    code: 0,
    stdout: "apps/http:http/us of gateway (apps/pay)   changed\n",
  });
  expect(await run("set", id, "--priority", "5")).toMatchObject({ code: 0 });

  await run("import", "us.yaml", "--managed");
  const pruned = await pipeToCli(empty, folder, "import", "-", "--prune", ...config("payment"));
  expect(pruned.stdout).toContain("- retire item apps/http:http/us of gateway (apps/pay)");
  await plugbay.refresh();
  expect((await plugbay.control.getItem(id)).retiredBy).toBe("operator");
  for (const { stdout, stderr } of [dry, done, again, refused, left, pruned]) {
    expect(stdout + stderr).not.toContain(canary);
  }
}, 120_000);

const clear = `token: ${canary}`;

test.each<[string, string, (string | RegExp)[]]>([
  [
    "variables that are not set, all of them, with their lines",
    yaml(
      ...us.slice(0, -2),
      `          url: ${reference("NO_URL")}`,
      `          token: ${reference("NO_TOKEN")}`,
    ),
    [
      "line 10: types[0].items[0].config.url: the environment variable NO_URL",
      "line 11: ",
      "NO_TOKEN is not set",
    ],
  ],
  [
    "a field that is none",
    yaml(...us, "        colour: red"),
    ["line 12: types[0].items[0].colour: is unknown"],
  ],
  [
    "a config that the schema refuses",
    yaml(...us, "          more: 1"),
    ["line 10: types[0].items[0].config: "],
  ],
  ["a status that is none", yaml(...us, "        status: on"), ["line 12: ", '"on"']],
  ["an item that appears twice", yaml(...us, ...us), ["line 12: types[0].items[1]: appears twice"]],
  [
    "a type that is not registered",
    "plugbay: 1\ntypes:\n  - {manager: a, name: b, items: []}\n",
    ["line 3: "],
  ],
  ["broken YAML", yaml("      - module: [apps/http", clear), [/line \d+, column \d+: /]],
  ["tabs", `plugbay: 1\ntypes:\n\t- ${clear}\n`, [/line 3, column \d+: /]],
  ["the same key twice", yaml(...us, "        label: eu"), ["line 12, column 9: Map keys must be unique"]],
  ["the same key twice in JSON", '{"plugbay": 1,\n"plugbay": 1, "types": []}', ["line 2, column 1: "]],
  ["broken JSON", `{"plugbay": 1, "types": [{"${clear}"`, [/line 1, column \d+: /]],
  ["another form", "plugbay: 2\ntypes: []\n", ["line 1: plugbay: is 1"]],
  ["a text", canary, ["is not an object"]],
  ["nothing", "", ["is not an object"]],
  ["a tag", "plugbay: 1\ntypes: !!js/function x\n", ["line 2, column"]],
  ["keys that tamper with objects", yaml(...us, "          __proto__: {}"), ["__proto__: is a key that"]],
  [
    "aliases that grow out of all bounds",
    [
      "a: &a [x, x]",
      ...[..."bcdefghij"].map((key, index) => `${key}: &${key} [${`*${"abcdefghi"[index]}, `.repeat(9)}]`),
    ].join("\n"),
    ["Excessive alias count"],
  ],
])("a file is refused for %s", async (_, text, messages) => {
  const { plugbay } = await withItem();
  const before = snapshotOf(plugbay).revision;
  const importing = parseDocument(text, "items.yaml").then(({ value, withLines }) =>
    plugbay.control.import(value, by).catch((error: unknown) => {
      throw withLines(error);
    }),
  );
  const error = await importing.then(
    () => expect.unreachable(),
    (reason: unknown) => reason,
  );
  if (!(error instanceof InvalidDocumentError)) throw error;
  expect(error.message).toMatch(/^items\.yaml is refused, and nothing was written:\n {2}/);
  for (const message of messages) expect(error.message).toMatch(message);
  expect(error.message).not.toContain(canary);
  expect(snapshotOf(plugbay).revision).toBe(before);
});

test.each<[string, (config: string) => string]>([
  ["YAML", (config) => yaml(...us.slice(0, -1), `          ${config}`)],
  [
    "JSON",
    (config) =>
      `{"plugbay":1,"types":[{"manager":"m","name":"n","items":[{"module":"m","name":"n","config":{${config}}}]}]}`,
  ],
])("a number of a file in %s that would lose digits is refused, with its place", async (_, document) => {
  const path = "types[0].items[0].config.chat: is a number with too many digits";
  for (const number of ["12345678901234567891", "0.1234567890123456789", "1e400"]) {
    await expect(parseDocument(document(`"chat": ${number}`), "items")).rejects.toThrow(path);
  }
  const kept = document('"chat": [0.1, 1e300, 1e20, 123456789012345680000, "12345678901234567891"]');
  await expect(parseDocument(kept, "items")).resolves.toBeTruthy();
});

test("a number of a file in YAML that is written in base 16 or 8 goes by the same rule", async () => {
  const document = (number: string) => yaml(...us.slice(0, -1), `          chat: ${number}`);
  for (const number of ["0xff", "0o17", "0x20000000000000"]) {
    await expect(parseDocument(document(number), "items")).resolves.toBeTruthy();
  }
  for (const number of ["0x20000000000001", "0x1000000000000000"]) {
    await expect(parseDocument(document(number), "items")).rejects.toThrow("a number with too many digits");
  }
});

test("import ends with 2 for a file that is refused, with its lines", async () => {
  const { folder, plugbay, run } = await withItem();
  const { revision } = snapshotOf(plugbay);
  await writeFile(
    join(folder, "items.yaml"),
    yaml(...us.slice(0, -1), `          token: ${reference("NO_TOKEN")}`),
  );
  const outcome = await run("import", "items.yaml", "--json");
  expect(outcome).toMatchObject({ code: 2, stdout: "" });
  expect(JSON.parse(outcome.stderr).error).toMatchObject({
    code: "INVALID_DOCUMENT",
    message:
      "items.yaml is refused, and nothing was written:\n" +
      "  line 11: types[0].items[0].config.token: the environment variable NO_TOKEN is not set",
  });
  await plugbay.refresh();
  expect(snapshotOf(plugbay).revision).toBe(revision);
}, 60_000);

test("import refuses a file that is not there, is no text, or is far too large, and takes one of a megabyte", async () => {
  const { folder, run, plugbay } = await withItem();
  expect(await run("import", "nowhere.yaml")).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("nowhere.yaml"),
  });
  expect(await run("import", ".")).toMatchObject({ code: 2, stderr: expect.stringContaining("folder") });
  await writeFile(join(folder, "bytes.yaml"), Buffer.from([0xff, 0xfe, 0x00]));
  expect(await run("import", "bytes.yaml")).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("UTF-8"),
  });
  await writeFile(join(folder, "large.yaml"), "#".repeat(33 * 1024 * 1024));
  expect(await run("import", "large.yaml")).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("32 MB"),
  });

  const labels = Array.from({ length: 40 }, (_, index) => `n${index}`);
  const url = `https://example.com/${"x".repeat(30_000)}`;
  const items = labels.flatMap((label) => [
    ...[
      "      - module: apps/http",
      "        name: http",
      `        label: ${label}`,
      `        config: { url: "${url}" }`,
    ],
  ]);
  await writeFile(join(folder, "megabyte.yaml"), `\uFEFF${yaml(...items)}`);
  expect(await run("import", "megabyte.yaml")).toMatchObject({ code: 0 });
  await plugbay.refresh();
  expect(plugbay.items(gateway)).toHaveLength(41);
}, 120_000);
