import { readdir, readFile } from "node:fs/promises";
import { type Block, blocksOf } from "./blocks.ts";

const root = new URL("../../../", import.meta.url);

/** All documents in docs, by their paths from the root of the repository. */
export async function documentNames(): Promise<string[]> {
  const names = await readdir(new URL("docs", root));
  return names.filter((name) => name.endsWith(".md")).map((name) => `docs/${name}`);
}

/** The code blocks of a document, by its path from the root of the repository. */
export async function readDocument(path: string): Promise<Block[]> {
  return blocksOf(await readFile(new URL(path, root), "utf8"));
}

/** The files that a document shows, by path. */
export async function filesOf(path: string): Promise<Record<string, string>> {
  const blocks = await readDocument(path);
  return Object.fromEntries(blocks.flatMap(({ file, text }) => (file === undefined ? [] : [[file, text]])));
}
