import type { Glance } from "../database.ts";
import type { SqliteFile } from "./sqlite-file.ts";

const intervalMs = 100;

/**
 * SQLite keeps a number that changes when another connection commits, also of this process. Asking takes some 10 us.
 * The statement is not kept: it would put off the closing of the file.
 */
export function dataVersion(file: Pick<SqliteFile, "writing" | "onWrite">): Glance {
  let last: unknown;
  return {
    intervalMs,
    listen: (onSign) => file.onWrite(onSign),
    hasMoved() {
      try {
        const [row] = file.writing.prepare("pragma data_version").all() as {
          readonly data_version: unknown;
        }[];
        const hasMoved = row?.data_version !== last;
        last = row?.data_version;
        return hasMoved;
      } catch {
        // What is wrong, the next read will tell.
        return true;
      }
    },
  };
}
