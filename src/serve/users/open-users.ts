import { randomBytes } from "node:crypto";
import type { Connection, Database } from "../../store/database.ts";
import { databaseOf } from "../../store/kysely-database.ts";
import { ownQueries } from "../../store/own-queries.ts";
import { inOwnWords } from "../../store/own-words.ts";
import { type BetterAuthPackage, loadBetterAuth } from "../better-auth/load-better-auth.ts";
import { UserTablesError } from "../errors.ts";
import type { Log } from "../log.ts";
import type { ServeConfig } from "../serve-config.ts";
import { authOptions } from "../sign-in/auth-options.ts";
import { migrateUsers, pendingUserTables } from "./migrate-users.ts";
import { type UserTables, userTables } from "./user-tables.ts";
import { Users } from "./users.ts";

/** The panel's users in the config's database, whether their tables are there or not. */
export interface UserDatabase {
  readonly better: BetterAuthPackage;
  readonly db: Connection["db"];
  readonly dialect: Database["dialect"];
  readonly description: Database["description"];
  readonly tables: UserTables;
  /** Hears of what takes long, and of what better-auth says. */
  readonly log: Log;
  close(): Promise<void>;
}

/** @throws PackageMissingError, PackageVersionError, DriverMissingError, DatabaseUnavailableError */
export async function openUserDatabase(
  config: ServeConfig,
  { log, mayCreate = true }: { readonly log: Log; readonly mayCreate?: boolean },
): Promise<UserDatabase> {
  const better = await loadBetterAuth(config.file);
  const database = databaseOf(config.database);
  const { db, isBorrowed = false, close } = await inWords(database, () => database.connect({ mayCreate }));
  const { dialect, description } = database;
  try {
    if (isBorrowed) await inWords(database, async () => dialect.waitForLocks?.(db));
    // Its schema is not for them: better-auth looks for tables in the connection's own.
    const own = ownQueries(db, dialect, undefined);
    return { better, db: own, dialect, description, tables: userTables(config), log, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * Makes the tables where they are missing, if that is asked for or the database is one that migrates by
 * itself.
 *
 * @throws UserTablesError
 */
export async function prepareUserTables(
  users: UserDatabase,
  config: ServeConfig,
  command: string,
  migrate = false,
): Promise<string[]> {
  return inWords(databaseOf(config.database), async () => {
    if (migrate || users.dialect.migratesOnOpen) return migrateUsers(users.better, users);
    if ((await pendingUserTables(users.better, users)).length > 0) throw new UserTablesError(command);
    return [];
  });
}

/** Does something with the users, without serving anything. @throws UserTablesError */
export async function workOnUsers<T>(
  open: UserDatabase,
  config: ServeConfig,
  { command, migrate }: { readonly command: string; readonly migrate?: boolean },
  work: (users: Users) => Promise<T>,
): Promise<T> {
  await prepareUserTables(open, config, command, migrate);
  // Nothing is signed here, so any secret does.
  const secret = randomBytes(32).toString("base64url");
  const settings = { ...open, secret, baseUrl: new URL("http://localhost"), oidc: [] };
  const auth = open.better.betterAuth(authOptions(settings));
  return inWords(databaseOf(config.database), async () => work(new Users(await auth.$context)));
}

/** What the database's driver says, in plugbay's words; what better-auth finds itself stays as it is. */
async function inWords<T>(database: Database, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw database.dialect.meaningOf(error) === undefined ? error : inOwnWords(error, database);
  }
}
