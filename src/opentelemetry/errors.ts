import { PlugbayError } from "../errors.ts";

/** `instrument` needs the package `@opentelemetry/api`, which is not installed. */
export class TelemetryApiMissingError extends PlugbayError {
  static override readonly errorName = "TelemetryApiMissingError";
  override readonly name = TelemetryApiMissingError.errorName;
  readonly code = "TELEMETRY_API_MISSING";
  readonly kind = "invalid";
  /** The command that installs it. */
  readonly install = "npm install @opentelemetry/api";
  constructor(cause: unknown) {
    super(`the package "@opentelemetry/api" is not installed; run: npm install @opentelemetry/api`, {
      cause,
    });
  }
}
