import type { StoreDialect } from "../../store/dialect.ts";
import type { AuthSettings } from "./auth-options.ts";
import { authOptions } from "./auth-options.ts";
import type { BetterAuthPackage } from "./load-better-auth.ts";

type Settings = Pick<AuthSettings, "db" | "tables"> & { readonly dialect: StoreDialect };

/** The tables of the panel's users that are missing, or lack something. */
export async function pendingUserTables(
  { getMigrations }: BetterAuthPackage,
  settings: Settings,
): Promise<string[]> {
  const { toBeCreated, toBeAdded, toBeAddedIndexes } = await getMigrations(schemaOptions(settings));
  const tables = [...toBeCreated, ...toBeAdded, ...toBeAddedIndexes].map(({ table }) => table);
  return [...new Set(tables)].sort();
}

/** Makes them, one process at a time; returns the names of the tables that were made or changed. */
export async function migrateUsers(better: BetterAuthPackage, settings: Settings): Promise<string[]> {
  const { db, dialect, tables } = settings;
  if ((await pendingUserTables(better, settings)).length === 0) return [];
  return dialect.lockMigrations(db, `plugbay migrate ${tables.user}`, async (connection) => {
    const locked = { ...settings, db: connection };
    // Read again under the lock: another process may just have done the work.
    const pending = await pendingUserTables(better, locked);
    const { runMigrations } = await better.getMigrations(schemaOptions(locked));
    await runMigrations();
    return pending;
  });
}

/** The tables hang on neither the secret nor the address. */
const schemaOptions = (settings: Settings) =>
  authOptions({ ...settings, secret: "", baseUrl: new URL("http://localhost"), oidc: [] });
