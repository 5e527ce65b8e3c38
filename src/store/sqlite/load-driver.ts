import { DriverMissingError } from "../../errors.ts";

/** What is used of `node:sqlite`, which `@photostructure/sqlite` has too. */
export interface SqliteStatement {
  all(...parameters: unknown[]): unknown[];
  run(...parameters: unknown[]): { changes: number | bigint; lastInsertRowid: number | bigint };
  iterate(...parameters: unknown[]): IterableIterator<unknown>;
  columns(): readonly { readonly name: string }[];
  /** Absent in early versions of Node's. */
  setReturnArrays?(enabled: boolean): void;
}

export interface SqliteDatabase {
  prepare(sql: string): SqliteStatement;
  exec(sql: string): void;
  close(): void;
}

export type SqliteDatabaseClass = new (path: string, options?: { timeout?: number }) => SqliteDatabase;

/** Node's own SQLite where this Node has it, else the npm package of the same API. */
export async function loadSqliteDriver(): Promise<SqliteDatabaseClass> {
  const builtin = "node:sqlite";
  try {
    return ((await import(builtin)) as { DatabaseSync: SqliteDatabaseClass }).DatabaseSync;
  } catch {
    const fallback = "@photostructure/sqlite";
    try {
      return ((await import(fallback)) as { DatabaseSync: SqliteDatabaseClass }).DatabaseSync;
    } catch (error) {
      throw new DriverMissingError(fallback, "npm install @photostructure/sqlite@1", error);
    }
  }
}
