import { type FSWatcher, watch } from "node:fs";
import { resolve } from "node:path";
import { MisplacedError } from "../misplaced-error.ts";
import { retry } from "../retry.ts";
import { connect, isOnDisk } from "./connect-file.ts";
import { type FileConnections, isAt } from "./file-connections.ts";
import { identityOf, logOf, placeOf } from "./file-place.ts";
import type { SqliteDatabase, SqliteDatabaseClass } from "./load-driver.ts";
import { reportLog } from "./lost-log.ts";
import { outlastRename } from "./outlast-rename.ts";
import { readAsItIs } from "./read-only-file.ts";
import { type LogFate, setAside } from "./set-aside.ts";

const settledMs = 2_000;

/** Longer than between other tries: to close what was opened in vain, Node 20 has to collect all garbage. */
const longestPauseMs = 500;

/**
 * A SQLite file that is open. One that was deleted, or whose place another one took, stays open, as does its log, and
 * what is written to them is never found again: so they are compared with those in their place, and these are opened.
 */
export class SqliteFile {
  readonly #Driver: SqliteDatabaseClass;
  readonly #path: string;
  #connections: FileConnections | undefined;
  /** When the file was written last, as of the last look at which everything was in place. */
  #written: string | undefined;
  #timesOpened = 1;
  #onWrite: (() => void) | undefined;
  #watchers: FSWatcher[] = [];

  private constructor(Driver: SqliteDatabaseClass, path: string, connections: FileConnections) {
    this.#Driver = Driver;
    this.#path = path;
    this.#connections = connections;
    this.#written = connections.place.written;
  }

  /** @throws MisplacedError where there is none, and none may be made */
  static async open(Driver: SqliteDatabaseClass, name: string, mayCreate: boolean): Promise<SqliteFile> {
    // By its whole path, which stays the same when the process changes its folder.
    const path = isOnDisk(name) ? resolve(name) : name;
    if (!mayCreate && isOnDisk(path) && identityOf(path) === undefined) {
      throw new MisplacedError("missing", `there is no file "${path}"`);
    }
    await outlastRename(path);
    return new SqliteFile(Driver, path, await connectSettled(Driver, path));
  }

  /** Whether it has one connection: it is in memory, or may only be read. */
  get isAlone(): boolean {
    return this.#opened.reading === this.#opened.writing;
  }

  get writing(): SqliteDatabase {
    return this.#opened.writing;
  }

  get reading(): SqliteDatabase {
    return this.#opened.reading;
  }

  /** How often it was opened: what one connection counts says nothing of another one. */
  get timesOpened(): number {
    return this.#timesOpened;
  }

  /** Whether the files that are open are those in their place. */
  isInPlace(): boolean {
    if (!isOnDisk(this.#path)) return true;
    if (!this.#connections) return false;
    const now = placeOf(this.#path, this.#connections.name);
    if (!isAt(this.#connections, now)) return false;
    this.#written = now.written;
    return true;
  }

  /** Opens the file that is in its place. Nothing may be under way. @throws MisplacedError, also where there is none */
  async reopen(): Promise<void> {
    const fate = await this.close();
    checkThere(this.#path);
    this.#connections =
      fate === "left"
        ? readAsItIs(this.#Driver, this.#path)
        : await connectSettled(this.#Driver, this.#path, checkThere);
    this.#written = this.#connections.place.written;
    this.#timesOpened += 1;
    this.#watch();
  }

  /** Has `listener`, the only one, called when somebody writes, where the file system tells; returns how to end it. */
  onWrite(listener: () => void): () => void {
    this.#onWrite = listener;
    this.#watch();
    return () => {
      this.#onWrite = undefined;
      this.#unwatch();
    };
  }

  /** What is committed is written into the log first. Of the file itself, it is heard that it was moved or deleted. */
  #watch(): void {
    this.#unwatch();
    const { mode, name } = this.#opened;
    if (mode === "in memory" || !this.#onWrite || !isOnDisk(this.#path)) return;
    for (const path of [this.#path, logOf(name)]) {
      try {
        const watcher = watch(path, { persistent: false }, () => this.#onWrite?.());
        watcher.on("error", () => watcher.close());
        this.#watchers.push(watcher);
      } catch {
        // There is no log yet, or nothing more can be watched: then it is looked for often.
      }
    }
  }

  #unwatch(): void {
    for (const watcher of this.#watchers.splice(0)) watcher.close();
  }

  /** @throws MisplacedError where it was replaced, and its log cannot be removed; then it stays open */
  async close(): Promise<LogFate> {
    if (!this.#connections) return "kept";
    const fate = await setAside(this.#connections, this.#written);
    this.#unwatch();
    reportLog(this.#path, this.#connections.place, fate);
    this.#connections = undefined;
    return fate;
  }

  get #opened(): FileConnections {
    if (!this.#connections) throw new MisplacedError("missing", `the file "${this.#path}" is not open`);
    return this.#connections;
  }
}

/** Others in this process that have the file open without its log see that, and close it. */
function connectSettled(
  Driver: SqliteDatabaseClass,
  path: string,
  check: (path: string) => void = () => undefined,
): Promise<FileConnections> {
  const isPassing = (error: unknown): boolean =>
    error instanceof MisplacedError && error.found === "replaced";
  return retry(
    async () => {
      check(path);
      return connect(Driver, path);
    },
    isPassing,
    settledMs,
    longestPauseMs,
  );
}

function checkThere(path: string): void {
  if (identityOf(path) === undefined) throw new MisplacedError("deleted", `the file "${path}" was deleted`);
}
