import { preview } from "../definition/describe.ts";
import { PlugbayError } from "../errors.ts";
import { messageOf } from "../thrown.ts";

/** A database driver is not installed; the message has the command that installs it. */
export class DriverMissingError extends PlugbayError {
  static override readonly errorName = "DriverMissingError";
  override readonly name = DriverMissingError.errorName;
  readonly code = "DRIVER_MISSING";
  readonly kind = "invalid";
  readonly driver: string;
  readonly install: string;
  constructor(driver: string, install: string, cause: unknown) {
    super(`the database driver "${driver}" is not installed; run: ${install}`, { cause });
    this.driver = driver;
    this.install = install;
  }
}

/** The database cannot be opened or does not answer. */
export class DatabaseUnavailableError extends PlugbayError {
  static override readonly errorName = "DatabaseUnavailableError";
  override readonly name = DatabaseUnavailableError.errorName;
  readonly code = "DATABASE_UNAVAILABLE";
  readonly kind = "unavailable";
  readonly database: string;
  constructor(database: string, cause: unknown, tried?: string) {
    super(`${database} is not available: ${messageOf(cause)}${tried ? `; ${tried}` : ""}`, { cause });
    this.database = database;
  }
}

/**
 * None of the connections that the application handed in became free in time. Nothing was done, and nothing will
 * be when one does.
 */
export class NoConnectionError extends PlugbayError {
  static override readonly errorName = "NoConnectionError";
  override readonly name = NoConnectionError.errorName;
  readonly code = "NO_CONNECTION";
  readonly kind = "unavailable";
  readonly database: string;
  /** How long it was waited for. */
  readonly timeoutMs: number;
  constructor(database: string, timeoutMs: number) {
    super(
      `no connection to the ${database} became free within ${timeoutMs / 1_000} s, so nothing was done; ` +
        `a call made inside a transaction of the application waits for that transaction's own connection: ` +
        `make it before or after, or use plugbay.control.in(transaction); otherwise give the pool more ` +
        `connections, or see whether the database answers`,
    );
    this.database = database;
    this.timeoutMs = timeoutMs;
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

/** Another transaction kept plugbay's tables locked for too long. Nothing was changed. */
export class WriteBlockedError extends PlugbayError {
  static override readonly errorName = "WriteBlockedError";
  override readonly name = WriteBlockedError.errorName;
  readonly code = "WRITE_BLOCKED";
  readonly kind = "unavailable";
  readonly database: string;
  constructor(database: string, cause: unknown) {
    super(
      `nothing was changed in the ${database}: another transaction has kept plugbay's tables locked for too long; ` +
        `a change made inside a transaction of the application must go through plugbay.control.in(transaction)`,
      { cause },
    );
    this.database = database;
  }
}

/** A setting of the database, or of the connections to it, with which plugbay cannot work; the message says what to set. */
export class DatabaseSettingError extends PlugbayError {
  static override readonly errorName = "DatabaseSettingError";
  override readonly name = DatabaseSettingError.errorName;
  readonly code = "DATABASE_SETTING";
  readonly kind = "unavailable";
  readonly database: string;
  /** The setting's name, as the database has it. */
  readonly setting: string;
  constructor(database: string, setting: string, problem: string, cause?: unknown) {
    super(`${database} has the wrong ${setting}: ${problem}`, { cause });
    this.database = database;
    this.setting = setting;
  }
}

/** The database answers, but takes no changes: it is full or may only be read. Nothing was changed. */
export class WriteRefusedError extends PlugbayError {
  static override readonly errorName = "WriteRefusedError";
  override readonly name = WriteRefusedError.errorName;
  readonly code = "WRITE_REFUSED";
  readonly kind = "unavailable";
  readonly database: string;
  constructor(database: string, cause: unknown) {
    super(
      `${database} takes no changes (${messageOf(cause)}), and nothing was changed; ` +
        `see that it has space and may be written to`,
      { cause },
    );
    this.database = database;
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
      `the namespace's revision, in the table that ends in "revision", is ${preview(value)}, which is no integer ` +
        `from 0 to ${Number.MAX_SAFE_INTEGER - 1}; set it to the highest one of the namespace's history`,
    );
    this.value = value;
  }
}
