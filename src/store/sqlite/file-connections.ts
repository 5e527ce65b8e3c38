import type { FilePlace } from "./file-place.ts";
import type { SqliteDatabase } from "./load-driver.ts";

/** The connections to a file, and which file that is. */
export interface FileConnections {
  readonly writing: SqliteDatabase;
  /** A second one, which only reads: a writer that waits for its turn has the first one until it comes. */
  readonly reading: SqliteDatabase;
  /** How it is used. Where it is not written, both are the same connection. */
  readonly mode: "written" | "read" | "read as it is" | "in memory";
  /** The name by which SQLite knows the file: its log is beside that. */
  readonly name: string;
  readonly place: FilePlace;
}

/** Whether these are the files that are open. */
export function isAt({ mode, place }: FileConnections, now: FilePlace): boolean {
  if (now.main !== place.main) return false;
  if (mode === "read as it is") {
    return now.written === place.written && now.log === place.log && now.logWritten === place.logWritten;
  }
  const isSame = (was: string | undefined, is: string | undefined): boolean =>
    was === undefined || was === is;
  return isSame(place.log, now.log) && isSame(place.index, now.index);
}
