import { PlugbayError } from "../errors.ts";
import { messageOf } from "../thrown.ts";

/** The section `serve` of the config asks for what does not exist, or lacks what is needed. */
export class ServeConfigError extends PlugbayError {
  static override readonly errorName = "ServeConfigError";
  override readonly name = ServeConfigError.errorName;
  readonly code = "SERVE_CONFIG";
  readonly kind = "invalid";
}

/** A package that only some commands need is not installed; the message has the command that installs it. */
export class PackageMissingError extends PlugbayError {
  static override readonly errorName = "PackageMissingError";
  override readonly name = PackageMissingError.errorName;
  readonly code = "PACKAGE_MISSING";
  readonly kind = "invalid";
  constructor(name: string, need: string, install: string) {
    super(`${need} needs the package "${name}", which is not installed; run: ${install}`);
  }
}

/** A package that only some commands need is installed in a version that they cannot use. */
export class PackageVersionError extends PlugbayError {
  static override readonly errorName = "PackageVersionError";
  override readonly name = PackageVersionError.errorName;
  readonly code = "PACKAGE_VERSION";
  readonly kind = "invalid";
  constructor(name: string, version: string, need: string, install: string) {
    super(`${need} cannot use version ${version} of the package "${name}"; run: ${install}`);
  }
}

/** Nothing can listen where the command was told to. */
export class ListenError extends PlugbayError {
  static override readonly errorName = "ListenError";
  override readonly name = ListenError.errorName;
  readonly code = "LISTEN";
  readonly kind = "failed";
  constructor(host: string, port: number, cause: unknown) {
    super(
      `cannot listen on ${host}, port ${port}: ${messageOf(cause)}; choose another one with --port or --host`,
      {
        cause,
      },
    );
  }
}

/** The tables of the panel's users are missing or older than this version needs. */
export class UserTablesError extends PlugbayError {
  static override readonly errorName = "UserTablesError";
  override readonly name = UserTablesError.errorName;
  readonly code = "MIGRATION_REQUIRED";
  readonly kind = "unavailable";
  constructor(command: string) {
    super(
      `the database lacks tables of the panel's users; run "npx plugbay ${command} --migrate", or ` +
        `"npx plugbay migrate" with a section "serve" in the config`,
    );
  }
}

/** Somebody with this e-mail address is a user already. */
export class UserExistsError extends PlugbayError {
  static override readonly errorName = "UserExistsError";
  override readonly name = UserExistsError.errorName;
  readonly code = "USER_EXISTS";
  readonly kind = "conflict";
  constructor(email: string) {
    super(`${email} is a user already; see: plugbay user list`);
  }
}

/** Nobody with this e-mail address is a user. */
export class UserNotFoundError extends PlugbayError {
  static override readonly errorName = "UserNotFoundError";
  override readonly name = UserNotFoundError.errorName;
  readonly code = "USER_NOT_FOUND";
  readonly kind = "not-found";
  constructor(email: string) {
    super(`no user has the address "${email}"; see: plugbay user list`);
  }
}
