import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

/**
 * Runs tests on each version of Node that is supported, with binaries from npm's registry: by default what depends on
 * Node itself; `--all`: every test; `--node 24`: on that one alone. Further arguments are those of vitest.
 *
 * @example
 * npm run test:nodes -- --node latest test/store/sync.test.ts
 */

/** The lowest that package.json's `engines` allow, the lines with long-term support, and the current one. */
const versions = ["20.19.0", "22", "24", "latest"];

/** What asks Node for its SQLite, its timers, streams, sockets, async contexts and modules. */
const dependOnNode = [
  ...["node", "express", "fastify", "koa", "hono", "nest", "keep-open", "shutdown", "signals"].map(
    (name) => `test/adapters/${name}.test.ts`,
  ),
  "test/calling",
  "test/cli/path-aliases.test.ts",
  "test/cli/process.test.ts",
  "test/ecosystem/install.test.ts",
  "test/following",
  "test/opentelemetry",
  "test/runtime",
  "test/secrets",
  "test/store/sqlite-file.test.ts",
  "test/store/sync.test.ts",
  "test/testing",
];

const given = process.argv.slice(2);
const all = take("--all");
const only = takeValue("--node");
const chosen = versions.filter(
  (version) => only === undefined || version === only || version.startsWith(`${only}.`),
);
if (chosen.length === 0) throw new Error(`--node is one of ${versions.join(", ")}, not ${only}.`);

const folder = await mkdtemp(join(tmpdir(), "plugbay-nodes-"));
const outcomes: string[] = [];
try {
  await install();
  for (const version of chosen) outcomes.push(await test(version));
} finally {
  await rm(folder, { recursive: true, force: true });
}
console.log(`\n${outcomes.join("\n")}`);

async function install(): Promise<void> {
  const dependencies = Object.fromEntries(chosen.map((version) => [nameOf(version), `npm:node@${version}`]));
  await writeFile(join(folder, "package.json"), JSON.stringify({ private: true, dependencies }));
  const code = await run("npm", ["install", "--no-audit", "--no-fund"], { cwd: folder });
  if (code !== 0) throw new Error("npm could not install these versions of Node.");
}

/** Runs the tests, whatever becomes of them; gives a line for the end. */
async function test(version: string): Promise<string> {
  const bin = join(folder, "node_modules", nameOf(version), "bin");
  const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` };
  const node = join(bin, "node");
  await run(node, ["--version"], { env });
  const tests = given.length > 0 || all ? given : dependOnNode;
  const began = performance.now();
  const code = await run(node, ["node_modules/vitest/vitest.mjs", "run", ...tests], { env });
  const seconds = ((performance.now() - began) / 1_000).toFixed(0);
  if (code !== 0) process.exitCode = 1;
  return `Node ${version}: ${code === 0 ? "passed" : "FAILED"} (${seconds} s)`;
}

async function run(
  command: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv },
): Promise<number | null> {
  const [code] = await once(spawn(command, args, { stdio: "inherit", ...options }), "close");
  return code;
}

function nameOf(version: string): string {
  return `node-${version}`;
}

function take(option: string): boolean {
  const at = given.indexOf(option);
  if (at !== -1) given.splice(at, 1);
  return at !== -1;
}

function takeValue(option: string): string | undefined {
  const at = given.indexOf(option);
  return at === -1 ? undefined : given.splice(at, 2)[1];
}
