import type { StoreDialect } from "./dialect.ts";
import type { OriginGuard } from "./origin-guard.ts";
import type { RowFaults } from "./row-faults.ts";
import type { StoreConnection } from "./store-connection.ts";
import type { TableNames } from "./table-names.ts";

/** What further tables of a namespace are read and written with. */
export interface RegisterPlace {
  readonly connection: Pick<StoreConnection, "answered" | "reach" | "use">;
  readonly dialect: StoreDialect;
  readonly tables: TableNames;
  readonly namespace: string;
  readonly guard: Pick<OriginGuard, "checkChange" | "checkLast" | "isSet">;
  readonly faults: RowFaults;
}
