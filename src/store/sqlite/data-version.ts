import type { Glance } from "../database.ts";
import type { SqliteFile } from "./sqlite-file.ts";

const intervalMs = 100;

/**
 * SQLite keeps a number that changes when another connection commits, also of this process. Asking takes some 6 us, and
 * so does a look whether the file is still in its place. The statement is not kept: it would put off the closing of the
 * file.
 */
export function dataVersion(
  file: Pick<SqliteFile, "writing" | "onWrite" | "isInPlace" | "timesOpened">,
): Glance {
  let last: string | undefined;
  return {
    intervalMs,
    listen: (onSign) => file.onWrite(onSign),
    hasMoved() {
      try {
        if (!file.isInPlace()) return true;
        const [row] = file.writing.prepare("pragma data_version").all() as {
          readonly data_version: unknown;
        }[];
        const now = `${file.timesOpened}:${row?.data_version}`;
        const hasMoved = now !== last;
        last = now;
        return hasMoved;
      } catch {
        // What is wrong, the next read will tell.
        return true;
      }
    },
  };
}
