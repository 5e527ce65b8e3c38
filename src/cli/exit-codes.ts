import { CommanderError } from "commander";
import type { ErrorKind } from "../errors.ts";
import { codeOf, propertyOf } from "../thrown.ts";
import { Interrupted } from "./while-open.ts";

/** What the command ends with, for scripts. A code once published keeps its meaning. */
export const exitCodes = {
  success: 0,
  failure: 1,
  usage: 2,
  notFound: 3,
  conflict: 4,
  migration: 5,
  unavailable: 6,
  attention: 7,
  critical: 8,
} as const;

export const meanings: Readonly<Record<keyof typeof exitCodes, string>> = {
  success: "success",
  failure: "failure, problems found by doctor, or an item that does not work by item check",
  usage: "wrong usage, or a wrong config or file of items",
  notFound: "no such item, plugin, plugin type, entry of the history or user",
  conflict:
    "conflict: the item has been changed since, its label is taken, it is managed by a file, what should be purged is in use, the plugin or the keys do not allow it, or the user or the file already exists",
  migration: "the database needs migrations, has newer ones, or is being migrated by another process",
  unavailable: "the database is not available",
  attention: "status found what needs attention, and nothing critical",
  critical: "status found something critical",
};

type Outcome = keyof typeof exitCodes;

const outcomes: Readonly<Record<ErrorKind, Outcome>> = {
  invalid: "usage",
  conflict: "conflict",
  "not-found": "notFound",
  forbidden: "failure",
  unavailable: "unavailable",
  timeout: "failure",
  failed: "failure",
  internal: "failure",
};

/** The codes that end with another exit code than their kind says: the database is there, but not as it must be. */
const exceptions: ReadonlyMap<string | undefined, Outcome> = new Map([
  ["MIGRATION_BLOCKED", "migration"],
  ["MIGRATION_REQUIRED", "migration"],
  ["NEWER_DATABASE", "migration"],
  ["SCHEMA_MISSING", "migration"],
]);

/** By the error's properties, not its class: the config may bring errors of another copy of this package. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof Interrupted) return error.exitCode;
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.success : exitCodes.usage;
  const kind = propertyOf(error, "kind");
  const outcome = exceptions.get(codeOf(error)) ?? (isErrorKind(kind) ? outcomes[kind] : "failure");
  return exitCodes[outcome];
}

const isErrorKind = (kind: unknown): kind is ErrorKind =>
  typeof kind === "string" && Object.hasOwn(outcomes, kind);
