import { PlugbayError } from "../errors.ts";
import { codeOf, nameOf } from "../thrown.ts";
import type { Database } from "./database.ts";
import type { StoreDialect } from "./dialect.ts";
import {
  DatabaseFailedError,
  DatabaseForbiddenError,
  DatabaseSettingError,
  DatabaseUnavailableError,
  type DatabaseUser,
  TooManyConnectionsError,
  WriteBlockedError,
  WriteRefusedError,
} from "./errors.ts";
import { UnansweredError } from "./silence.ts";

/** Whether others had the lock, or a transaction lost against theirs: it can be run again. */
export function isLocked(dialect: StoreDialect, error: unknown): boolean {
  const kind = dialect.meaningOf(error)?.kind;
  return kind === "lock-wait" || kind === "conflict";
}

/** The error of what lost against others: again and again for `repeatedMs`, where it was repeated. */
export function blockedBy(
  error: unknown,
  { dialect, description }: Asked,
  repeatedMs?: number,
): WriteBlockedError {
  if (dialect.meaningOf(error)?.kind !== "conflict") return new WriteBlockedError(description, error);
  const refused = "the database refused it as in conflict with other transactions";
  const reason =
    repeatedMs === undefined
      ? refused
      : `it was repeated for ${repeatedMs / 1_000} s, and each time ${refused}`;
  return new WriteBlockedError(description, error, reason);
}

const mistakes = new Set(["TypeError", "RangeError", "ReferenceError"]);

/** Whether code threw it, not a database: a value of a kind that no statement takes. */
const isMistake = (error: unknown): boolean => mistakes.has(nameOf(error)) && codeOf(error) === undefined;

type Asked = Pick<Database, "dialect" | "description">;

/**
 * What a driver threw, in plugbay's own words and on each database the same; what is plugbay's, or a mistake in code, stays as it is. Only
 * a database that cannot be reached is said to be unavailable: one that answers with an error is not.
 */
export function inOwnWords(
  error: unknown,
  { dialect, description }: Asked,
  user: DatabaseUser = "reader",
): unknown {
  if (error instanceof PlugbayError || isMistake(error)) return error;
  if (error instanceof UnansweredError) return new WriteBlockedError(description, error);
  const meaning = dialect.meaningOf(error);
  switch (meaning?.kind) {
    case "unreachable":
    case "no-database":
      return new DatabaseUnavailableError(description, error);
    case "no-connection":
      return new TooManyConnectionsError(description, error);
    case "setting":
      return new DatabaseSettingError(description, meaning.setting, meaning.problem, error);
    case "login":
    case "forbidden":
      return new DatabaseForbiddenError(description, meaning.kind === "login" ? "login" : user, error);
    case "refused":
      return new WriteRefusedError(description, error);
    case "conflict":
    case "lock-wait":
      return blockedBy(error, { dialect, description });
    case "cancelled":
      // What takes long in a write is waiting for the lock.
      return user === "writer"
        ? new WriteBlockedError(description, error)
        : new DatabaseFailedError(description, error);
    default:
      return new DatabaseFailedError(description, error);
  }
}
