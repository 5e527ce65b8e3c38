import { readdir, readFile, rm } from "node:fs/promises";
import { join, relative } from "node:path";
import { build, type Plugin } from "esbuild";

/**
 * Puts the modules of dist together: a file for each entry point, and in dist/chunks what several of them share.
 * Node takes half a millisecond for each file that an `import` leads to, and there are hundreds.
 */
const root = join(import.meta.dirname, "..");
const dist = join(root, "dist");
const panel = "admin/panel/generated.js";

const manifest: { exports: Record<string, string | { default: string }>; bin: Record<string, string> } =
  JSON.parse(await readFile(join(root, "package.json"), "utf8"));
const entries = Object.values(manifest.exports).flatMap((entry) =>
  typeof entry === "string" ? [] : [entry.default],
);

/** Stays a file of its own, which the build for CommonJS has too. All that imports it is one folder deep. */
const panelApart: Plugin = {
  name: "panel-apart",
  setup({ onResolve }) {
    onResolve({ filter: /\/panel\/generated\.js$/ }, () => ({ path: `../${panel}`, external: true }));
  },
};

const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: [...entries, ...Object.values(manifest.bin)],
  outbase: dist,
  outdir: dist,
  // Beside the command, in a folder of dist: it looks for package.json from where it is.
  chunkNames: "chunks/[name]-[hash]",
  bundle: true,
  splitting: true,
  allowOverwrite: true,
  packages: "external",
  format: "esm",
  platform: "node",
  target: "node20",
  legalComments: "inline",
  metafile: true,
  plugins: [panelApart],
});

const made = new Set([panel, ...Object.keys(metafile.outputs).map((file) => relative("dist", file))]);
for (const name of await readdir(dist, { recursive: true })) {
  const isModule = name.endsWith(".js") && !name.startsWith("commonjs");
  if (isModule && !made.has(name.replaceAll("\\", "/"))) await rm(join(dist, name));
}
