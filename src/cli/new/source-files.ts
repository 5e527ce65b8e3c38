import { readdirSync } from "node:fs";
import { join } from "node:path";

/** More than a project has that somebody writes by hand. */
const mostFiles = 20_000;

const isSkipped = (name: string): boolean =>
  name.startsWith(".") || ["node_modules", "dist", "build", "out", "coverage"].includes(name);

/** The files in TypeScript and JavaScript below a folder that are written by hand, tests left out. */
export function sourceFiles(folder: string): string[] {
  const found: string[] = [];
  const queue = [folder];
  for (const place of queue) {
    for (const entry of readdirSync(place, { withFileTypes: true })) {
      if (isSkipped(entry.name)) continue;
      const path = join(place, entry.name);
      if (entry.isDirectory()) queue.push(path);
      else if (entry.isFile() && isSource(entry.name)) found.push(path);
    }
    if (found.length > mostFiles) break;
  }
  return found.sort();
}

const isSource = (name: string): boolean =>
  /\.[cm]?[jt]sx?$/.test(name) && !/(\.d\.[cm]?ts|\.(test|spec)\.[cm]?[jt]sx?)$/.test(name);
