import { readFile } from "node:fs/promises";
import { join } from "node:path";

interface Chunk {
  readonly file: string;
  readonly isEntry?: boolean;
  readonly css?: readonly string[];
  readonly assets?: readonly string[];
  readonly imports?: readonly string[];
}

/** What vite notes of the panel's files, below `ui/dist`. */
export interface PanelManifest {
  readonly entry: {
    readonly file: string;
    /** The scripts that it imports, and they import. */
    readonly imported: readonly string[];
    readonly styles: readonly string[];
  };
  readonly chunks: Readonly<Record<string, Chunk>>;
}

/** The one style sheet of all pages, which Vite names beside the chunks that need it. */
const styleSheet = "style.css";

export async function readPanelManifest(built: string): Promise<PanelManifest> {
  const text = await readFile(join(built, ".vite/manifest.json"), "utf8");
  const { [styleSheet]: styleChunk, ...chunks } = JSON.parse(text) as Record<string, Chunk>;
  const [key, ...others] = Object.keys(chunks).filter((name) => chunks[name]?.isEntry);
  const entry = key === undefined ? undefined : chunks[key];
  if (key === undefined || entry === undefined || others.length > 0) {
    throw new Error(
      `The panel should have one entry, and has ${others.length + (key === undefined ? 0 : 1)}.`,
    );
  }
  if (styleChunk === undefined) throw new Error("The panel should have one style sheet, and has none.");
  chunks[key] = { ...entry, css: [styleChunk.file] };
  const files = filesWith(chunks, [key]);
  const styles = files.filter((file) => file.endsWith(".css"));
  const imported = files.filter((file) => file.endsWith(".js") && file !== entry.file);
  return { entry: { file: entry.file, imported, styles }, chunks };
}

/** Every file of the panel, once. */
export function panelFiles(manifest: PanelManifest): string[] {
  return filesWith(manifest.chunks, Object.keys(manifest.chunks));
}

/** The files that these chunks need before they run: their own and those of what they import. */
export function filesWith(chunks: PanelManifest["chunks"], keys: readonly string[]): string[] {
  const seen = new Set<string>();
  const files = new Set<string>();
  const visit = (key: string) => {
    const chunk = chunks[key];
    if (chunk === undefined || seen.has(key)) return;
    seen.add(key);
    for (const file of [chunk.file, ...(chunk.css ?? []), ...(chunk.assets ?? [])]) files.add(file);
    for (const imported of chunk.imports ?? []) visit(imported);
  };
  for (const key of keys) visit(key);
  return [...files];
}
