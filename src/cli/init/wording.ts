import type { WrittenFiles } from "./write-files.ts";

/** What became of files, a line for each. */
export function formatOutcome({ written, unchanged, kept }: WrittenFiles): string {
  return [
    ...written.map((path) => `wrote ${path}`),
    ...unchanged.map((path) => `${path} is there already, as it would be written`),
    ...kept.map((path) => `${path} is there already with another content, and is left as it is`),
  ].join("\n");
}
