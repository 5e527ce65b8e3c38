/** The `code` that pg and mysql2 put on their errors: an SQLSTATE, an `ER_...` name or a system error. */
export function serverErrorCode(error: unknown): string | undefined {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : undefined;
}

const conflicts = new Set([
  "40001", // PostgreSQL: serialization_failure
  "40P01", // PostgreSQL: deadlock_detected
  "ER_LOCK_DEADLOCK",
  "ER_LOCK_WAIT_TIMEOUT",
  "ER_CHECKREAD", // MariaDB: record has changed since last read
]);

/** Whether a transaction lost against another one and may simply be run again. */
export function isTransactionConflict(error: unknown): boolean {
  return conflicts.has(serverErrorCode(error) ?? "");
}
