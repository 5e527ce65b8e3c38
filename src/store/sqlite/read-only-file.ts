import { existsSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { SqliteDatabase, SqliteDatabaseClass, SqliteStatement } from "./load-driver.ts";

/**
 * A file that this process may only read. One with a write-ahead log needs a file beside it, also to be read: where
 * nobody has made that, and this process may not, the file is read as one that nobody changes, and opened anew when
 * somebody has.
 */
export class ReadOnlyFile implements SqliteDatabase {
  readonly #Driver: SqliteDatabaseClass;
  readonly #path: string;
  #database: SqliteDatabase;
  /** How the file was when it was taken for one that nobody changes; undefined where changes are seen. */
  #asOf: string | undefined;

  constructor(Driver: SqliteDatabaseClass, path: string) {
    this.#Driver = Driver;
    this.#path = path;
    this.#database = this.#open();
  }

  prepare(text: string): SqliteStatement {
    if (this.#asOf !== undefined && this.#asOf !== this.#standing()) {
      this.#database.close();
      this.#database = this.#open();
    }
    return this.#database.prepare(text);
  }

  exec(text: string): void {
    this.#database.exec(text);
  }

  close(): void {
    this.#database.close();
  }

  #open(): SqliteDatabase {
    const database = new this.#Driver(this.#path);
    try {
      database.exec("pragma busy_timeout = 0");
      database.prepare("select 1 from sqlite_master").all();
      this.#asOf = undefined;
      return database;
    } catch {
      database.close();
    }
    this.#asOf = this.#standing();
    const address = `${pathToFileURL(resolve(this.#path)).href}?immutable=1`;
    return new this.#Driver(address, { readOnly: true });
  }

  #standing(): string {
    const { mtimeMs, size, ino } = statSync(this.#path);
    return [mtimeMs, size, ino, existsSync(`${this.#path}-wal`)].join(" ");
  }
}
