import { DriverMissingError } from "../errors.ts";

/** What is used of `node:sqlite`, which `@photostructure/sqlite` has too. */
export interface SqliteStatement {
  all(...parameters: unknown[]): unknown[];
  run(...parameters: unknown[]): { changes: number | bigint; lastInsertRowid: number | bigint };
  iterate(...parameters: unknown[]): IterableIterator<unknown>;
  columns(): readonly { readonly name: string }[];
  setReadBigInts(enabled: boolean): void;
  /** Absent in early versions of Node's. */
  setReturnArrays?(enabled: boolean): void;
}

export interface SqliteDatabase {
  prepare(sql: string): SqliteStatement;
  exec(sql: string): void;
  close(): void;
}

export type SqliteDatabaseClass = new (
  path: string,
  options?: { timeout?: number; readOnly?: boolean },
) => SqliteDatabase;

interface SqliteDriver {
  readonly DatabaseSync: SqliteDatabaseClass;
}

/** Whether the driver closes a connection when it is told to: the npm package does when its statements are collected. */
export const closesAtOnce: boolean = process.getBuiltinModule("node:sqlite") !== undefined;

/** Node's own SQLite where this Node has it, else the npm package of the same API. */
export async function loadSqliteDriver(): Promise<SqliteDatabaseClass> {
  // Asked for in this way, it is looked for by Node alone: bundlers refuse an import of what not every Node has.
  const builtin = process.getBuiltinModule("node:sqlite") as SqliteDriver | undefined;
  if (builtin !== undefined) return builtin.DatabaseSync;
  try {
    // A native package, which bundlers have to leave where it is.
    const driver: SqliteDriver = await import(
      /* webpackIgnore: true */ /* turbopackIgnore: true */ /* @vite-ignore */ "@photostructure/sqlite"
    );
    return driver.DatabaseSync;
  } catch (error) {
    throw new DriverMissingError("@photostructure/sqlite", "npm install @photostructure/sqlite@1", error);
  }
}
