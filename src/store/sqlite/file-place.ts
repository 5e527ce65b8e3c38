import { type BigIntStats, statSync } from "node:fs";

/** Which files are where those of a database are looked for: the device and the inode of each, where there is one. */
export interface FilePlace {
  readonly main: string | undefined;
  /** Its write-ahead log (-wal). */
  readonly log: string | undefined;
  /** The index of that log, which all processes share (-shm). */
  readonly index: string | undefined;
  /** When the main file was written last, and how large it is. Its log's changes arrive there only later. */
  readonly written: string | undefined;
  readonly logWritten: string | undefined;
}

export const logOf = (file: string): string => `${file}-wal`;
export const indexOf = (file: string): string => `${file}-shm`;

/** `path` is the database's name, and `file` the one by which SQLite knows it, which may be another behind a link. */
export function placeOf(path: string, file = path): FilePlace {
  const main = find(path);
  const log = find(logOf(file));
  return {
    main: main && identity(main),
    log: log && identity(log),
    index: identityOf(indexOf(file)),
    written: main && state(main),
    logWritten: log && state(log),
  };
}

export function identityOf(path: string): string | undefined {
  const found = find(path);
  return found && identity(found);
}

const find = (path: string): BigIntStats | undefined =>
  statSync(path, { bigint: true, throwIfNoEntry: false });

const identity = ({ dev, ino }: BigIntStats): string => `${dev}:${ino}`;

const state = ({ mtimeNs, size }: BigIntStats): string => `${mtimeNs}:${size}`;
