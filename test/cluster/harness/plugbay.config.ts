import { readFileSync } from "node:fs";
import { defineConfig } from "plugbay";
import { databaseAt } from "./databases.ts";
import { define } from "./definitions.ts";
import type { Setup } from "./setup.ts";

/** What the command works on: the setup of a process, left as `setup.json` in the working directory. */
const { database, types: declared, options }: Setup = JSON.parse(readFileSync("setup.json", "utf8"));
const { types, plugins } = define(declared);

export default defineConfig({
  database: databaseAt(database),
  namespace: options?.namespace ?? "default",
  plugins: [...types.values(), ...plugins],
});
