import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { build, type Plugin } from "esbuild";

/**
 * Puts the few functions that are used of other packages into dist/vendor, so that an install brings none
 * of these packages, which are many times as large as what is used of them.
 */
const folder = join(import.meta.dirname, "../dist/vendor");

/** Modules of which nothing is used are left out: one makes a TextEncoder, which a test environment may not have. */
const onlyWhatIsUsed: Plugin = {
  name: "only-what-is-used",
  setup({ onResolve, resolve }) {
    onResolve({ filter: /^(typebox$|\.)/ }, async ({ path, pluginData, ...place }) => {
      const isOfPackage = path === "typebox" || /node_modules.typebox/.test(place.importer);
      if (pluginData === "asked" || !isOfPackage) return undefined;
      return { ...(await resolve(path, { ...place, pluginData: "asked" })), sideEffects: false };
    });
  },
};

for (const file of await readdir(folder)) {
  const path = join(folder, file);
  // The types are those packages' own, and no public name shows them.
  if (file.endsWith(".d.ts")) await rm(path);
  else {
    await build({
      entryPoints: [path],
      outfile: path,
      allowOverwrite: true,
      bundle: true,
      format: "esm",
      // Neutral, so that packages with a build for CommonJS and one for modules give the latter.
      platform: "neutral",
      mainFields: ["module", "main"],
      target: "node20",
      minify: true,
      legalComments: "inline",
      plugins: [onlyWhatIsUsed],
    });
  }
}
