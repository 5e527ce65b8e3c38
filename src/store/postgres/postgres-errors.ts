import { codeOf, messageOf } from "../../thrown.ts";
import { type DriverErrorKind, type DriverErrorMeaning, firstMeaning } from "../driver-error.ts";
import { networkMeaning } from "../network-error.ts";

/** By SQLSTATE, which pg and postgres.js give as `code`, and by postgres.js's own codes. */
const kinds: Readonly<Record<string, DriverErrorKind>> = {
  "08000": "unreachable", // connection_exception
  "08001": "unreachable", // sqlclient_unable_to_establish_sqlconnection
  "08003": "unreachable", // connection_does_not_exist
  "08006": "unreachable", // connection_failure
  "57P01": "unreachable", // admin_shutdown
  "57P02": "unreachable", // crash_shutdown
  "57P03": "unreachable", // cannot_connect_now, while it starts, recovers or shuts down
  "57P05": "unreachable", // idle_session_timeout
  "25P03": "unreachable", // idle_in_transaction_session_timeout
  CONNECTION_CLOSED: "unreachable",
  CONNECTION_DESTROYED: "unreachable",
  CONNECT_TIMEOUT: "unreachable",
  "53300": "no-connection", // too_many_connections
  "28000": "login", // invalid_authorization_specification
  "28P01": "login", // invalid_password
  "40001": "conflict", // serialization_failure
  "40P01": "conflict", // deadlock_detected
  "55P03": "lock-wait", // lock_not_available, by lock_timeout
  "57014": "cancelled", // query_canceled, by statement_timeout or pg_cancel_backend
  "42501": "forbidden", // insufficient_privilege
  "25006": "refused", // read_only_sql_transaction, as on a standby
  "53100": "refused", // disk_full
  "42P01": "missing-table", // undefined_table
  "3F000": "missing-schema", // invalid_schema_name
  "3D000": "missing-database", // invalid_catalog_name
  "23001": "foreign-key", // restrict_violation, which PostgreSQL 18 says where earlier ones say the next
  "23503": "foreign-key", // foreign_key_violation
  "23505": "unique", // unique_violation
  "25P01": "transaction-ended", // no_active_sql_transaction
  "08007": "outcome-unknown", // transaction_resolution_unknown
  "40003": "outcome-unknown", // statement_completion_unknown
};

/** What pg says without a code. */
const texts: readonly (readonly [RegExp, DriverErrorKind])[] = [
  [/^Connection terminated/, "unreachable"],
  [/when trying to connect|^timeout expired$/, "unreachable"],
  [/is not queryable$/, "unreachable"],
  [/^Query read timeout$/, "cancelled"],
];

/** PgBouncer has one code for all that it says itself. */
const poolerTexts: readonly (readonly [RegExp, DriverErrorKind])[] = [
  [/cannot connect to server|server_login_retry|server conn crashed|shut(ting)? ?down/, "unreachable"],
  [/query_wait_timeout|no more connections allowed/, "no-connection"],
  [/authentication failed/, "login"],
];

export const postgresMeaning = (error: unknown): DriverErrorMeaning | undefined =>
  firstMeaning(error, (one) => {
    const kind = kindOf(one);
    return kind && { kind };
  });

function kindOf(error: unknown): DriverErrorKind | undefined {
  const code = codeOf(error);
  if (code === "08P01") return byText(error, poolerTexts);
  if (code !== undefined && Object.hasOwn(kinds, code)) return kinds[code];
  return networkMeaning(error) ?? byText(error, texts);
}

function byText(
  error: unknown,
  known: readonly (readonly [RegExp, DriverErrorKind])[],
): DriverErrorKind | undefined {
  const message = messageOf(error);
  return known.find(([text]) => text.test(message))?.[1];
}
