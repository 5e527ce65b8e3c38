import { PlugbayError } from "../errors.ts";

/** The command was called in a way that makes no sense. */
export class UsageError extends PlugbayError {
  static override readonly errorName = "UsageError";
  override readonly name = UsageError.errorName;
  readonly code = "USAGE";
  readonly kind = "invalid";
}

/** The config file is missing, does not load, or does not export a config. */
export class ConfigError extends PlugbayError {
  static override readonly errorName = "ConfigError";
  override readonly name = ConfigError.errorName;
  readonly code = "CONFIG";
  readonly kind = "invalid";
}

/** Nothing has the name that was given. */
export class NotFoundError extends PlugbayError {
  static override readonly errorName = "NotFoundError";
  override readonly name = NotFoundError.errorName;
  readonly code = "NOT_FOUND";
  readonly kind = "not-found";
}

/** More than one thing has the name that was given. */
export class AmbiguousError extends PlugbayError {
  static override readonly errorName = "AmbiguousError";
  override readonly name = AmbiguousError.errorName;
  readonly code = "AMBIGUOUS";
  readonly kind = "invalid";
}

/** The package manager could not install what the new files need. */
export class InstallError extends PlugbayError {
  static override readonly errorName = "InstallError";
  override readonly name = InstallError.errorName;
  readonly code = "INSTALL_FAILED";
  readonly kind = "failed";
}
