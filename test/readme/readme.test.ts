import { execFile } from "node:child_process";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { extractSnippets } from "./snippets.ts";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../../", import.meta.url));
const require = createRequire(import.meta.url);
const tsx = pathToFileURL(require.resolve("tsx")).href;

/** Inside the project, so that "plugbay" is the built package: what a user has, not the sources. */
const workspace = join(root, "test/readme/workspace");
const { sources, commands, strays } = extractSnippets(await readFile(join(root, "README.md"), "utf8"));

const tsconfig = {
  extends: "../../../tsconfig.base.json",
  compilerOptions: { noEmit: true, allowImportingTsExtensions: true },
  include: ["*.ts"],
};

beforeAll(async () => {
  // Not the panel, whose module other tests read meanwhile: `npm ci` has built that.
  await run("npm", ["run", "build:code"], { cwd: root });
  await rm(workspace, { recursive: true, force: true });
  await mkdir(workspace, { recursive: true });
  await writeFile(join(workspace, "tsconfig.json"), JSON.stringify(tsconfig));
  for (const { file, text } of sources) await writeFile(join(workspace, file), text);
}, 120_000);

afterAll(() => rm(workspace, { recursive: true, force: true }));

test("every TypeScript block of the README says which file it is", () => {
  expect(strays).toBe(0);
  expect(sources.map(({ file }) => file)).toContain("main.ts");
});

test("the README's code compiles against the built package", async () => {
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  await expect(run(process.execPath, [tsc, "-p", workspace])).resolves.toMatchObject({ stdout: "" });
}, 60_000);

test("the README's program does what its comments say", async () => {
  for (const { file } of sources.filter(({ runs }) => runs)) {
    const { stdout } = await run(process.execPath, ["--import", tsx, file], { cwd: workspace });
    expect(stdout.trim().split("\n")).toEqual([
      "SMS to +1 555 0100: 123456",
      "Mail to the owner of +1 555 0100: 654321",
      "Mail to the owner of +1 555 0100: 111222",
    ]);
  }
}, 60_000);

test("the README's commands work after one another", async () => {
  expect(commands.length).toBeGreaterThan(3);
  for (const command of commands) {
    const [npx, plugbay, ...operands] = command.split(" ");
    expect([npx, plugbay]).toEqual(["npx", "plugbay"]);
    await run(process.execPath, [join(root, "dist/cli/main.js"), ...operands], { cwd: workspace });
  }
}, 60_000);

test("the README's links lead somewhere", async () => {
  const markdown = await readFile(join(root, "README.md"), "utf8");
  const links = [...markdown.matchAll(/\]\(([^)]+)\)/g)].map(([, target = ""]) => target);
  expect(links.length).toBeGreaterThan(3);
  for (const link of links) {
    const [path = "", section] = link.split("#");
    const text = await readFile(join(root, path), "utf8");
    if (section !== undefined) expect(headings(text), link).toContain(section);
  }
});

/** As GitHub names them in addresses. */
const headings = (markdown: string): string[] =>
  [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, title = ""]) =>
    title
      .toLowerCase()
      .replace(/[^\w\- ]/g, "")
      .replaceAll(" ", "-"),
  );
