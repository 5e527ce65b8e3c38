import { preview } from "../definition/describe.ts";
import { PlugbayError } from "../errors.ts";
import { messageOf } from "../thrown.ts";
import { DatabaseError } from "./database-error.ts";

/** A database driver is not installed; the message has the command that installs it. */
export class DriverMissingError extends PlugbayError {
  static override readonly errorName = "DriverMissingError";
  override readonly name = DriverMissingError.errorName;
  readonly code = "DRIVER_MISSING";
  readonly kind = "invalid";
  /** The package that is missing. */
  readonly driver: string;
  /** The command that installs it. */
  readonly install: string;
  constructor(driver: string, install: string, cause: unknown) {
    super(`the database driver "${driver}" is not installed; run: ${install}`, { cause });
    this.driver = driver;
    this.install = install;
  }
}

/** The database cannot be reached: nothing answers, or there is none. An answer that says what is wrong is another error. */
export class DatabaseUnavailableError extends DatabaseError {
  static override readonly errorName = "DatabaseUnavailableError";
  override readonly name = DatabaseUnavailableError.errorName;
  readonly code = "DATABASE_UNAVAILABLE";
  readonly kind = "unavailable";
  constructor(database: string, cause: unknown, tried?: string) {
    super(database, `${database} is not available: ${messageOf(cause)}${tried ? `; ${tried}` : ""}`, {
      cause,
    });
  }
}

/**
 * What became of the database: `missing`, there is none, or it has no tables of plugbay; `emptied`, its rows are gone,
 * and its history does not say why; `replaced`, another one is in its place; `deleted`, its file was.
 */
export type DatabaseLoss = "missing" | "emptied" | "replaced" | "deleted";

const losses: Readonly<Record<DatabaseLoss, string>> = {
  missing: "it does not exist, or no longer has plugbay's tables",
  emptied: "its rows are gone, and its history has no record of their removal",
  replaced: "it is another database, or was created again",
  deleted: "its file was deleted",
};

/**
 * The database is not the one that this process serves from. That is never taken for what an operator decided: the last
 * snapshot serves on, nothing is written, and the snapshot file is left as it is. When the right database is back, this
 * process follows it again.
 *
 * @example
 * plugbay.on("stale", ({ cause }) => {
 *   if (cause instanceof DatabaseReplacedError) page(`the database was ${cause.found}`);
 * });
 */
export class DatabaseReplacedError extends DatabaseError {
  static override readonly errorName = "DatabaseReplacedError";
  override readonly name = DatabaseReplacedError.errorName;
  readonly code = "DATABASE_REPLACED";
  readonly kind = "unavailable";
  /** What became of the database. */
  readonly found: DatabaseLoss;
  constructor(database: string, found: DatabaseLoss, snapshotFiles: readonly string[]) {
    const files = snapshotFiles.map((file) => `"${file}"`).join(" and ");
    const wayOut = files === "" ? "restart" : `delete the snapshot file ${files} and restart`;
    super(
      database,
      `${database} is not the one that plugbay serves from: ${losses[found]}. The last snapshot keeps serving, and nothing ` +
        `is written. Bring the right database back; or, if this is intended, ${wayOut} every process that serves from it`,
    );
    this.found = found;
  }
}

/**
 * None of the connections that the application handed in became free in time. Nothing was done, and nothing will
 * be when one does.
 */
export class NoConnectionError extends DatabaseError {
  static override readonly errorName = "NoConnectionError";
  override readonly name = NoConnectionError.errorName;
  readonly code = "NO_CONNECTION";
  readonly kind = "unavailable";
  /** How long it was waited for, in milliseconds. */
  readonly timeoutMs: number;
  constructor(database: string, timeoutMs: number) {
    super(
      database,
      `no connection to the ${database} became free within ${timeoutMs / 1_000} s, so nothing was done; ` +
        `a call made inside a transaction of the application waits for that transaction's own connection: ` +
        `make it before or after, or use plugbay.control.in(transaction); otherwise give the pool more ` +
        `connections, or check whether the database answers`,
    );
    this.timeoutMs = timeoutMs;
  }
}

