import { preview } from "../definition/describe.ts";
import { PlugbayError } from "../errors.ts";

/** The schema for plugbay's tables does not exist. */
export class SchemaMissingError extends PlugbayError {
  static override readonly errorName = "SchemaMissingError";
  override readonly name = SchemaMissingError.errorName;
  readonly code = "SCHEMA_MISSING";
  readonly kind = "unavailable";
  /** The name of the database schema. */
  readonly schema: string;
  constructor(schema: string, cause: unknown) {
    super(
      `the database has no schema ${preview(schema)} for plugbay's tables; create it with "create schema", ` +
        `then run the migrations again`,
      { cause },
    );
    this.schema = schema;
  }
}

/** plugbay's tables are missing or older than this version needs. */
export class MigrationRequiredError extends PlugbayError {
  static override readonly errorName = "MigrationRequiredError";
  override readonly name = MigrationRequiredError.errorName;
  readonly code = "MIGRATION_REQUIRED";
  readonly kind = "unavailable";
  /** The names of the migrations that are still to be applied. */
  readonly pending: readonly string[];
  constructor(pending: readonly string[], cause?: unknown) {
    super(
      `the database lacks plugbay's ${pending.length === 1 ? "migration" : "migrations"} ${pending.join(", ")}; ` +
        `run "npx plugbay migrate" or open with { migrate: true }`,
      { cause },
    );
    this.pending = pending;
  }
}

/** The database has migrations that this version of plugbay does not know, and that it cannot work with. */
export class NewerDatabaseError extends PlugbayError {
  static override readonly errorName = "NewerDatabaseError";
  override readonly name = NewerDatabaseError.errorName;
  readonly code = "NEWER_DATABASE";
  readonly kind = "unavailable";
  /** The migrations that are in the way; others that are unknown do no harm, and are not among them. */
  readonly unknown: readonly string[];
  constructor(unknown: readonly string[]) {
    super(
      `the database was migrated by a newer version of plugbay (${unknown.join(", ")}), ` +
        `in a way that this version cannot work with; upgrade plugbay in this application`,
    );
    this.unknown = unknown;
  }
}

/**
 * The migrations could not be applied for 5 minutes: another process was migrating, or another transaction kept
 * plugbay's tables locked. It may be tried again.
 */
export class MigrationBlockedError extends PlugbayError {
  static override readonly errorName = "MigrationBlockedError";
  override readonly name = MigrationBlockedError.errorName;
  readonly code = "MIGRATION_BLOCKED";
  readonly kind = "unavailable";
  /** The database, without its password. */
  readonly database: string;
  /** How long it was waited for, in milliseconds. */
  readonly timeoutMs: number;
  constructor(database: string, timeoutMs: number, cause: unknown) {
    const what =
      cause === undefined
        ? "another process has been migrating plugbay's tables"
        : "another transaction has kept plugbay's tables locked";
    super(
      `the ${database} could not be migrated: ${what} for over ${timeoutMs / 60_000} minutes; ` +
        `find out which one, then try again`,
      { cause },
    );
    this.database = database;
    this.timeoutMs = timeoutMs;
  }
}
