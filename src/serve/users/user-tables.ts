import { createHash } from "node:crypto";
import { databaseOf } from "../../store/kysely-database.ts";
import { installationOf } from "../../store/schema.ts";
import { tableNames } from "../../store/table-names.ts";
import type { ServeConfig } from "../serve-config.ts";

/** The names of the tables of the panel's users. */
export interface UserTables {
  readonly user: string;
  readonly session: string;
  readonly account: string;
  readonly verification: string;
  readonly rateLimit: string;
}

/**
 * Namespaces, and schemas, have users of their own: an operator of one application is nobody in another. The
 * tables themselves are in the schema that the connection uses.
 */
export function userTables({ database, prefix, namespace = "default" }: ServeConfig): UserTables {
  const installation = installationOf(databaseOf(database), namespace);
  const own = installation === "default" ? "" : `${shortHash(installation)}_`;
  const start = `${tableNames(prefix).prefix}auth_${own}`;
  return {
    user: `${start}user`,
    session: `${start}session`,
    account: `${start}account`,
    verification: `${start}verification`,
    rateLimit: `${start}rate_limit`,
  };
}

const shortHash = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 12);
