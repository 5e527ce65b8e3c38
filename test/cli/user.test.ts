import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { compiledCommand } from "./compiled-command.ts";
import { config, pipeToCli, runCli } from "./run-cli.ts";
import { makeFolder } from "./workspace.ts";

let folder: string;

beforeEach(async () => {
  folder = await makeFolder();
  // A database that is there, and has no tables yet.
  await writeFile(join(folder, "app.db"), "");
});

const user = (...operands: string[]) => runCli(folder, "user", ...operands, ...config("plugbay"));
const userWith = (input: string, ...operands: string[]) =>
  pipeToCli(input, folder, "user", ...operands, "--password-stdin", ...config("plugbay"));

test("users are made, listed, given another role or password, and removed", async () => {
  const created = await userWith(
    "a long password\n",
    "create",
    "Ada@example.com",
    "--role",
    "admin",
    "--json",
  );
  expect(created).toMatchObject({ code: 0, stderr: "" });
  expect(JSON.parse(created.stdout)).toEqual({
    user: {
      id: expect.any(String),
      email: "ada@example.com",
      name: "Ada@example.com",
      role: "admin",
      signsInBy: ["password"],
      createdAt: expect.stringMatching(/^\d{4}-.*Z$/),
    },
  });
  const plain = await user("create", "bob@example.com", "--role", "reader", "--name", "Bob", "--no-password");
  expect(plain).toEqual({ code: 0, stdout: "bob@example.com may sign in as reader.\n", stderr: "" });

  const { stdout } = await user("list");
  expect(stdout.split("\n").map((line) => line.split(/ {2,}/).slice(0, 4))).toEqual([
    ["EMAIL", "NAME", "ROLE", "SIGNS IN BY"],
    ["ada@example.com", "Ada@example.com", "admin", "password"],
    ["bob@example.com", "Bob", "reader", "nothing yet"],
    [""],
  ]);

  expect((await user("set-role", "BOB@example.com", "editor")).stdout).toBe(
    "bob@example.com\n    role: reader -> editor\n",
  );
  const reset = await userWith("another password", "reset-password", "bob@example.com", "--json");
  expect(JSON.parse(reset.stdout)).toMatchObject({ user: { role: "editor", signsInBy: ["password"] } });
  expect((await user("remove", "bob@example.com", "--yes")).stdout).toBe("bob@example.com is removed.\n");
  expect(JSON.parse((await user("list", "--json")).stdout).users).toHaveLength(1);
  expect((await user("remove", "bob@example.com", "--yes")).code).toBe(3);
});

describe("user refuses", () => {
  test.each([
    ["an address that is none", ["create", "ada", "--role", "admin", "--no-password"], 2, "e-mail address"],
    [
      "a role that is none",
      ["create", "a@example.com", "--role", "king", "--no-password"],
      2,
      "reader, editor",
    ],
    ["a user without a role", ["create", "a@example.com", "--no-password"], 2, "--role"],
    [
      "a password as an argument",
      ["create", "a@example.com", "--role", "admin", "--password", "x"],
      2,
      "--password",
    ],
    ["to ask without a terminal", ["create", "a@example.com", "--role", "admin"], 2, "--password-stdin"],
    ["to remove unasked", ["remove", "a@example.com"], 2, "--yes"],
    ["a stranger", ["set-role", "nobody@example.com", "admin"], 3, "nobody@example.com"],
  ])("%s", async (_, operands, code, message) => {
    const outcome = await user(...operands);
    expect(outcome).toMatchObject({ code, stdout: "", stderr: expect.stringContaining(message) });
  });

  test("to do nothing in particular", async () => {
    const outcome = await runCli(folder, "user");
    expect(outcome).toMatchObject({
      code: 2,
      stdout: "",
      stderr: expect.stringContaining("Usage: plugbay user"),
    });
  });

  test("a password that is too short or too long, without repeating it, and a second user of an address", async () => {
    const create = ["create", "ada@example.com", "--role", "admin", "--json"];
    for (const password of ["short", "x".repeat(129)]) {
      const outcome = await userWith(password, ...create);
      expect(outcome).toMatchObject({ code: 2, stdout: "" });
      expect(JSON.parse(outcome.stderr).error.message).toContain("12 to 128 characters");
      expect(outcome.stderr).not.toContain(password);
    }
    expect(await userWith("a long password", ...create)).toMatchObject({ code: 0 });
    const again = await userWith("a long password", ...create);
    expect(JSON.parse(again.stderr).error).toMatchObject({ name: "UserExistsError", code: "USER_EXISTS" });
    expect(again.code).toBe(4);
  });
});

const hasScript = spawnSync("script", ["--version"]).status === 0;

describe.skipIf(!hasScript)(`on a terminal${hasScript ? "" : " (skipped: no command script)"}`, () => {
  /** Runs the command on a pseudo-terminal; types an answer whenever a question appears. */
  async function onTerminal(
    answers: readonly string[],
    ...operands: string[]
  ): Promise<{ shown: string; code: number }> {
    const words = [process.execPath, await compiledCommand(), "user", ...operands, ...config("plugbay")];
    const line = words.map((word) => `'${word}'`).join(" ");
    const terminal = spawn("script", ["--quiet", "--return", "--command", line, "/dev/null"], {
      cwd: folder,
    });
    const open = [...answers];
    let shown = "";
    terminal.stdout.on("data", (data: Buffer) => {
      shown += data;
      if (/(Password|the password): $/.test(String(data))) terminal.stdin.write(open.shift() ?? "");
    });
    const [code] = await once(terminal, "close");
    return { shown, code };
  }

  test("the password is asked for twice and never shown", async () => {
    const create = ["create", "ada@example.com", "--role", "admin"];
    // A slip of the finger, taken back.
    const { shown, code } = await onTerminal(["a long passwörd!\x7f\r", "a long passwörd\r"], ...create);
    expect(shown).toContain("may sign in as admin");
    expect(code).toBe(0);
    expect(shown).not.toContain("long");
  });

  test("two different passwords make no user, and Ctrl-C ends it", async () => {
    const create = ["create", "ada@example.com", "--role", "admin"];
    const different = await onTerminal(["a long password\r", "another password\r"], ...create);
    expect(different).toMatchObject({ code: 2, shown: expect.stringContaining("the two passwords differ") });
    expect((await onTerminal(["a long\x03"], ...create)).code).toBe(130);
    expect((await user("list")).stdout).toBe("Nothing found.\n");
  });
});
