import { readFileSync } from "node:fs";
import { join } from "node:path";

export const root = join(import.meta.dirname, "..");
export const dist = join(root, "dist");

/** A file of dist for those who import an entry point, and one for those who require it, as package.json has them. */
interface Entry {
  readonly default: string;
  readonly require: string;
}

const manifest: { exports: Record<string, string | Entry>; bin: { plugbay: string } } = JSON.parse(
  readFileSync(join(root, "package.json"), "utf8"),
);

/** The entry points of the package that are code. */
export const entries: readonly Entry[] = Object.values(manifest.exports).filter(
  (entry) => typeof entry !== "string",
);

/** What applications import, such as `plugbay/sqlite`, and its file in src. */
export const modules: readonly { readonly name: string; readonly source: string }[] = Object.entries(
  manifest.exports,
).flatMap(([path, entry]) =>
  typeof entry === "string"
    ? []
    : {
        name: `plugbay${path.slice(1)}`,
        source: join(root, entry.default.replace(/^\.\/dist\/(.*)\.js$/, "src/$1.ts")),
      },
);

/** The file of the command. */
export const command = manifest.bin.plugbay;
