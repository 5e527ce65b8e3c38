import { CommanderError } from "commander";
import { codeOf } from "../thrown.ts";
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
} as const;

export const meanings: Readonly<Record<keyof typeof exitCodes, string>> = {
  success: "success",
  failure: "failure, problems found by doctor, or an item that does not work by item check",
  usage: "wrong usage, or a wrong config or file of items",
  notFound: "no such item, plugin, plugin type or user",
  conflict:
    "conflict: the item was changed meanwhile, its label is taken, a file manages it, what should be purged is in use, or the user is there already",
  migration: "the database needs migrations, or has newer ones",
  unavailable: "the database is not available",
};

const outcomes: Readonly<Record<string, keyof typeof exitCodes>> = {
  USAGE: "usage",
  AMBIGUOUS: "usage",
  CONFIG: "usage",
  DRIVER_MISSING: "usage",
  PACKAGE_MISSING: "usage",
  PACKAGE_VERSION: "usage",
  INVALID_CONFIG: "usage",
  INVALID_DOCUMENT: "usage",
  INVALID_KEYS: "usage",
  INVALID_NAME: "usage",
  INVALID_OPTION: "usage",
  INVALID_PRIORITY: "usage",
  INVALID_STATUS: "usage",
  NO_KEY: "usage",
  NOT_CHECKABLE: "usage",
  NOT_CONFIGURABLE: "usage",
  UNKNOWN_PLUGIN: "notFound",
  UNKNOWN_TYPE: "notFound",
  NOT_FOUND: "notFound",
  ITEM_NOT_FOUND: "notFound",
  CONFLICT: "conflict",
  USER_EXISTS: "conflict",
  LABEL_TAKEN: "conflict",
  MANAGED_BY_FILE: "conflict",
  PURGE_BLOCKED: "conflict",
  MIGRATION_REQUIRED: "migration",
  NEWER_DATABASE: "migration",
  SCHEMA_MISSING: "migration",
  DATABASE_UNAVAILABLE: "unavailable",
  NO_CONNECTION: "unavailable",
  WRITE_BLOCKED: "unavailable",
};

/** By the error's `code`, not its class: the config may bring errors of another copy of this package. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof Interrupted) return error.exitCode;
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.success : exitCodes.usage;
  return exitCodes[outcomes[codeOf(error) ?? ""] ?? "failure"];
}
