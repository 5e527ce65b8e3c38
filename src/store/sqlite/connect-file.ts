import { realpathSync } from "node:fs";
import { lockLimitMs } from "../lock-limit.ts";
import { MisplacedError } from "../misplaced-error.ts";
import { retry } from "../retry.ts";
import { closedElsewhere, closeUntouched } from "./close-file.ts";
import type { FileConnections } from "./file-connections.ts";
import { identityOf, placeOf } from "./file-place.ts";
import type { SqliteDatabase, SqliteDatabaseClass } from "./load-driver.ts";
import { openToRead } from "./read-only-file.ts";
import { isBusy } from "./sqlite-dialect.ts";
import { sqliteMeaning } from "./sqlite-errors.ts";

/** SQLite takes names that begin like this for addresses. */
export const isOnDisk = (path: string): boolean => path !== ":memory:" && !path.startsWith("file:");

/** @throws MisplacedError where this process still has the file open with another log, or it was replaced meanwhile */
export async function connect(Driver: SqliteDatabaseClass, path: string): Promise<FileConnections> {
  const before = isOnDisk(path) ? identityOf(path) : undefined;
  if (before !== undefined) await closedElsewhere(before, realpathSync(path));
  const connections = await open(Driver, path, before);
  const { mode, place } = connections;
  // In one process, connections to the same file share their index, also one that was deleted, until the last one closes.
  if (mode === "written" && place.log !== undefined && place.index === undefined) {
    await closeUntouched(connections);
    throw new MisplacedError("replaced", `this process still has the file "${path}" open without its log`);
  }
  // Where it was replaced meanwhile, either one may be open: then it counts as the one that is gone.
  return before === undefined ? connections : { ...connections, place: { ...place, main: before } };
}

async function open(
  Driver: SqliteDatabaseClass,
  path: string,
  before: string | undefined,
): Promise<FileConnections> {
  const writing = new Driver(path);
  try {
    // To wait inside the driver blocks the thread.
    writing.exec("pragma busy_timeout = 0");
    writing.exec("pragma foreign_keys = on");
    // The switch to WAL does not heed the busy timeout when several processes open a new file at once.
    await retry(async () => writing.exec("pragma journal_mode = wal"), isBusy, lockLimitMs);
    writing.exec("pragma synchronous = normal");
    const name = nameOf(writing);
    // Each connection to memory is a database of its own.
    if (!name) return { writing, reading: writing, mode: "in memory", name: path, place: placeOf(path) };
    const reading = await connectForReads(Driver, path);
    return { writing, reading, mode: "written", name, place: placeOf(isOnDisk(path) ? path : name, name) };
  } catch (error) {
    writing.close();
    if (sqliteMeaning(error)?.kind !== "refused") throw error;
    // SQLite refuses to write to a file that has lost its place: that says nothing of the one that took it.
    if (before !== undefined && identityOf(path) !== before) {
      throw new MisplacedError("replaced", `the file "${path}" was replaced as it was opened`);
    }
    return openToRead(Driver, path);
  }
}

async function connectForReads(Driver: SqliteDatabaseClass, path: string): Promise<SqliteDatabase> {
  // The last connection to close would move the log into the file, which one that may only read cannot.
  const reading = new Driver(path, { readOnly: true });
  try {
    reading.exec("pragma busy_timeout = 0");
    // The log is opened by the first read.
    await retry(async () => reading.exec("select 1 from sqlite_master"), isBusy, lockLimitMs);
    return reading;
  } catch (error) {
    reading.close();
    throw error;
  }
}

function nameOf(database: SqliteDatabase): string {
  const [main] = database.prepare("pragma database_list").all() as { readonly file: string | null }[];
  return main?.file ?? "";
}
