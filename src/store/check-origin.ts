import type { Db, StoreDialect } from "./dialect.ts";
import { readMark } from "./mark.ts";
import type { OriginGuard } from "./origin-guard.ts";
import type { TableNames } from "./table-names.ts";

/** Looks whether the data are those that the guard keeps to. @throws DatabaseReplacedError */
export async function checkOrigin(
  db: Db,
  dialect: StoreDialect,
  tables: TableNames,
  namespace: string,
  guard: OriginGuard,
): Promise<void> {
  const { revision } = tables;
  const isThere = await dialect.hasColumn(db, revision, "origin");
  if (!isThere && (await dialect.findTable(db, revision)) !== "hidden") throw guard.fault("missing");
  guard.check(await readMark(db, tables, namespace));
}
