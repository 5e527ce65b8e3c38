import { copyFile, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { build, transform } from "esbuild";
import { dist, entries, root } from "./entries.ts";

/**
 * Makes dist/commonjs of dist: the library once more, for tools whose `require` loads no ES module, Jest above all.
 * One file has the code, for it takes a third of the space of many; each entry point gives its part of that.
 * `import()` becomes `require`, because Jest has no other either.
 */
const target = join(dist, "commonjs");
const library = join(target, "library.js");

await build({
  stdin: {
    contents: entries.map((entry, index) => `export * as entry${index} from "${entry.default}";`).join("\n"),
    resolveDir: root,
  },
  outfile: library,
  bundle: true,
  packages: "external",
  external: ["./panel/generated.js"],
  format: "cjs",
  platform: "node",
  target: "node20",
  supported: { "dynamic-import": false },
  legalComments: "inline",
});

// Bundlers let a package be missing whose `require` stands in a `try`, but esbuild puts these into functions.
const deferred = /Promise\.resolve\(\)\.then\(\(\) => (__toESM\(require\([^()]*\), 1\))\)/g;
const code = (await readFile(library, "utf8")).replaceAll(deferred, "$1");
if (/=>\s*__toESM\(require/.test(code)) throw new Error("A require of library.js stands in a function.");
// Nobody reads it but tests that load no ES module: without its blanks it takes two thirds.
const options = { minifyWhitespace: true, lineLimit: 120, legalComments: "inline" } as const;
await writeFile(library, (await transform(code, options)).code);

for (const [index, entry] of entries.entries()) {
  const file = join(root, entry.require);
  await mkdir(dirname(file), { recursive: true });
  const path = relative(dirname(file), library);
  await writeFile(
    file,
    `module.exports = require("${path.startsWith(".") ? path : `./${path}`}").entry${index};\n`,
  );
}

// The compiled panel is loaded when somebody looks at it. It is a third of a megabyte, so both builds share one file.
const panel = join(dist, "admin/panel/generated.js");
await build({
  entryPoints: [panel],
  outfile: join(target, "panel/generated.js"),
  format: "cjs",
  platform: "node",
  target: "node20",
});
await writeFile(panel, `export { panel } from "../../commonjs/panel/generated.js";\n`);

for (const name of await readdir(dist, { recursive: true })) {
  if (!name.endsWith(".d.ts") || name.startsWith("commonjs")) continue;
  await mkdir(dirname(join(target, name)), { recursive: true });
  await copyFile(join(dist, name), join(target, name));
}
await writeFile(join(target, "package.json"), JSON.stringify({ type: "commonjs", sideEffects: false }));
