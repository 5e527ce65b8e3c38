import { readFileSync } from "node:fs";

/** An entry point of the package: `./admin`, and its file in src. */
export interface Entry {
  readonly entry: string;
  readonly file: string;
}

const { exports } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
  exports: Record<string, string | { default: string }>;
};

/** All of them, in the order of package.json. */
export const entries: readonly Entry[] = Object.entries(exports).flatMap(([entry, target]) =>
  typeof target === "string"
    ? []
    : [{ entry, file: target.default.replace(/^\.\/dist\/(.*)\.js$/, "$1.ts") }],
);
