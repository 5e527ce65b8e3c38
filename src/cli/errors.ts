import { PlugbayError } from "../errors.ts";

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

/** More than one thing goes by the name that was given. */
export class AmbiguousError extends PlugbayError {
  override readonly name = "AmbiguousError";
  readonly code = "AMBIGUOUS";
}
