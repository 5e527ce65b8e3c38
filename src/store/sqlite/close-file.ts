import { statSync } from "node:fs";
import { setImmediate as nextTurn } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { retry } from "../retry.ts";
import type { FileConnections } from "./file-connections.ts";
import { logOf } from "./file-place.ts";
import { closesAtOnce, type SqliteDatabase } from "./load-driver.ts";
import { isBusy } from "./sqlite-dialect.ts";

/** How long those are waited for who read in the log at this moment. */
const readersMs = 250;

/**
 * Moves the log into the file. Where another process uses the log too, it stays, but empty: who may only read does not
 * go on with a file that takes this one's place while anything is left in the log, and can leave it to nobody.
 */
export async function emptyLog({ writing, mode, name }: FileConnections): Promise<void> {
  if (mode !== "written") return;
  const empty = async (): Promise<void> => {
    // That it could not be done for readers is told in a row, which takes a statement.
    writing.exec(toFile);
    if ((statSync(logOf(name), { throwIfNoEntry: false })?.size ?? 0) > 0) throw new LogInUse();
  };
  const isPassing = (error: unknown): boolean => error instanceof LogInUse || isBusy(error);
  // The next one who opens the file reads what is left of its log.
  await retry(empty, isPassing, readersMs, 20).catch(() => undefined);
}

class LogInUse extends Error {}

const toFile = "pragma wal_checkpoint(truncate)";

/**
 * Closes the connections, and moves the log into the file before, so that the file alone is the database, as after any
 * last close. A driver that closes with statements open puts that off. Where another process uses the log, it stays.
 */
export function closeWithLog(connections: FileConnections): void {
  const { reading, writing } = connections;
  if (reading !== writing) reading.close();
  try {
    writing.exec(toFile);
  } catch {
    // The next one who opens the file reads its log.
  }
  writing.close();
  if (!closesAtOnce && connections.place.main !== undefined)
    closing.set(connections.place.main, connections.name);
}

/** By which names files were opened that the driver may not have closed yet. */
const closing = new Map<string, string>();

/**
 * Waits until a file is closed that this process had open under another name, as before a copy was renamed into its
 * place: with the connections that are left, a new one would share the index of the log beside the other name.
 */
export async function closedElsewhere(main: string, name: string): Promise<void> {
  const before = closing.get(main);
  closing.delete(main);
  if (before !== undefined && before !== name) await closed();
}

/**
 * Closes the connections, and leaves the file and the log that are in place as they are. The last connection that SQLite
 * closes moves its log into the file, and deletes by their names what are the log and its index by then. Here the last
 * one is the one that may only read.
 */
export async function closeUntouched({ reading, writing }: FileConnections): Promise<void> {
  writing.close();
  await closed();
  if (reading === writing) return;
  reading.close();
  await closed();
}

async function closed(): Promise<void> {
  if (closesAtOnce) return;
  setFlagsFromString("--expose-gc");
  const collect: () => void = runInNewContext("gc");
  // What is collected is closed in turns of their own.
  for (let turn = 0; turn < 3; turn += 1) {
    collect();
    await nextTurn();
  }
}

/** Moves the log into the file, as far as nobody reads what is in it. Returns whether that was all. */
export const saveLog = (database: SqliteDatabase): boolean => isAllSaved(database, "passive");

/** Whether all that is in the log is in the file, too; false where SQLite cannot tell. */
export function isLogSaved(database: SqliteDatabase): boolean {
  const [row] = database.prepare("select sqlite_version() as version").all() as {
    readonly version: string;
  }[];
  const [major = 0, minor = 0] = (row?.version ?? "").split(".").map(Number);
  // Earlier ones take what they do not know for another kind of checkpoint.
  return (major > 3 || (major === 3 && minor >= 51)) && isAllSaved(database, "noop");
}

function isAllSaved(database: SqliteDatabase, checkpoint: "passive" | "noop"): boolean {
  try {
    const [outcome] = database.prepare(`pragma wal_checkpoint(${checkpoint})`).all();
    const [busy, pages, saved] = Object.values(outcome ?? {}).map(Number);
    return busy === 0 && pages === saved;
  } catch {
    return false;
  }
}
