import type { StoreDialect } from "./dialect.ts";
import type { OriginGuard } from "./origin-guard.ts";
import type { RowFaults } from "./row-faults.ts";
import type { StoreConnection } from "./store-connection.ts";
import type { TableNames } from "./table-names.ts";

/** What further tables of a namespace are read and written with. */
export interface RegisterPlace {
  readonly connection: StoreConnection;
  readonly dialect: StoreDialect;
  readonly tables: TableNames;
  readonly namespace: string;
  readonly guard: OriginGuard;
  readonly faults: RowFaults;
}