/** The database's server has as many connections as it takes, or as it allows to one user. Nothing was done. */
export class TooManyConnectionsError extends DatabaseError {
  static override readonly errorName = "TooManyConnectionsError";
  override readonly name = TooManyConnectionsError.errorName;
  readonly code = "TOO_MANY_CONNECTIONS";
  readonly kind = "unavailable";
  constructor(database: string, cause: unknown) {
    super(
      database,
      `${database} takes no more connections (${messageOf(cause)}), so nothing was done; ` +
        `raise the server's limit, or let processes use fewer`,
      { cause },
    );
  }
}

/** Whose rights an operation needs: each has those of the one before. */
export type DatabaseUser = "reader" | "writer" | "migrator";

/**
 * The database answers, but its user may not do this: the user is not let in (`login`), or lacks a right. Nothing
 * was changed. docs/database.md lists the rights of each sort of user.
 */
export class DatabaseForbiddenError extends DatabaseError {
  static override readonly errorName = "DatabaseForbiddenError";
  override readonly name = DatabaseForbiddenError.errorName;
  readonly code = "DATABASE_FORBIDDEN";
  readonly kind = "forbidden";
  /** Whose rights would do. */
  readonly needs: DatabaseUser | "login";
  constructor(database: string, needs: DatabaseUser | "login", cause: unknown) {
    const remedy =
      needs === "login"
        ? `it rejects this user; correct the user or the password`
        : `this needs the rights of a ${needs}, which docs/database.md lists under "Rights"`;
    super(database, `${database} refuses this (${messageOf(cause)}), and nothing was changed: ${remedy}`, {
      cause,
    });
    this.needs = needs;
  }
}

/** The database answered with an error that plugbay does not know how to mend; `cause` is the driver's error. */
export class DatabaseFailedError extends DatabaseError {
  static override readonly errorName = "DatabaseFailedError";
  override readonly name = DatabaseFailedError.errorName;
  readonly code = "DATABASE_FAILED";
  readonly kind = "failed";
  constructor(database: string, cause: unknown) {
    super(database, `${database} answered with an error: ${messageOf(cause)}`, { cause });
  }
}

/** The transaction that was handed to `control.in` cannot be used. Nothing was changed. */
export class TransactionUnusableError extends PlugbayError {
  static override readonly errorName = "TransactionUnusableError";
  override readonly name = TransactionUnusableError.errorName;
  readonly code = "TRANSACTION_UNUSABLE";
  readonly kind = "invalid";
  constructor(problem: string, cause: unknown) {
    super(`the transaction handed to control.in cannot be used: ${problem}`, { cause });
  }
}

/**
 * Another transaction kept plugbay's tables locked for too long: for 30 s, or for as long as the server lets a
 * statement wait, where that is less. Or the change was repeated for 30 s, and each time the database refused it as in
 * conflict with others. Nothing was changed; it may be tried again. `cause` has the database's own words.
 */
export class WriteBlockedError extends DatabaseError {
  static override readonly errorName = "WriteBlockedError";
  override readonly name = WriteBlockedError.errorName;
  readonly code = "WRITE_BLOCKED";
  readonly kind = "unavailable";
  /** `reason` is absent where a lock did not come. */
  constructor(database: string, cause: unknown, reason?: string) {
    super(
      database,
      reason === undefined
        ? `nothing was changed in the ${database}: another transaction has kept plugbay's tables locked for too long ` +
            `(${messageOf(cause)}); try again; a change made inside a transaction of the application must go through plugbay.control.in(transaction)`
        : `nothing was changed in the ${database}: ${reason} (${messageOf(cause)}); try again`,
      { cause },
    );
  }
}

