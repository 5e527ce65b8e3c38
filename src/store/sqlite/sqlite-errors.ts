import { codeOf, messageOf, propertyOf } from "../../thrown.ts";
import { type DriverErrorKind, type DriverErrorMeaning, firstMeaning } from "../driver-error.ts";
import { networkMeaning } from "../network-error.ts";

/** By SQLite's extended result code, or else by the primary one, which is its last byte. */
const kinds: Readonly<Record<string, DriverErrorKind>> = {
  3: "forbidden", // PERM
  5: "lock-wait", // BUSY
  6: "lock-wait", // LOCKED
  8: "refused", // READONLY
  10: "refused", // IOERR, as when a quota is used up
  13: "refused", // FULL
  11: "no-database", // CORRUPT
  14: "no-database", // CANTOPEN
  15: "lock-wait", // PROTOCOL: others took the lock of the write-ahead log again and again
  23: "forbidden", // AUTH
  26: "no-database", // NOTADB
  517: "conflict", // BUSY_SNAPSHOT
  787: "foreign-key", // CONSTRAINT_FOREIGNKEY
  1555: "unique", // CONSTRAINT_PRIMARYKEY
  2067: "unique", // CONSTRAINT_UNIQUE
};

/** better-sqlite3 and libsql give the code's name as `code`; some give the extended one, others the primary one. */
const names: readonly (readonly [RegExp, DriverErrorKind])[] = [
  [/^SQLITE_BUSY_SNAPSHOT$/, "conflict"],
  [/^SQLITE_(BUSY|LOCKED|PROTOCOL)/, "lock-wait"],
  [/^SQLITE_(READONLY|IOERR|FULL)/, "refused"],
  [/^(SQLITE_(CANTOPEN|CORRUPT|NOTADB)|MISPLACED$)/, "no-database"],
  [/^SQLITE_(PERM|AUTH)$/, "forbidden"],
  [/^SQLITE_CONSTRAINT_FOREIGNKEY$/, "foreign-key"],
  [/^SQLITE_CONSTRAINT_(PRIMARYKEY|UNIQUE)$/, "unique"],
];

/** SQLite has no code for these, or the driver does not hand it on. */
const texts: readonly (readonly [RegExp, DriverErrorKind])[] = [
  [/no such table/, "missing-table"],
  [/no such savepoint/, "transaction-ended"],
  [/FOREIGN KEY constraint failed/i, "foreign-key"],
  [/(UNIQUE|PRIMARY KEY) constraint failed/i, "unique"],
  [/database (table |schema )?is locked/, "lock-wait"],
  [/readonly database|(database or )?disk is full|disk I\/O error/, "refused"],
  [/unable to open database file|file is not a database|disk image is malformed/, "no-database"],
];

export const sqliteMeaning = (error: unknown): DriverErrorMeaning | undefined =>
  firstMeaning(error, (one) => {
    const kind = byNumber(one) ?? byPattern(codeOf(one), names) ?? byPattern(messageOf(one), texts);
    const meaning = kind ?? networkMeaning(one);
    return meaning && { kind: meaning };
  });

/** `errcode` of Node's own driver, `extendedCode` and `rawCode` of libsql, `errno` of sqlite3 and Bun. */
const numbers = ["errcode", "extendedCode", "rawCode", "errno"];

function byNumber(error: unknown): DriverErrorKind | undefined {
  for (const name of numbers) {
    const code = propertyOf(error, name);
    // Errors of the system have negative numbers.
    if (typeof code !== "number" || code <= 0) continue;
    const kind = kinds[code] ?? kinds[code & 0xff];
    if (kind !== undefined) return kind;
  }
  return undefined;
}

function byPattern(
  text: string | undefined,
  known: readonly (readonly [RegExp, DriverErrorKind])[],
): DriverErrorKind | undefined {
  return text === undefined ? undefined : known.find(([pattern]) => pattern.test(text))?.[1];
}
