import { accessSync, constants, rmSync, statSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { codeOf, messageOf } from "../../thrown.ts";
import { MisplacedError } from "../misplaced-error.ts";
import { retry } from "../retry.ts";
import { closeUntouched, closeWithLog, emptyLog, isLogSaved, saveLog } from "./close-file.ts";
import { type FileConnections, isAt } from "./file-connections.ts";
import { indexOf, logOf, placeOf } from "./file-place.ts";
import { isBusy } from "./sqlite-dialect.ts";

/**
 * What became of the log of a file that is not there any more, and whether all that is in it could be saved. "kept": it
 * was there, or the file went with it. "left": it is still there, and belongs to no file.
 */
export type LogFate = "kept" | "saved" | "lost" | "left";

/** How long a writer is waited for that has begun in the old file, and a log that others have to remove. */
const limitMs = 5_000;
const logGoneMs = 500;

/**
 * Closes a file that is not the one in its place any more, or whose log is not. What is left of it there is removed
 * first: whoever opens the new file would take the old log for its own, and write into it. The others who have that
 * open keep it, without a name. `written` says when the file was written last while all were in place.
 *
 * @throws MisplacedError where that cannot be; then all stays as it was
 */
export async function setAside(old: FileConnections, written: string | undefined): Promise<LogFate> {
  const isInPlace = (): boolean => old.mode === "in memory" || isAt(old, placeOf(old.name));
  if (isInPlace()) await emptyLog(old);
  if (isInPlace()) {
    closeWithLog(old);
    return "kept";
  }
  const fate = mayWrite(old) ? await removeLog(old, written) : await outlastLog(old);
  await closeUntouched(old);
  return fate;
}

const isStill = (was: string | undefined, is: string | undefined): boolean => is !== undefined && is === was;

/** A file that may only be read is opened as one that is written, where its log is there. */
function mayWrite({ mode, name }: FileConnections): boolean {
  if (mode !== "written") return false;
  try {
    accessSync(name, constants.W_OK);
    return true;
  } catch (error) {
    return codeOf(error) === "ENOENT";
  }
}

async function removeLog(old: FileConnections, written: string | undefined): Promise<LogFate> {
  const { writing, name, place } = old;
  const end = await lock(old);
  let mayBeSaved: boolean;
  let isMoved: boolean;
  try {
    const now = placeOf(name);
    isMoved = now.main !== place.main;
    // Into the file that is in place, only while nobody can have written it otherwise.
    const isAlone = [undefined, place.log].includes(now.log) && [undefined, place.index].includes(now.index);
    mayBeSaved = isMoved || (isAlone && now.written === written);
    if (isStill(place.log, now.log)) rmSync(logOf(name), { force: true });
    if (isStill(place.index, now.index)) rmSync(indexOf(name), { force: true });
  } catch (error) {
    throw new MisplacedError("replaced", `the old log of "${name}" cannot be removed: ${messageOf(error)}`);
  } finally {
    end();
  }
  const isSaved = mayBeSaved ? saveLog(writing) : isLogSaved(writing);
  if (isMoved) return "kept";
  return isSaved ? "saved" : "lost";
}

/** All who have the old log open share the lock of its writers: so only one at a time looks whether it is still there. */
async function lock({ writing, name }: FileConnections): Promise<() => void> {
  try {
    await retry(async () => writing.exec("begin immediate"), isBusy, limitMs);
    return () => writing.exec("rollback");
  } catch (error) {
    if (isBusy(error)) throw new MisplacedError("replaced", `the old log of "${name}" is in use`);
    // Its index is damaged. Then nobody writes into it.
    return () => undefined;
  }
}

/** Who may only read leaves the removal to those who write, and where nobody does, reads the new file without its log. */
async function outlastLog({ name, place }: FileConnections): Promise<LogFate> {
  for (let waited = 0; waited < logGoneMs; waited += 20) {
    const now = placeOf(name);
    if (now.main === undefined || now.main === place.main) return "kept";
    if (!isStill(place.log, now.log) && !isStill(place.index, now.index)) return "kept";
    await sleep(20);
  }
  if ((statSync(logOf(name), { throwIfNoEntry: false })?.size ?? 0) === 0) return "left";
  const problem = `the log of the old file "${name}" is still there: remove ${logOf(name)} and ${indexOf(name)}`;
  throw new MisplacedError("replaced", problem);
}
