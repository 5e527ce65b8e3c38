import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { columnsOf } from "../../src/cli/shown-text.ts";
import { formatTable } from "../../src/cli/table.ts";
import { runCliProcess } from "./cli-process.ts";
import { otp } from "./fixtures/definitions.ts";
import { config, runCli } from "./run-cli.ts";
import { makeFolder, openIn } from "./workspace.ts";

const source = (path: string) => JSON.stringify(fileURLToPath(new URL(`../../src/${path}`, import.meta.url)));

/** A config that prints in all ways, when it is loaded, later, and from a plugin. */
const talkative = `
  import fs, { writeSync } from "node:fs";
  import { createRegistry, definePlugin, definePluginType } from ${source("index.ts")};
  import { sqlite } from ${source("store/sqlite/index.ts")};
  const say = (when) => {
    console.log("log " + when);
    process.stdout.write("stream " + when + "\\n");
    writeSync(1, "descriptor " + when + "\\n");
    fs.write(1, "callback " + when + "\\n", () => undefined);
  };
  say("at load");
  setTimeout(() => say("later"), 1);
  const greeting = definePluginType({ name: "greeting", manager: "m", methods: { greet: "required" } });
  const hello = definePlugin(greeting, {
    name: "hello",
    module: "m",
    create: () => {
      say("at work");
      return { greet: () => "hello" };
    },
  });
  export default { database: sqlite("app.db"), plugins: createRegistry([greeting, hello]) };`;

test("what a config and its plugins print goes to standard error, however they do it", async () => {
  const folder = await makeFolder();
  await writeFile(join(folder, "plugbay.config.mjs"), talkative);
  expect(await runCliProcess(folder, "migrate")).toMatchObject({ code: 0 });
  const explained = await runCliProcess(folder, "explain", "greeting", "--json");
  expect(JSON.parse(explained.stdout)).toBeTruthy();
  for (const when of ["at load", "at work", "later"]) {
    for (const way of ["log", "stream", "descriptor", "callback"]) {
      expect(explained.stderr).toContain(`${way} ${when}`);
    }
  }
  const exported = await runCliProcess(folder, "export", "--format", "json");
  expect(JSON.parse(exported.stdout)).toBeTruthy();
  expect((await runCliProcess(folder, "--version")).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

// A title of the window, a cleared screen by a control character of 8 bits, a line that takes another's place, and a turn.
const hostile = "eve\u001b]0;owned\u0007 \u009b2J \r\u202e\nforged (cli)  purge all";

/** Whether a terminal would obey anything in a text, but for the end of a line. */
const isObeyed = (text: string): boolean =>
  [...text].some((character) => character !== "\n" && /[\p{Cc}\u202e]/u.test(character));

test("actors, descriptions and errors send no commands to a terminal, and forge no line", async () => {
  const folder = await makeFolder();
  const plugbay = await openIn(folder);
  const [item] = plugbay.items(otp);
  await plugbay.control.updateItem(item?.id ?? "", { description: hostile }, { actor: hostile });
  for (const operands of [["history"], ["history", "--json"], ["list"], ["list", "--json"]]) {
    const { code, stdout } = await runCli(folder, ...operands, ...config("plugbay"));
    expect(code).toBe(0);
    expect(isObeyed(stdout), operands.join(" ")).toBe(false);
    expect(stdout).not.toMatch(/^forged/m);
  }
  const history = await runCli(folder, "history", "--json", ...config("plugbay"));
  expect(JSON.parse(history.stdout)[0].actor).toBe(hostile);
  const wrong = await runCli(folder, "set", `x${hostile}`, "--priority", "1", ...config("plugbay"));
  expect(wrong.code).not.toBe(0);
  expect(isObeyed(wrong.stderr)).toBe(false);
});

test("wide characters, marks and emoji take the columns that a terminal gives them", () => {
  expect(["abc", "漢字", "한글", "é", "e\u0301", "👩‍💻", "🇮🇷", "❤️", "پیامک"].map(columnsOf)).toEqual([
    3, 4, 4, 1, 1, 2, 2, 2, 5,
  ]);
  const lines = formatTable(
    ["NAME", "STATUS"],
    [
      ["漢字", "Active"],
      ["sms", "Reserved"],
    ],
  ).split("\n");
  expect(lines.map((line) => columnsOf(line.replace(/\S+$/, "")))).toEqual([6, 6, 6]);
});

test("a file of the environment sets what is not set", async () => {
  /** Anew for each command: a config is loaded once by a process. */
  const prepared = async (): Promise<string> => {
    const folder = await makeFolder();
    await writeFile(
      join(folder, "plugbay.config.mjs"),
      `import { createRegistry } from ${source("index.ts")};
       import { sqlite } from ${source("store/sqlite/index.ts")};
       export default { database: sqlite(process.env.PLUGBAY_TEST_FILE ?? "none.db"), plugins: createRegistry() };`,
    );
    await writeFile(join(folder, ".env"), "# where it is\nPLUGBAY_TEST_FILE='first.db'\n");
    await writeFile(join(folder, ".env.local"), 'PLUGBAY_TEST_FILE="second.db" # mine\n');
    return folder;
  };
  const looked = async (...operands: string[]) =>
    /there is no file ".*\/(.*)"/.exec((await runCli(await prepared(), "list", ...operands)).stderr)?.[1];
  expect(await looked()).toBe("none.db");
  expect(await looked("--env-file", ".env")).toBe("first.db");
  expect(await looked("--env-file", ".env", "--env-file", ".env.local")).toBe("second.db");
  process.env.PLUGBAY_TEST_FILE = "set.db";
  try {
    expect(await looked("--env-file", ".env")).toBe("set.db");
  } finally {
    delete process.env.PLUGBAY_TEST_FILE;
  }
  const folder = await prepared();
  expect(await runCli(folder, "migrate", "--env-file", ".env")).toMatchObject({ code: 0 });
  for (const operands of [["list"], ["history"], ["processes"], ["doctor"]]) {
    expect(await runCli(folder, ...operands, "--env-file", ".env")).toMatchObject({ code: 0, stderr: "" });
  }
  expect(await runCli(folder, "list", "--env-file", "no.env")).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("no.env could not be read"),
  });
});

test.each([
  ["hold", "x", "--reason", "y", "--until", "2026-02-30T00:00:00Z"],
  ["hold", "x", "--reason", "y", "--until", "2026-13-01"],
  ["hold", "x", "--reason", "y", "--for", "99999999999999d"],
  ["purge", "--older-than", "99999999999999w"],
])("%s %s %s %s: what is out of range is an error of use", async (...operands) => {
  const { code, stderr } = await runCli(await makeFolder(), ...operands, ...config("plugbay"));
  expect(code).toBe(2);
  expect(stderr).toMatch(/It is not a time|a hundred years/);
});
