import { systemClock } from "../../time/clock.ts";
import { warn } from "../../warn.ts";
import { type FilePlace, identityOf } from "./file-place.ts";
import type { LogFate } from "./set-aside.ts";

/** Who replaces a file may remove its log first. */
const replacedWithinMs = 1_000;

const why =
  "Either a -wal or -shm file was deleted while it was in use, or another SQLite library in one of the processes closed the same file, which takes plugbay's locks from it. Use one SQLite library per process for one file.";

/** Says that a file lost its log while it was open, and what that means. */
export function reportLog(path: string, { main }: FilePlace, fate: LogFate): void {
  const say = (consequence: string): void =>
    warn(
      `the write-ahead log of the SQLite file "${path}" was removed while it was open. ${consequence}`,
      new Error(why),
    );
  if (fate === "lost") say(`The last changes before that may be lost: look at the history. ${why}`);
  if (fate !== "saved") return;
  const look = (): void => {
    if (identityOf(path) === main) say(`Nothing was lost this time. ${why}`);
  };
  systemClock.schedule(replacedWithinMs, look);
}
