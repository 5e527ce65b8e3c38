import type { AnyKysely } from "./any-kysely.ts";
import type { StoreDialect } from "./dialect.ts";

/** An open database. */
export interface Connection {
  readonly db: AnyKysely;
  readonly dialect: StoreDialect;
  /** Closes what `connect` opened; leaves what was handed in. */
  close(): Promise<void>;
}

/** Where plugbay keeps its tables. Made by `sqlite()`, `postgres()`, `mysql()` or `fromKysely()`. */
export interface Database {
  /** What to call it in messages; without credentials. */
  readonly description: string;
  /** @throws DriverMissingError, DatabaseUnavailableError */
  connect(): Promise<Connection>;
}
