import { PlugbayError } from "../errors.ts";
import { messageOf } from "../thrown.ts";

/** The command was called in a way that makes no sense. */
export class UsageError extends PlugbayError {
  static override readonly kind = "UsageError";
  override readonly name = UsageError.kind;
  readonly code = "USAGE";
}

/** The config file is missing, does not load, or does not export a config. */
export class ConfigError extends PlugbayError {
  static override readonly kind = "ConfigError";
  override readonly name = ConfigError.kind;
  readonly code = "CONFIG";
}

/** Nothing goes by the name that was given. */
export class NotFoundError extends PlugbayError {
  static override readonly kind = "NotFoundError";
  override readonly name = NotFoundError.kind;
  readonly code = "NOT_FOUND";
}

/** A package that only some commands need is not installed; the message has the command that installs it. */
export class PackageMissingError extends PlugbayError {
  static override readonly kind = "PackageMissingError";
  override readonly name = PackageMissingError.kind;
  readonly code = "PACKAGE_MISSING";
  constructor(name: string, need: string, install: string) {
    super(`${need} needs the package "${name}", which is not installed; run: ${install}`);
  }
}

/** A package that only some commands need is installed in a version that they cannot use. */
export class PackageVersionError extends PlugbayError {
  static override readonly kind = "PackageVersionError";
  override readonly name = PackageVersionError.kind;
  readonly code = "PACKAGE_VERSION";
  constructor(name: string, version: string, need: string, install: string) {
    super(`${need} cannot use version ${version} of the package "${name}"; run: ${install}`);
  }
}

/** Nothing can listen where the command was told to. */
export class ListenError extends PlugbayError {
  static override readonly kind = "ListenError";
  override readonly name = ListenError.kind;
  readonly code = "LISTEN";
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
  static override readonly kind = "UserTablesError";
  override readonly name = UserTablesError.kind;
  readonly code = "MIGRATION_REQUIRED";
  constructor(command: string) {
    super(
      `the database lacks tables of the panel's users; run "npx plugbay ${command} --migrate", or ` +
        `"npx plugbay migrate" with a section "serve" in the config`,
    );
  }
}

/** Somebody with this e-mail address is a user already. */
export class UserExistsError extends PlugbayError {
  static override readonly kind = "UserExistsError";
  override readonly name = UserExistsError.kind;
  readonly code = "USER_EXISTS";
  constructor(email: string) {
    super(`${email} is a user already; see: plugbay user list`);
  }
}

/** More than one thing goes by the name that was given. */
export class AmbiguousError extends PlugbayError {
  static override readonly kind = "AmbiguousError";
  override readonly name = AmbiguousError.kind;
  readonly code = "AMBIGUOUS";
}
