import type { Clock } from "../../time/clock.ts";
import type { AnyKysely } from "../any-kysely.ts";
import type { StoreDialect } from "../dialect.ts";
import type { KyselyInstance } from "../kysely-instance.ts";
import type { TableNames } from "../table-names.ts";

/** One step of the schema; the shape that Kysely's own `Migrator` takes. */
export interface Migration {
  /**
   * Whether code that does not know this migration may go on reading and writing the database. So it is when what
   * is new may be null or has a default, and nothing is gone or means something else. The migration notes it in
   * `plugbay_migration`, where older code looks it up.
   */
  readonly compatible: boolean;
  /** Makes the step. */
  up(db: KyselyInstance): Promise<void>;
  /** Takes the step back. */
  down(db: KyselyInstance): Promise<void>;
}

/** The same as it is written, with all that Kysely can do. */
export interface MigrationStep {
  readonly compatible: boolean;
  up(db: AnyKysely): Promise<void>;
  down(db: AnyKysely): Promise<void>;
}

export interface MigrationContext {
  readonly dialect: StoreDialect;
  readonly tables: TableNames;
  readonly clock: Clock;
}
