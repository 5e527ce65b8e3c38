import { rmSync, statSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { messageOf } from "../../thrown.ts";
import { MisplacedError } from "../misplaced-error.ts";
import { retry } from "../retry.ts";
import { closeUntouched, closeWhole, isLogSaved, saveLog } from "./close-file.ts";
import { type FileConnections, isAt } from "./file-connections.ts";
import { indexOf, logOf, placeOf } from "./file-place.ts";
import { isBusy } from "./sqlite-dialect.ts";

/** What became of the log of a file: whether it was lost, and then whether all that is in it could be saved. */
export type LogFate = "kept" | "saved" | "lost";

/** How long a writer is waited for that has begun in the old file, and a log that others have to remove. */
const limitMs = 5_000;
const logGoneMs = 1_000;

/**
 * Closes a file that is not the one in its place any more, or whose log is not. What is left of it there is removed
 * first: whoever opens the new file would take the old log for its own, and write into it. The others who have that
 * open keep it, without a name. `written` says when the file was written last while all were in place.
 *
 * @throws MisplacedError where that cannot be; then all stays as it was
 */
export async function setAside(old: FileConnections, written: string | undefined): Promise<LogFate> {
  if (old.mode === "in memory" || isAt(old, placeOf(old.name))) {
    closeWhole(old);
    return "kept";
  }
  const fate = old.mode === "written" ? await removeLog(old, written) : await outlastLog(old);
  await closeUntouched(old);
  return fate;
}

async function removeLog(
  { writing, name, place }: FileConnections,
  written: string | undefined,
): Promise<LogFate> {
  const end = await lock(writing, name);
  let mayBeSaved: boolean;
  let isMoved: boolean;
  try {
    const now = placeOf(name);
    isMoved = now.main !== place.main;
    // Into the file that is in place, only while nobody can have written it otherwise.
    const isAlone = [undefined, place.log].includes(now.log) && [undefined, place.index].includes(now.index);
    mayBeSaved = isMoved || (isAlone && now.written === written);
    if (now.log !== undefined && now.log === place.log) rmSync(logOf(name), { force: true });
    if (now.index !== undefined && now.index === place.index) rmSync(indexOf(name), { force: true });
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
async function lock(writing: FileConnections["writing"], name: string): Promise<() => void> {
  try {
    await retry(async () => writing.exec("begin immediate"), isBusy, limitMs);
  } catch (error) {
    if (isBusy(error)) throw new MisplacedError("replaced", `the old log of "${name}" is in use`);
    // Its index is damaged. Then nobody writes into it.
    return () => undefined;
  }
  return () => writing.exec("rollback");
}

/** Who may only read leaves the removal to those who write. An empty log does no harm. */
async function outlastLog({ name, place }: FileConnections): Promise<LogFate> {
  const isInTheWay = (): boolean => {
    const now = placeOf(name);
    if (now.main === place.main || now.log === undefined || now.log !== place.log) return false;
    return (statSync(logOf(name), { throwIfNoEntry: false })?.size ?? 0) > 0;
  };
  for (let waited = 0; isInTheWay(); waited += 20) {
    if (waited >= logGoneMs) {
      const problem = `the log of the old file "${name}" is still there: remove ${logOf(name)} and ${indexOf(name)}`;
      throw new MisplacedError("replaced", problem);
    }
    await sleep(20);
  }
  return "kept";
}
