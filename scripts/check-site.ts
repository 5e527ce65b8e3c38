import { spawnSync } from "node:child_process";
import { stripVTControlCharacters } from "node:util";

/** Builds the site of the documents, and takes whatever the build says beyond its progress for a warning. */
const progress = [
  /^> /,
  /^vitepress v/,
  /^(?:-|✓) (?:building client \+ server bundles|rendering pages)\.\.\.$/,
  /^build complete in /,
];

// One string: on Windows npm is a script that only a shell can start.
const { status, stdout } = spawnSync("npm run docs:build 2>&1", { shell: true, encoding: "utf8" });
const warnings = stripVTControlCharacters(stdout)
  .split("\n")
  .filter((line) => line.trim() !== "" && !progress.some((known) => known.test(line.trim())));
if (status !== 0 || warnings.length > 0) {
  console.error(warnings.join("\n"));
  console.error("The site is not built, or not without warnings.");
  process.exitCode = 1;
}
