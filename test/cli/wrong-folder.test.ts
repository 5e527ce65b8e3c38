import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { loadSqliteDriver } from "../../src/store/sqlite/load-driver.ts";
import { config, runCli } from "./run-cli.ts";
import { makeFolder } from "./workspace.ts";

// The config's database is "app.db" in the folder that the command is started in.

const item = "5f0c7a43-9a1c-4d0f-8c53-0d2f3a3c9b11";

/** All commands that have to do with what is stored, but for `migrate` and `serve`. */
const commands: readonly (readonly string[])[] = [
  ["list"],
  ["history"],
  ["export"],
  ["processes"],
  ["explain", "otp"],
  ["keys", "check"],
  ["keys", "rotate"],
  ["sync", "--dry-run"],
  ["sync"],
  ["import", "items.json", "--dry-run"],
  ["import", "items.json"],
  ["set", item, "--status", "disable"],
  ["hold", item, "--reason", "x"],
  ["release", item],
  ["purge", "--older-than", "0s", "--yes"],
  ["item", "set-config", item, "{}"],
  ["item", "unmanage", item],
];

test.each(commands.map((operands) => ({ name: operands.join(" "), operands })))(
  "$name makes no database where there is none, and names the file that it looked for",
  async ({ operands }) => {
    const folder = await makeFolder();
    await writeFile(join(folder, "items.json"), '{ "items": [] }');
    const outcome = await runCli(folder, ...operands, "--json", ...config("plugbay"));
    expect(outcome).toMatchObject({ code: 6, stdout: "" });
    expect(JSON.parse(outcome.stderr).error).toMatchObject({
      code: "DATABASE_UNAVAILABLE",
      message: expect.stringContaining(`there is no file "${join(folder, "app.db")}"`),
    });
    expect(await readdir(folder)).toEqual(["items.json"]);
  },
);

test("doctor makes no database either, and says once that there is none", async () => {
  const folder = await makeFolder();
  const { code, stdout } = await runCli(folder, "doctor", ...config("plugbay"));
  expect(code).toBe(1);
  expect(stdout.match(/there is no file/g)).toHaveLength(1);
  expect(stdout).toContain(join(folder, "app.db"));
  expect(await readdir(folder)).toEqual([]);
});

test.each([["list"], ["keys", "check"], ["sync"], ["import", "items.json"]])(
  "%s %s leaves the database of another application as it is",
  async (...operands) => {
    const folder = await makeFolder();
    const Driver = await loadSqliteDriver();
    const other = new Driver(join(folder, "app.db"));
    other.exec("create table customer (id integer)");
    await writeFile(join(folder, "items.json"), '{ "items": [] }');
    const outcome = await runCli(folder, ...operands, ...config("plugbay"));
    expect(outcome).toMatchObject({
      code: 5,
      stdout: "",
      stderr: expect.stringContaining("plugbay migrate"),
    });
    const tables = other.prepare("select name from sqlite_master").all();
    other.close();
    expect(tables).toEqual([{ name: "customer" }]);
  },
);

test("migrate makes it", async () => {
  const folder = await makeFolder();
  expect(await runCli(folder, "migrate", ...config("plugbay"))).toMatchObject({ code: 0 });
  expect(await runCli(folder, "list", ...config("plugbay"))).toMatchObject({ code: 0, stderr: "" });
});
