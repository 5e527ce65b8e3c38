import { execFile } from "node:child_process";
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const script = join(import.meta.dirname, "../../scripts/prepare.ts");
const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;

describe("npm's prepare", () => {
  let project: string;

  /** A project whose build copies its source, and counts how often it ran. */
  beforeEach(async () => {
    project = await mkdtemp(join(tmpdir(), "plugbay-prepare-"));
    for (const folder of ["scripts", "src"]) await mkdir(join(project, folder));
    await copyFile(script, join(project, "scripts/prepare.ts"));
    await writeFile(join(project, "src/index.ts"), "export const answer = 1;\n");
    const build = `fs.cpSync('src/index.ts', 'dist/index.js'); fs.appendFileSync('builds', 'x')`;
    const manifest = { type: "module", scripts: { build: `node -e "${build}"` } };
    await writeFile(join(project, "package.json"), JSON.stringify(manifest));
  });

  afterEach(() => rm(project, { recursive: true, force: true }));

  it("builds once, and not again while nothing has changed", async () => {
    expect(await buildsAfterPrepare()).toBe(1);
    expect(await buildsAfterPrepare()).toBe(1);
  });

  it.each([
    ["a source changes", () => writeFile(join(project, "src/index.ts"), "export const answer = 2;\n")],
    ["a source is added", () => writeFile(join(project, "src/other.ts"), "")],
    ["what was built is gone", () => rm(join(project, "dist"), { recursive: true })],
    ["what was built is something else", () => writeFile(join(project, "dist/index.js"), "")],
  ])("builds again when %s", async (_case, change) => {
    await buildsAfterPrepare();
    await change();
    expect(await buildsAfterPrepare()).toBe(2);
  });

  it("fails with a build that fails, and builds the next time", async () => {
    await writeFile(join(project, "package.json"), JSON.stringify({ scripts: { build: "exit 3" } }));
    await expect(prepare()).rejects.toMatchObject({ code: expect.any(Number) });
    await expect(prepare()).rejects.toMatchObject({ code: expect.any(Number) });
  });

  const prepare = () =>
    promisify(execFile)(process.execPath, ["--import", tsx, join(project, "scripts/prepare.ts")]);

  async function buildsAfterPrepare(): Promise<number> {
    await prepare();
    return (await readFile(join(project, "builds"), "utf8")).length;
  }
});
