import { execFile } from "node:child_process";
import { lstat, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { checkMatrix } from "./install-matrix/check-matrix.ts";

/**
 * Installs the packed package as a user would: into an empty folder, where it checks what arrives and that it loads,
 * and into usual applications with every package manager; `--quick`: with the oldest npm and the newest alone.
 */

const packageLimit = 15;
const megabyteLimit = 17;
const commandLimit = 5 * 60_000;
const quietly = ["--no-audit", "--no-fund"];

interface Manifest {
  readonly version: string;
  readonly exports: Readonly<Record<string, unknown>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
  /** The optional peers: the database drivers. */
  readonly peerDependenciesMeta: Readonly<Record<string, unknown>>;
}

const root = join(import.meta.dirname, "..");
const manifest: Manifest = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
const specifiers = Object.keys(manifest.exports)
  .filter((path) => path !== "./package.json")
  .map((path) => path.replace(".", "plugbay"));
const folder = await mkdtemp(join(tmpdir(), "plugbay-install-"));
const app = join(folder, "app");
let tarball = "";

try {
  await install();
  await checkWeight();
  await checkImports();
  await checkCommand();
  await checkTypes();
  await checkMatrix(tarball, folder, process.argv.includes("--quick"));
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function install(): Promise<void> {
  await run("npm", ["pack", "--pack-destination", folder], root);
  const name = (await readdir(folder)).find((file) => file.endsWith(".tgz"));
  if (name === undefined) throw new Error("npm pack left no tarball.");
  tarball = join(folder, name);
  await mkdir(app);
  await writeFile(join(app, "package.json"), JSON.stringify({ private: true, type: "module" }));
  // From 0.29 on kysely, which npm would bring as the peer, wants Node 22.
  const nodeMajor = Number.parseInt(process.versions.node, 10);
  const peer = nodeMajor < 22 ? ["kysely@0.28"] : [];
  await run("npm", ["install", ...quietly, tarball, ...peer], app);
}

async function checkWeight(): Promise<void> {
  const modules = join(app, "node_modules");
  const lock = JSON.parse(await readFile(join(modules, ".package-lock.json"), "utf8"));
  const packages = Object.keys(lock.packages).map((path) => path.replace("node_modules/", ""));
  const megabytes = (await bytesOnDisk(modules)) / 1024 ** 2;
  console.log(`${packages.length} packages (fewer than ${packageLimit} allowed): ${packages.join(", ")}`);
  console.log(`${megabytes.toFixed(1)} MB on disk (less than ${megabyteLimit} allowed)`);
  if (packages.length >= packageLimit) throw new Error(`An install has ${packages.length} packages.`);
  if (megabytes >= megabyteLimit) throw new Error(`An install takes ${megabytes.toFixed(1)} MB.`);
}

/** Every entry point loads without any database driver. */
async function checkImports(): Promise<void> {
  for (const specifier of specifiers) {
    const code = `console.log(Object.keys(await import("${specifier}")).join(", "))`;
    const names = await run(process.execPath, ["--input-type=module", "--eval", code], app);
    if (names === "") throw new Error(`${specifier} exports nothing.`);
    console.log(`${specifier}: ${names}`);
  }
}

/** The declarations are whole beside those of the drivers: nothing is missing that they need. */
async function checkTypes(): Promise<void> {
  const drivers = Object.keys(manifest.peerDependenciesMeta).map(
    (name) => `${name}@${manifest.peerDependencies[name]}`,
  );
  await run("npm", ["install", ...quietly, ...drivers, "@types/node@20"], app);
  const imports = specifiers.map((specifier) => `import "${specifier}";`);
  await writeFile(join(app, "consumer.ts"), imports.join("\n"));
  const compiler = join(root, "node_modules", "typescript", "bin", "tsc");
  const options = ["--noEmit", "--strict", "--module", "nodenext", "--target", "es2023", "--types", "node"];
  await run(process.execPath, [compiler, ...options, "consumer.ts"], app);
  console.log("types: whole");
}

async function checkCommand(): Promise<void> {
  const version = await run("npx", ["--no", "--", "plugbay", "--version"], app);
  console.log(`npx plugbay --version: ${version}`);
  if (version !== manifest.version) throw new Error(`Expected ${manifest.version}.`);
}

async function bytesOnDisk(path: string): Promise<number> {
  const stats = await lstat(path);
  if (!stats.isDirectory()) return stats.blocks * 512;
  const entries = await readdir(path);
  const sizes = await Promise.all(entries.map((entry) => bytesOnDisk(join(path, entry))));
  return sizes.reduce((sum, size) => sum + size, stats.blocks * 512);
}

async function run(command: string, args: readonly string[], cwd: string): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(command, args, { cwd, timeout: commandLimit });
    return stdout.trim();
  } catch (error) {
    const printed = error instanceof Error && "stdout" in error ? error.stdout : "";
    throw new Error(`${command} ${args.join(" ")} failed:\n${printed}`, { cause: error });
  }
}
