import type { Clock } from "../../time/clock.ts";
import type { AnyKysely } from "../any-kysely.ts";
import type { StoreDialect } from "../dialect.ts";
import type { KyselyInstance } from "../kysely-instance.ts";
import type { TableNames } from "../table-names.ts";

/** One step of the schema; the shape that Kysely's own `Migrator` takes. */
export interface Migration {
  up(db: KyselyInstance): Promise<void>;
  down(db: KyselyInstance): Promise<void>;
}

/** The same as it is written, with all that Kysely can do. */
export interface MigrationStep {
  up(db: AnyKysely): Promise<void>;
  down(db: AnyKysely): Promise<void>;
}

export interface MigrationContext {
  readonly dialect: StoreDialect;
  readonly tables: TableNames;
  readonly clock: Clock;
}
