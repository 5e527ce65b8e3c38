import { codeOf, messageOf, withCauses } from "../thrown.ts";

// The `code` that pg and mysql2 put on their errors is an SQLSTATE, an `ER_...` name or a system error.

const conflicts = new Set([
  "40001", // PostgreSQL: serialization_failure
  "40P01", // PostgreSQL: deadlock_detected
  "ER_LOCK_DEADLOCK",
  "ER_LOCK_WAIT_TIMEOUT",
  "ER_CHECKREAD", // MariaDB: record has changed since last read
]);

const unreachable = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ETIMEDOUT",
  "EPIPE",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "57P01", // PostgreSQL: admin_shutdown
  "57P03", // PostgreSQL: cannot_connect_now, while it starts or recovers
  "53300", // PostgreSQL: too_many_connections
  "PROTOCOL_CONNECTION_LOST",
  "ER_CON_COUNT_ERROR",
  "ER_SERVER_SHUTDOWN",
]);

const writeRefused = new Set([
  "53100", // PostgreSQL: disk_full
  "25006", // PostgreSQL: read_only_sql_transaction, as on a standby
  "ER_DISK_FULL",
  "ER_RECORD_FILE_FULL",
  "ER_OPTION_PREVENTS_STATEMENT", // read_only, as on a replica
  "ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION",
]);

/** Whether a server did not answer, which may pass; not whether it refused, which will not. */
export function isUnreachable(error: unknown): boolean {
  return [...withCauses(error)].some(
    (one) =>
      unreachable.has(codeOf(one) ?? "") ||
      // Neither driver gives these a code.
      /connection terminated|when trying to connect|in closed state/i.test(messageOf(one)),
  );
}

/** Whether a server takes no changes, for lack of space or because it may only be read. */
export function isWriteRefused(error: unknown): boolean {
  return writeRefused.has(codeOf(error) ?? "");
}

/** Whether a transaction lost against another one and may simply be run again. */
export function isTransactionConflict(error: unknown): boolean {
  return conflicts.has(codeOf(error) ?? "");
}
