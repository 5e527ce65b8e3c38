import type { StoreDialect } from "../../store/dialect.ts";
import { inMigrationTurn } from "../../store/migration-turn.ts";
import { isLocked } from "../../store/own-words.ts";
import { systemClock } from "../../time/clock.ts";
import type { BetterAuthPackage } from "../better-auth/load-better-auth.ts";
import type { AuthSettings } from "../sign-in/auth-options.ts";
import { authOptions } from "../sign-in/auth-options.ts";

type Settings = Pick<AuthSettings, "db" | "tables" | "log"> & {
  readonly dialect: StoreDialect;
  /** What to call the database. */
  readonly description: string;
};

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
  const { db, dialect, tables, description, log } = settings;
  if ((await pendingUserTables(better, settings)).length === 0) return [];
  const work = async (connection: Settings["db"]): Promise<string[]> => {
    const locked = { ...settings, db: connection };
    // Read again under the lock: another process may just have done the work.
    const pending = await pendingUserTables(better, locked);
    const { runMigrations } = await better.getMigrations(schemaOptions(locked));
    await runMigrations();
    return pending;
  };
  return inMigrationTurn({
    clock: systemClock,
    description,
    onWait: (message) => log({ level: "info", message }),
    attempt: () => dialect.tryToMigrate(db, `plugbay migrate ${tables.user}`, work),
    isLocked: (error) => isLocked(dialect, error),
  });
}

/** The tables hang on neither the secret nor the address. */
const schemaOptions = (settings: Settings) =>
  authOptions({ ...settings, secret: "", baseUrl: new URL("http://localhost"), oidc: [] });
