import { type FSWatcher, statSync, watch } from "node:fs";
import { resolve } from "node:path";
import { lockLimitMs } from "../lock-limit.ts";
import { MisplacedError } from "../misplaced-error.ts";
import { retry } from "../retry.ts";
import type { SqliteDatabase, SqliteDatabaseClass } from "./load-driver.ts";
import { ReadOnlyFile } from "./read-only-file.ts";
import { isBusy } from "./sqlite-dialect.ts";
import { sqliteMeaning } from "./sqlite-errors.ts";

interface Connections {
  readonly writing: SqliteDatabase;
  /** A second one: a writer that waits for its turn has the first one until it comes. */
  readonly reading: SqliteDatabase;
}

/**
 * A SQLite file that is open. One that was deleted, or whose place another one took, stays open, and what is written to
 * it is never found again: so it is compared with the file that is in its place, and that one is opened.
 */
export class SqliteFile {
  /** Whether it has one connection: it is in memory, or may only be read. */
  readonly isAlone: boolean;
  readonly #Driver: SqliteDatabaseClass;
  readonly #path: string;
  #connections: Connections | undefined;
  /** Which file is open. */
  #identity: string | undefined;
  #onWrite: (() => void) | undefined;
  #watcher: FSWatcher | undefined;

  private constructor(Driver: SqliteDatabaseClass, path: string, connections: Connections) {
    this.#Driver = Driver;
    this.#path = path;
    this.#connections = connections;
    this.isAlone = connections.reading === connections.writing;
    this.#identity = identityOf(path);
  }

  /** @throws MisplacedError where there is none, and none may be made */
  static async open(Driver: SqliteDatabaseClass, name: string, mayCreate: boolean): Promise<SqliteFile> {
    // By its whole path, which stays the same when the process changes its folder.
    const path = isOnDisk(name) ? resolve(name) : name;
    if (!mayCreate && isOnDisk(path) && identityOf(path) === undefined) {
      throw new MisplacedError("missing", `there is no file "${path}"`);
    }
    return new SqliteFile(Driver, path, await connect(Driver, path));
  }

  get writing(): SqliteDatabase {
    return this.#opened.writing;
  }

  get reading(): SqliteDatabase {
    return this.#opened.reading;
  }

  /** Whether the file that is open is the one in its place. @throws MisplacedError where there is none */
  isInPlace(): boolean {
    if (this.isAlone || !isOnDisk(this.#path)) return true;
    const identity = identityOf(this.#path);
    if (identity === undefined) throw new MisplacedError("deleted", `the file "${this.#path}" was deleted`);
    return this.#connections !== undefined && identity === this.#identity;
  }

  /** Opens the file that is in its place. Nothing may be under way. @throws MisplacedError */
  async reopen(): Promise<void> {
    // The old file's log may have stayed behind, under the name where that of the new one is looked for.
    if (this.#connections && !emptyLog(this.#connections.writing)) {
      throw new MisplacedError("replaced", `the file "${this.#path}" was replaced, and its log is in use`);
    }
    this.close();
    this.#connections = await connect(this.#Driver, this.#path);
    this.#identity = identityOf(this.#path);
    this.#watchLog();
  }

  /** Has `listener`, the only one, called when somebody writes, where the file system tells; returns how to end it. */
  onWrite(listener: () => void): () => void {
    this.#onWrite = listener;
    this.#watchLog();
    return () => {
      this.#onWrite = undefined;
      this.#watcher?.close();
    };
  }

  /** What is committed is written into the log first. */
  #watchLog(): void {
    if (this.isAlone || !this.#onWrite || !isOnDisk(this.#path)) return;
    try {
      this.#watcher = watch(`${this.#path}-wal`, { persistent: false }, () => this.#onWrite?.());
      this.#watcher.on("error", () => this.#watcher?.close());
    } catch {
      // There is no log yet, or nothing more can be watched: then it is looked for often.
    }
  }

  close(): void {
    this.#watcher?.close();
    if (!this.#connections) return;
    const { reading, writing } = this.#connections;
    this.#connections = undefined;
    if (reading !== writing) reading.close();
    emptyLog(writing);
    writing.close();
  }

  get #opened(): Connections {
    if (!this.#connections) throw new MisplacedError("missing", `the file "${this.#path}" is not open`);
    return this.#connections;
  }
}

/** SQLite takes names that begin like this for addresses. */
const isOnDisk = (name: string): boolean => name !== ":memory:" && !name.startsWith("file:");

function identityOf(path: string): string | undefined {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  return found && `${found.dev}:${found.ino}`;
}

async function connect(Driver: SqliteDatabaseClass, path: string): Promise<Connections> {
  const writing = new Driver(path);
  try {
    // To wait inside the driver blocks the thread.
    writing.exec("pragma busy_timeout = 0");
    writing.exec("pragma foreign_keys = on");
    // The switch to WAL does not heed the busy timeout when several processes open a new file at once.
    await retry(async () => writing.exec("pragma journal_mode = wal"), isBusy, lockLimitMs);
    writing.exec("pragma synchronous = normal");
    return { writing, reading: isMemory(writing) ? writing : connectForReads(Driver, path) };
  } catch (error) {
    writing.close();
    if (sqliteMeaning(error)?.kind !== "refused") throw error;
    const file = new ReadOnlyFile(Driver, path);
    return { writing: file, reading: file };
  }
}

function connectForReads(Driver: SqliteDatabaseClass, path: string): SqliteDatabase {
  const reading = new Driver(path);
  try {
    reading.exec("pragma busy_timeout = 0");
    reading.exec("pragma query_only = on");
    return reading;
  } catch (error) {
    reading.close();
    throw error;
  }
}

/** Each connection to memory is a database of its own. */
function isMemory(database: SqliteDatabase): boolean {
  const [main] = database.prepare("pragma database_list").all() as { readonly file: string }[];
  return !main?.file;
}

/**
 * Moves the write-ahead log into the file, so that the file alone is the database, as after any last
 * close. `@photostructure/sqlite` needs it done: it closes with statements open, which puts that off.
 * Returns whether it could: where another process uses the log, it stays for that one.
 */
function emptyLog(database: SqliteDatabase): boolean {
  try {
    const [outcome] = database.prepare("pragma wal_checkpoint(truncate)").all();
    return Number(Object.values(outcome ?? {})[0]) === 0;
  } catch {
    return false;
  }
}
