import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { runCliProcess, startCli } from "./cli-process.ts";
import { config } from "./run-cli.ts";
import { makeFolder, openIn } from "./workspace.ts";

const path = (relative: string) => JSON.stringify(fileURLToPath(new URL(relative, import.meta.url)));

test("a reader that leaves early, such as head, is no failure", async () => {
  const folder = await makeFolder();
  await openIn(folder);
  const { child, ended } = startCli(folder, "list", ...config("plugbay"));
  child.stdout.destroy();
  expect(await ended).toMatchObject({ code: 0, stderr: "" });
});

test("an interrupted command tells its plugins to stop, and ends with 130", async () => {
  const folder = await makeFolder();
  await writeConfig(
    folder,
    `create: ({ signal }) => {
       signal.addEventListener("abort", () => process.stderr.write("stopped"));
       process.stderr.write("started, ");
       return new Promise(() => undefined);
     }`,
  );
  const { child, ended } = startCli(folder, "doctor");
  child.stderr.once("data", () => child.kill("SIGINT"));
  expect(await ended).toEqual({ code: 130, stdout: "", stderr: "started, stopped" });
});

test("what a plugin throws in the background ends the command in one line", async () => {
  const folder = await makeFolder();
  await writeConfig(
    folder,
    `create: () => {
       setTimeout(() => { throw new Error("lost the gateway"); });
       return new Promise(() => undefined);
     }`,
  );
  const outcome = await runCliProcess(folder, "doctor");
  expect(outcome).toEqual({ code: 1, stdout: "", stderr: "error: lost the gateway\n" });
});

test("a command ends though a plugin, or its config, would keep the process", async () => {
  const folder = await makeFolder();
  await writeConfig(
    folder,
    `create: () => {
       setInterval(() => undefined, 1_000);
       return { send() {} };
     }`,
    "setInterval(() => undefined, 1_000);",
  );
  for (const operands of [["migrate"], ["doctor"]]) {
    expect(await runCliProcess(folder, ...operands)).toMatchObject({ code: 0 });
  }
});

test("only the commands that are about plugins at work make them", async () => {
  const folder = await makeFolder();
  await writeConfig(
    folder,
    `create: () => {
       process.stderr.write("made");
       return { send() {} };
     }`,
  );
  for (const operands of [["migrate"], ["list"], ["set", "plugin", "--priority", "1"], ["history"]]) {
    expect(await runCliProcess(folder, ...operands)).toMatchObject({ code: 0, stderr: "" });
  }
  expect(await runCliProcess(folder, "explain", "otp")).toMatchObject({ code: 0, stderr: "made" });
});

/** A config with one plugin, which is made so. */
function writeConfig(folder: string, create: string, more = ""): Promise<void> {
  return writeFile(
    join(folder, "plugbay.config.ts"),
    `import { definePlugin } from ${path("../../src/index.ts")};
     import { sqlite } from ${path("../../src/store/sqlite/index.ts")};
     import { otp } from ${path("./fixtures/definitions.ts")};
     const plugin = definePlugin(otp, { name: "plugin", module: "apps/plugin", ${create} });
     ${more}
     export default { database: sqlite("app.db"), plugins: [otp, plugin] };`,
  );
}
