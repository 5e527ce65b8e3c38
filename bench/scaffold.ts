import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { packPackage } from "../test/ecosystem/harness/pack-package.ts";
import { broken, report, timed } from "./report.ts";

// From an empty folder to an application whose tests pass, as a newcomer would: with what npm has in its cache, or
// fetches.

const run = promisify(execFile);
const home = await mkdtemp(join(tmpdir(), "plugbay-scaffold-"));
try {
  const tarball = await packPackage(home);
  const folder = join(home, "shop");
  await mkdir(folder);
  const npm = (...args: string[]) => run("npm", args, { cwd: folder });
  let seconds = 0;
  const step = async (name: string, work: () => Promise<unknown>): Promise<void> => {
    const taken = (await timed(work)) / 1_000;
    seconds += taken;
    console.log(`${taken.toFixed(1).padStart(5)} s  ${name}`);
  };
  await step("npx plugbay init --yes", () =>
    npm("exec", "--yes", `--package=${tarball}`, "--", "plugbay", "init", "--yes"),
  );
  // As the registry would give it.
  const file = join(folder, "package.json");
  const manifest = JSON.parse(await readFile(file, "utf8"));
  manifest.dependencies.plugbay = `file:${tarball}`;
  await writeFile(file, JSON.stringify(manifest));
  await step("npm install", () => npm("install", "--no-audit", "--no-fund"));
  await step("npm test", () => npm("test"));
  report({ name: "from an empty folder to passing tests", value: seconds, limit: 60, unit: "s" });
} finally {
  await rm(home, { recursive: true, force: true });
}
process.exitCode = broken().length === 0 ? 0 : 1;
