import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";

/** Nobody can import the command line's modules: their declarations would only make every install larger. */
const folder = join(import.meta.dirname, "../dist/cli");

for (const file of await readdir(folder, { recursive: true })) {
  if (file.endsWith(".d.ts")) await rm(join(folder, file));
}
