import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { filesWith, readPanelManifest } from "./panel-manifest.ts";

/** What a browser loads before an operator sees the first page, compressed, has to stay below this. */
const limitKilobytes = 170;

const built = join(import.meta.dirname, "../ui/dist");
const { chunks } = await readPanelManifest(built);
const files = filesWith(chunks, ["index.html"]);

let total = 0;
for (const file of files) {
  const size = brotliCompressSync(await readFile(join(built, file))).length;
  total += size;
  console.log(`${(size / 1000).toFixed(1).padStart(7)} kB  ${file}`);
}

const kilobytes = total / 1000;
console.log(`${kilobytes.toFixed(1).padStart(7)} kB  first load, of ${limitKilobytes} kB allowed`);
if (kilobytes > limitKilobytes) process.exitCode = 1;
