import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { sqlite } from "plugbay/sqlite";
import { expect, test } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { runCliProcess } from "./cli-process.ts";
import { config, runCli } from "./run-cli.ts";
import { makeFolder, openIn } from "./workspace.ts";

const source = (path: string) => JSON.stringify(fileURLToPath(new URL(`../../src/${path}`, import.meta.url)));

test("help names the commands, examples and exit codes, and version is the package's", async () => {
  const folder = await makeFolder();
  const help = await runCliProcess(folder, "--help");
  expect(help).toMatchObject({ code: 0, stderr: "" });
  expect(help.stdout).toContain("$ plugbay explain otp");
  expect(help.stdout).toContain("  6  the database is not available");
  expect(await runCliProcess(folder, "--version")).toEqual({
    code: 0,
    stdout: `${manifest.version}\n`,
    stderr: "",
  });
});

test("wrong usage ends with 2, and says what was meant", async () => {
  const folder = await makeFolder();
  const bare = await runCliProcess(folder);
  expect(bare).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining("Usage: plugbay") });

  const misspelt = await runCli(folder, "list", "--json", "--serach", "sms");
  expect(misspelt).toMatchObject({ code: 2, stdout: "" });
  expect(JSON.parse(misspelt.stderr)).toEqual({
    error: { name: "UsageError", code: "USAGE", message: expect.stringContaining("--search") },
  });

  await openIn(folder);
  for (const operands of [
    ["sync", "--mode", "foo"],
    ["list", "--status", "foo"],
  ]) {
    const wrong = await runCli(folder, ...operands, ...config("plugbay"));
    expect(wrong).toMatchObject({
      code: 2,
      stdout: "",
      stderr: expect.stringMatching(/^error: .*["']foo["']/),
    });
  }
});

test("the config of the working directory is found, in JavaScript too, and one that is missing is asked for", async () => {
  const folder = await makeFolder();
  const missing = await runCli(folder, "list");
  expect(missing).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('nor in its folder src; "plugbay init" makes one'),
  });

  await writeFile(
    join(folder, "plugbay.config.mjs"),
    `import { sqlite } from ${source("store/sqlite/index.ts")};
     import { createRegistry } from ${source("index.ts")};
     export default { database: sqlite("app.db"), plugins: createRegistry() };`,
  );
  expect(await runCli(folder, "migrate")).toMatchObject({ code: 0 });
  expect(await runCli(folder, "list")).toEqual({ code: 0, stdout: "Nothing found.\n", stderr: "" });
});

test.each([
  ["exports nothing", "export const database = 1;", "export default defineConfig"],
  ["does not parse", "export default {", "could not be loaded"],
  ["throws", 'throw new Error("no address is set");', "no address is set"],
  ["has an unknown option", "export default { database: 1, plugins: [], synch: true };", '"synch"'],
  ["registers something else", "export default { database: 1, plugins: [42] };", "definePlugin"],
  ["has no database", "export default { database: 1, plugins: [] };", '"database"'],
])("a config that %s is refused", async (_, text, message) => {
  const folder = await makeFolder();
  await writeFile(join(folder, "plugbay.config.ts"), text);
  const outcome = await runCli(folder, "list");
  expect(outcome).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining(message) });
  expect(outcome.stderr).not.toMatch(/^ {4}at /m);
});

test("a database that is not available ends with 6, and one that is newer with 5", async () => {
  const folder = await makeFolder();
  const unreachable = await runCli(folder, "migrate", "--json", ...config("unreachable"));
  expect(unreachable).toMatchObject({ code: 6, stdout: "" });
  expect(JSON.parse(unreachable.stderr).error.code).toBe("DATABASE_UNAVAILABLE");

  const { db, close } = await sqlite(join(folder, "app.db")).connect();
  await openIn(folder);
  await db.insertInto("plugbay_migration").values({ name: "9999_later", applied_at: "2030-01-01" }).execute();
  await close();
  const newer = await runCli(folder, "list", ...config("plugbay"));
  expect(newer).toMatchObject({ code: 5, stdout: "", stderr: expect.stringContaining("9999_later") });

  const occupied = await makeFolder();
  await mkdir(join(occupied, "app.db"));
  const unwritable = await runCli(occupied, "list", ...config("plugbay"));
  expect(unwritable).toMatchObject({ code: 6, stdout: "", stderr: expect.stringContaining("app.db") });
});
