import { Kysely, type SqliteDialect } from "kysely";
import type { AnyKysely } from "../../src/store/any-kysely.ts";
import { loadSqliteDriver } from "../../src/store/sqlite/load-driver.ts";
import { sqliteOver } from "../servers/sqlite-file.ts";

/** A SQLite database in memory, as a Kysely instance of the application, that fails while a test wants it to. */
export class BreakableDatabase {
  /** What every statement throws; undefined while all is well. */
  failure: Error | undefined;
  /** The SQL of all statements so far. */
  readonly statements: string[] = [];
  readonly db: AnyKysely;

  private constructor(dialect: (onStatement: (text: string) => void) => SqliteDialect) {
    this.db = new Kysely({
      dialect: dialect((text) => {
        this.statements.push(text);
        if (this.failure) throw this.failure;
      }),
    });
  }

  static async open(): Promise<BreakableDatabase> {
    const Driver = await loadSqliteDriver();
    const file = new Driver(":memory:");
    file.exec("pragma foreign_keys = on");
    return new BreakableDatabase((onStatement) => sqliteOver(file, onStatement));
  }
}
