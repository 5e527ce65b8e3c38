export { TelemetryApiMissingError } from "./errors.ts";
export { type Instrumentation, type InstrumentOptions, instrument } from "./instrument.ts";
