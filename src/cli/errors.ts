import { PlugbayError } from "../errors.ts";
import { messageOf } from "../thrown.ts";

/** The command was called in a way that makes no sense. */
export class UsageError extends PlugbayError {
  override readonly name = "UsageError";
  readonly code = "USAGE";
}

/** The config file is missing, does not load, or does not export a config. */
export class ConfigError extends PlugbayError {
  override readonly name = "ConfigError";
  readonly code = "CONFIG";
}

/** Nothing goes by the name that was given. */
export class NotFoundError extends PlugbayError {
  override readonly name = "NotFoundError";
  readonly code = "NOT_FOUND";
}

/** A package that only some commands need is not installed; the message has the command that installs it. */
export class PackageMissingError extends PlugbayError {
  override readonly name = "PackageMissingError";
  readonly code = "PACKAGE_MISSING";
  constructor(name: string, need: string, install: string) {
    super(`${need} needs the package "${name}", which is not installed; run: ${install}`);
  }
}

/** A package that only some commands need is installed in a version that they cannot use. */
export class PackageVersionError extends PlugbayError {
  override readonly name = "PackageVersionError";
  readonly code = "PACKAGE_VERSION";
  constructor(name: string, version: string, need: string, install: string) {
    super(`${need} cannot use version ${version} of the package "${name}"; run: ${install}`);
  }
}

/** Nothing can listen where the command was told to. */
export class ListenError extends PlugbayError {
  override readonly name = "ListenError";
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
  override readonly name = "UserTablesError";
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
  override readonly name = "UserExistsError";
  readonly code = "USER_EXISTS";
  constructor(email: string) {
    super(`${email} is a user already; see: plugbay user list`);
  }
}

/** More than one thing goes by the name that was given. */
export class AmbiguousError extends PlugbayError {
  override readonly name = "AmbiguousError";
  readonly code = "AMBIGUOUS";
}
