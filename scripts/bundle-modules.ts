import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { type PluginContext, rolldown } from "rolldown";
import { command, dist, entries, root } from "./entries.ts";

/**
 * Puts the modules of dist together: a file for each entry point and for each command, one for the core, and in
 * dist/chunks too what some of them share. Of hundreds of files, Node takes longer to find and read each than to run it.
 */
const paths = entries.map((entry) => entry.default);
const core = "./dist/index.js";
/**
 * These do without the core: the command until it knows what is asked of it, and what only translates. Nest's module
 * does not, for it opens plugbay.
 */
const apart = [
  command,
  "./dist/cli/run-process.js",
  ...paths.filter((path) => path.startsWith("./dist/adapters/") && !path.endsWith("/nest.js")),
];

type Graph = Pick<PluginContext, "getModuleInfo">;

let loadedBy: { core: ReadonlySet<string>; apart: ReadonlySet<string> } | undefined;

function chunkOf(module: string, graph: Graph): string | null {
  loadedBy ??= { core: modulesOf([core], graph), apart: modulesOf(apart, graph) };
  if (!loadedBy.core.has(module)) return null;
  return loadedBy.apart.has(module) ? "base" : "core";
}

/** All that is loaded as soon as one of the entry points is. */
function modulesOf(starts: readonly string[], graph: Graph): ReadonlySet<string> {
  const found = new Set<string>();
  const queue = starts.map((start) => join(root, start));
  for (let module = queue.pop(); module !== undefined; module = queue.pop()) {
    if (found.has(module)) continue;
    found.add(module);
    queue.push(...(graph.getModuleInfo(module)?.importedIds ?? []));
  }
  return found;
}

/** The compiled panel is loaded when somebody looks at it, and the build for CommonJS has the same file. */
const panel = "admin/panel/generated.js";

const bundle = await rolldown({
  cwd: root,
  input: Object.fromEntries(
    [...paths, command].map((path) => [path.replace(/^\.\/dist\/|\.js$/g, ""), path]),
  ),
  platform: "node",
  transform: { target: "node20" },
  // All packages but the helpers of the bundler's own compiler.
  external: /^(?!@oxc-project\/)[@\w]|\/panel\/generated\.js$/,
});
const { output } = await bundle.write({
  dir: dist,
  format: "esm",
  entryFileNames: "[name].js",
  // In a folder of dist, as the command is: it looks for package.json from where it is.
  chunkFileNames: "chunks/[name]-[hash].js",
  codeSplitting: { groups: [{ name: chunkOf, debugName: "core" }] },
});

/** Bytes that Node reads and compiles as soon as one of these is asked for. */
const limit = 150_000;
const chunks = new Map(output.flatMap((one) => (one.type === "chunk" ? [[one.fileName, one] as const] : [])));
for (const path of apart) {
  const bytes = bytesAtOnce(path);
  if (bytes > limit) throw new Error(`${path} loads ${bytes} bytes at once, more than ${limit}`);
}

function bytesAtOnce(path: string): number {
  const entry = [...chunks.values()].find(({ facadeModuleId }) => facadeModuleId === join(root, path));
  if (entry === undefined) throw new Error(`${path} has no file of its own`);
  const loaded = new Set([entry.fileName]);
  for (const name of loaded) for (const imported of chunks.get(name)?.imports ?? []) loaded.add(imported);
  return [...loaded].reduce((sum, name) => sum + (chunks.get(name)?.code.length ?? 0), 0);
}

const made = new Set([panel, ...output.map(({ fileName }) => fileName)]);
for (const name of await readdir(dist, { recursive: true })) {
  const isModule = name.endsWith(".js") && !name.startsWith("commonjs");
  if (isModule && !made.has(name.replaceAll("\\", "/"))) await rm(join(dist, name));
}
