import { statSync } from "node:fs";
import { resolve } from "node:path";
import { MisplacedError } from "../misplaced-error.ts";
import { retry } from "../retry.ts";
import type { SqliteDatabase, SqliteDatabaseClass } from "./load-driver.ts";
import { isBusy } from "./sqlite-dialect.ts";

/**
 * A SQLite file that is open. One that was deleted, or whose place another one took, stays open, and what is written to
 * it is never found again: so it is compared with the file that is in its place, and that one is opened.
 */
export class SqliteFile {
  readonly #Driver: SqliteDatabaseClass;
  readonly #path: string;
  #database: SqliteDatabase;
  /** Which file is open; `""` while none is, undefined for a database in memory. */
  #identity: string | undefined;

  private constructor(Driver: SqliteDatabaseClass, path: string, database: SqliteDatabase) {
    this.#Driver = Driver;
    this.#path = path;
    this.#database = database;
    this.#identity = isOnDisk(path) ? identityOf(path) : undefined;
  }

  /** @throws MisplacedError where there is none, and none may be made */
  static async open(Driver: SqliteDatabaseClass, name: string, mayCreate: boolean): Promise<SqliteFile> {
    // By its whole path, which stays the same when the process changes its folder.
    const path = isOnDisk(name) ? resolve(name) : name;
    if (!mayCreate && isOnDisk(path) && identityOf(path) === undefined) {
      throw new MisplacedError("missing", `there is no file "${path}"`);
    }
    return new SqliteFile(Driver, path, await openDatabase(Driver, path));
  }

  /** What is open now. */
  get database(): SqliteDatabase {
    return this.#database;
  }

  /** Whether the file that is open is the one in its place. @throws MisplacedError where there is none */
  isInPlace(): boolean {
    if (this.#identity === undefined) return true;
    const identity = identityOf(this.#path);
    if (identity === undefined) throw new MisplacedError("deleted", `the file "${this.#path}" was deleted`);
    return identity === this.#identity;
  }

  /** Opens the file that is in its place. Nothing may be under way. @throws MisplacedError */
  async reopen(): Promise<void> {
    if (this.#identity !== "") {
      // The old file's log may have stayed behind, under the name where that of the new one is looked for.
      if (!emptyLog(this.#database)) {
        throw new MisplacedError("replaced", `the file "${this.#path}" was replaced, and its log is in use`);
      }
      this.#database.close();
      this.#identity = "";
    }
    this.#database = await openDatabase(this.#Driver, this.#path);
    this.#identity = identityOf(this.#path) ?? "";
  }

  close(): void {
    if (this.#identity === "") return;
    emptyLog(this.#database);
    this.#database.close();
  }
}

/** SQLite takes names that begin like this for addresses. */
const isOnDisk = (name: string): boolean => name !== ":memory:" && !name.startsWith("file:");

function identityOf(path: string): string | undefined {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  return found && `${found.dev}:${found.ino}`;
}

async function openDatabase(Driver: SqliteDatabaseClass, path: string): Promise<SqliteDatabase> {
  const database = new Driver(path);
  try {
    // A short wait inside the driver, which blocks the thread; longer ones are for `retry`, which does not.
    database.exec("pragma busy_timeout = 20");
    database.exec("pragma foreign_keys = on");
    // The switch to WAL does not heed the busy timeout when several processes open a new file at once.
    await retry(async () => database.exec("pragma journal_mode = wal"), isBusy, 10_000);
    database.exec("pragma synchronous = normal");
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
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
