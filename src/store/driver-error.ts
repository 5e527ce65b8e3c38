import { withCauses } from "../thrown.ts";

/** What a driver's error says, in one word. */
export type DriverErrorKind =
  /** The database did not answer, or the connection to it broke. */
  | "unreachable"
  /** There is no database to reach at its address, and none will come by waiting. */
  | "no-database"
  /** It answered that it has no room for another connection. */
  | "no-connection"
  /** It answered that this user may not come in. */
  | "login"
  /** The transaction lost against another one; it may be run again. */
  | "conflict"
  /** A lock that others hold did not come in time. */
  | "lock-wait"
  /** A statement was ended from outside: by the server's time limit, or by an administrator. */
  | "cancelled"
  /** The user lacks a right. */
  | "forbidden"
  /** No changes are taken: the database is full or may only be read. */
  | "refused"
  | "missing-table"
  | "missing-schema"
  | "foreign-key"
  | "unique"
  /** The transaction was over before the statement arrived. */
  | "transaction-ended"
  /** Whether the transaction was committed is not known. */
  | "outcome-unknown";

/** What an error of a driver means to plugbay. */
export type DriverErrorMeaning =
  | { readonly kind: DriverErrorKind }
  /** A setting of the server under which it refuses what plugbay does. */
  | { readonly kind: "setting"; readonly setting: string; readonly problem: string };

/**
 * The first meaning that `meaningOfOne` finds on an error, on its causes, and on the parts of an aggregate: drivers
 * and what wraps them put the one that says something anywhere among these.
 */
export function firstMeaning(
  error: unknown,
  meaningOfOne: (one: unknown) => DriverErrorMeaning | undefined,
): DriverErrorMeaning | undefined {
  for (const one of withCauses(error)) {
    const meaning = meaningOfOne(one);
    if (meaning !== undefined) return meaning;
  }
  return undefined;
}
