import { copyFile, mkdir, readdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { build } from "esbuild";

/**
 * Makes dist/commonjs of dist: the same files for tools whose `require` loads no ES module, Jest above all.
 * `import()` becomes `require` in them, because Jest has no other either. The command is for Node alone, and stays out.
 */
const dist = join(import.meta.dirname, "../dist");
const target = join(dist, "commonjs");

const names = (await readdir(dist, { recursive: true })).filter((name) => !/^(cli|commonjs)\b/.test(name));

await build({
  entryPoints: names.filter((name) => name.endsWith(".js")).map((name) => join(dist, name)),
  outbase: dist,
  outdir: target,
  format: "cjs",
  platform: "node",
  target: "node20",
  supported: { "dynamic-import": false },
  legalComments: "inline",
});
for (const name of names.filter((name) => name.endsWith(".d.ts"))) {
  await mkdir(dirname(join(target, name)), { recursive: true });
  await copyFile(join(dist, name), join(target, name));
}
await writeFile(join(target, "package.json"), JSON.stringify({ type: "commonjs", sideEffects: false }));
