import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { type Block, blocksOf } from "./blocks.ts";

/** The code blocks of a document, by its path from the root of the repository. */
export async function readDocument(path: string): Promise<Block[]> {
  return blocksOf(await readFile(fileURLToPath(new URL(`../../../${path}`, import.meta.url)), "utf8"));
}

/** The files that a document shows, by path. */
export async function filesOf(path: string): Promise<Record<string, string>> {
  const blocks = await readDocument(path);
  return Object.fromEntries(blocks.flatMap(({ file, text }) => (file === undefined ? [] : [[file, text]])));
}
