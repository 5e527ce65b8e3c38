import { statSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { systemClock } from "../../time/clock.ts";
import { logOf } from "./file-place.ts";

/** How long processes may take to see that their file was replaced, and to put its log away, in milliseconds. */
const settledMs = 1_000;

/**
 * Waits where a file was renamed into its place just now, and the log there may be that of the file before. The processes
 * that have that open are about to remove it.
 */
export async function outlastRename(path: string): Promise<void> {
  for (let waited = 0; waited < settledMs && isUnsettled(path); waited += 20) await sleep(20);
}

function isUnsettled(path: string): boolean {
  const main = statSync(path, { bigint: true, throwIfNoEntry: false });
  const log = statSync(logOf(path), { bigint: true, throwIfNoEntry: false });
  if (!main || !log) return false;
  // Who writes to a file sets both times; who renames it, only one.
  const wasRenamed = main.ctimeNs !== main.mtimeNs && systemClock.now() - Number(main.ctimeMs) < settledMs;
  return wasRenamed && log.birthtimeNs <= main.ctimeNs;
}
