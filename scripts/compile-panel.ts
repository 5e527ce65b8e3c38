import { readFile, writeFile } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import type { Asset, Panel } from "../src/admin/panel/asset.ts";
import { panelFiles, readPanelManifest } from "./panel-manifest.ts";

/**
 * Puts the built panel into a module: bundlers and serverless hosts take a module along, while files that
 * are looked up by their path at run time get lost.
 */
const mediaTypes: Readonly<Record<string, string>> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};

const built = join(import.meta.dirname, "../ui/dist");
const target = join(import.meta.dirname, "../src/admin/panel/generated.ts");

const manifest = await readPanelManifest(built);
const assets = await Promise.all(panelFiles(manifest).toSorted().map(compile));
const panel: Panel = {
  script: basename(manifest.entry.file),
  imported: manifest.entry.imported.map((script) => basename(script)),
  styles: manifest.entry.styles.map((style) => basename(style)),
  assets,
};

await writeFile(
  target,
  `// Made of ui/ by scripts/compile-panel.ts.
import type { Panel } from "./asset.ts";

export const panel: Panel = ${JSON.stringify(panel, null, 2)};
`,
);

async function compile(file: string): Promise<Asset> {
  const type = mediaTypes[extname(file)];
  if (type === undefined)
    throw new Error(`The panel has a file of an unknown kind: ${file}. Name its media type here.`);
  const content = await readFile(join(built, file));
  const brotli = brotliCompressSync(content, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    },
  });
  return {
    name: basename(file),
    type,
    brotli: brotli.toString("base64"),
  };
}
