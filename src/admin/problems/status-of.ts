import type { PlugbayError } from "../../errors.ts";

/** The codes of errors that a request may cause, or that may come over one, and what they are in HTTP. */
const statuses: Readonly<Record<string, number>> = {
  INVALID_NAME: 400,
  INVALID_PRIORITY: 400,
  INVALID_STATUS: 400,
  INVALID_OPTION: 400,
  INVALID_CONFIG: 400,
  FORBIDDEN: 403,
  ITEM_NOT_FOUND: 404,
  TYPE_NOT_FOUND: 404,
  ENTRY_NOT_FOUND: 404,
  UNKNOWN_TYPE: 404,
  UNKNOWN_PLUGIN: 404,
  CONFLICT: 409,
  LABEL_TAKEN: 409,
  MANAGED_BY_FILE: 409,
  NOT_CHECKABLE: 409,
  NOT_CONFIGURABLE: 409,
  NOT_REVERTIBLE: 409,
  NO_KEY: 409,
  PURGE_BLOCKED: 409,
  NO_PLUGIN_AVAILABLE: 409,
  SELECTOR_FAILED: 409,
  SCHEMA_TIMEOUT: 503,
  CLOSED: 503,
  DATABASE_SETTING: 503,
  DATABASE_UNAVAILABLE: 503,
  WRITE_REFUSED: 503,
  WRITE_BLOCKED: 503,
  NO_CONNECTION: 503,
  MIGRATION_REQUIRED: 503,
  NEWER_DATABASE: 503,
  SCHEMA_MISSING: 503,
  DRIVER_MISSING: 503,
};

/** 500 for what only code can have caused. */
export const statusOf = ({ code }: PlugbayError): number => statuses[code] ?? 500;
