import { readdir, readFile, rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { dist, entries, root } from "./entries.ts";

/** Declarations that no public one leads to: nobody can import them, and they would make every install larger. */
const wanted = new Set<string>();
const queue = entries.map((entry) => join(root, entry.default.replace(/\.js$/, ".d.ts")));
for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
  if (wanted.has(file)) continue;
  wanted.add(file);
  const declaration = await readFile(file, "utf8");
  for (const [, path = ""] of declaration.matchAll(/"(\.[^"]+)\.[jt]s"/g)) {
    queue.push(`${resolve(dirname(file), path)}.d.ts`);
  }
}

for (const name of await readdir(dist, { recursive: true })) {
  const file = join(dist, name);
  if (file.endsWith(".d.ts") && !wanted.has(file)) await rm(file);
}
