import { createHash } from "node:crypto";
import { tableNames } from "../../store/table-names.ts";
import type { LoadedConfig } from "../config.ts";

/** The names of the tables of the panel's users. */
export interface UserTables {
  readonly user: string;
  readonly session: string;
  readonly account: string;
  readonly verification: string;
  readonly rateLimit: string;
}

/** Namespaces have users of their own: an operator of one application is nobody in another. */
export function userTables({ prefix, namespace = "default" }: LoadedConfig): UserTables {
  const own = namespace === "default" ? "" : `${shortHash(namespace)}_`;
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
