import type { AnyKysely } from "../any-kysely.ts";
import type { StoreDialect } from "../dialect.ts";
import type { TableNames } from "../table-names.ts";

/** One step of the schema; the shape that Kysely's own `Migrator` takes. */
export interface Migration {
  up(db: AnyKysely): Promise<void>;
  down(db: AnyKysely): Promise<void>;
}

export interface MigrationContext {
  readonly dialect: StoreDialect;
  readonly tables: TableNames;
}
