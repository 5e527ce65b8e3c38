import { PlugbayError } from "../errors.ts";
import type { Access } from "./access.ts";
import type { Database } from "./database.ts";
import type { Db, StoreDialect } from "./dialect.ts";
import { DatabaseForbiddenError, type DatabaseLoss, type DatabaseUser } from "./errors.ts";
import { MisplacedError } from "./misplaced-error.ts";
import type { OriginGuard } from "./origin-guard.ts";
import type { TableNames } from "./table-names.ts";

/** Where tables may be missing. */
interface Asked {
  readonly database: Pick<Database, "dialect" | "description">;
  readonly tables: TableNames;
  readonly guard: OriginGuard;
  /** Absent while the database is not open. */
  readonly access: Access | undefined;
}

type TableStanding = Awaited<ReturnType<StoreDialect["findTable"]>>;

/** What a database says of what it does not have. */
const absences = new Set<unknown>(["missing-table", "missing-schema", "missing-database"]);

/** What an error says of tables that are not to be found, if it does. */
export async function absenceError(
  error: unknown,
  user: DatabaseUser = "reader",
  asked: Asked,
): Promise<PlugbayError | undefined> {
  if (error instanceof PlugbayError) return undefined;
  const { database, guard } = asked;
  const fault = (found: DatabaseLoss) => (guard.isSet ? guard.fault(found) : undefined);
  if (error instanceof MisplacedError) return fault(error.found);
  const kind = database.dialect.meaningOf(error)?.kind;
  if (!absences.has(kind)) return undefined;
  // It may be another table that a statement lacked: a trigger of the application does more than plugbay asks for.
  const standing = await standingOfTables(asked);
  if (standing === "hidden") return new DatabaseForbiddenError(database.description, user, error);
  return standing === "missing" ? fault("missing") : undefined;
}

/** The worst of all tables; "there", too, where the database does not say. */
async function standingOfTables({ database: { dialect }, tables, access }: Asked): Promise<TableStanding> {
  const { revision, change, type, item, audit, process } = tables;
  const find = async (db: Db): Promise<TableStanding> => {
    const found: TableStanding[] = [];
    for (const table of [revision, change, type, item, audit, process]) {
      found.push(await dialect.findTable(db, table));
    }
    return (["hidden", "missing"] as const).find((standing) => found.includes(standing)) ?? "there";
  };
  const failed = (error: unknown): TableStanding =>
    absences.has(dialect.meaningOf(error)?.kind) ? "missing" : "there";
  return access?.use(find).catch(failed) ?? "there";
}