/**
 * The connection was lost while a change was being committed, and afterwards the database could not be asked whether it
 * was. `cause` is what became of the connection.
 *
 * @example
 * try { await plugbay.control.bulk(ids, "raise", { actor: "alice", key }) } catch (error) {
 *   if (error instanceof WriteOutcomeUnknownError) later(() => plugbay.control.bulk(ids, "raise", { actor: "alice", key }));
 * }
 */
export class WriteOutcomeUnknownError extends DatabaseError {
  static override readonly errorName = "WriteOutcomeUnknownError";
  override readonly name = WriteOutcomeUnknownError.errorName;
  readonly code = "WRITE_OUTCOME_UNKNOWN";
  readonly kind = "unavailable";
  /** The key under which the change can be asked for again; undefined where none was given. */
  readonly key: string | undefined;
  constructor(database: string, key: string | undefined, cause: unknown) {
    const advice =
      key === undefined
        ? "check whether it was before you make it again; with the option `key`, repeating it is safe"
        : "make it again with the same key: a change is never made twice under one key";
    super(
      database,
      `it is unknown whether the change was made in the ${database}, which was lost while it committed ` +
        `(${messageOf(cause)}): ${advice}`,
      { cause },
    );
    this.key = key;
  }
}

/** A key was given to a change that another change was made under before. Nothing was changed. */
export class KeyReusedError extends PlugbayError {
  static override readonly errorName = "KeyReusedError";
  override readonly name = KeyReusedError.errorName;
  readonly code = "KEY_REUSED";
  readonly kind = "conflict";
  /** The key that was given. */
  readonly key: string;
  /** At which the other change was made. */
  readonly revision: number;
  constructor(key: string, revision: number) {
    super(
      `nothing was changed: the key "${key}" belongs to another change, made at revision ${revision}; ` +
        `a key is for one change and its repetitions, so use a new one`,
    );
    this.key = key;
    this.revision = revision;
  }
}

/** A setting of the database, or of the connections to it, with which plugbay cannot work; the message says what to set. */
export class DatabaseSettingError extends DatabaseError {
  static override readonly errorName = "DatabaseSettingError";
  override readonly name = DatabaseSettingError.errorName;
  readonly code = "DATABASE_SETTING";
  readonly kind = "unavailable";
  /** The setting's name, as the database has it. */
  readonly setting: string;
  constructor(database: string, setting: string, problem: string, cause?: unknown) {
    super(database, `${database} has the wrong ${setting}: ${problem}`, { cause });
    this.setting = setting;
  }
}

/** The database answers, but takes no changes: it is full or may only be read. Nothing was changed. */
export class WriteRefusedError extends DatabaseError {
  static override readonly errorName = "WriteRefusedError";
  override readonly name = WriteRefusedError.errorName;
  readonly code = "WRITE_REFUSED";
  readonly kind = "unavailable";
  constructor(database: string, cause: unknown) {
    super(
      database,
      `${database} takes no changes (${messageOf(cause)}), and nothing was changed; ` +
        `check that it has space and may be written to`,
      { cause },
    );
  }
}

/** The Plugbay was closed. */
export class ClosedError extends PlugbayError {
  static override readonly errorName = "ClosedError";
  override readonly name = ClosedError.errorName;
  readonly code = "CLOSED";
  readonly kind = "unavailable";
  constructor() {
    super("this Plugbay is closed; open a new one with openPlugbay");
  }
}

/** The namespace's revision was edited by hand into no integer, or one that no number holds exactly. */
export class RevisionUnreadableError extends PlugbayError {
  static override readonly errorName = "RevisionUnreadableError";
  override readonly name = RevisionUnreadableError.errorName;
  readonly code = "REVISION_UNREADABLE";
  readonly kind = "failed";
  /** What the column has. */
  readonly value: unknown;
  constructor(value: unknown) {
    super(
      `the namespace's revision, in the table that ends in "revision", is ${preview(value)}, which is not an integer ` +
        `from 0 to ${Number.MAX_SAFE_INTEGER - 1}; set it to the highest one of the namespace's history`,
    );
    this.value = value;
  }
}
