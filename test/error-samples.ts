import { definePluginType, type ErrorKind, type PlugbayError } from "plugbay";
import * as calling from "../src/calling/errors.ts";
import * as cli from "../src/cli/errors.ts";
import * as config from "../src/control/config/config-errors.ts";
import * as django from "../src/control/django/errors.ts";
import * as control from "../src/control/errors.ts";
import * as itemsFile from "../src/control/files/errors.ts";
import * as definition from "../src/definition/errors.ts";
import type { PluginItem } from "../src/definition/plugin-item.ts";
import * as instances from "../src/instances/errors.ts";
import * as telemetry from "../src/opentelemetry/errors.ts";
import * as registry from "../src/registry/errors.ts";
import * as secrets from "../src/secrets/errors.ts";
import * as selection from "../src/selection/errors.ts";
import * as serve from "../src/serve/errors.ts";
import * as serving from "../src/serving/errors.ts";
import * as djangoTables from "../src/store/django/errors.ts";
import * as store from "../src/store/errors.ts";
import * as migration from "../src/store/migration-errors.ts";

const token = definePluginType<{ send(): void }>({
  ...{ name: "otp", manager: "app" },
  methods: { send: "required" },
});
const type = { manager: "app", name: "otp" };
const item = { id: "1", type, module: "app", name: "sms", label: "", version: 1 } as PluginItem;
const cause = new Error("because");

type Sample = readonly [error: PlugbayError, code: string, kind: ErrorKind];

/** One of every class, with the code and the kind that it is published with. */
export const makeSamples = (): readonly Sample[] => [
  [new definition.InvalidNameError("name", "", "is empty"), "INVALID_NAME", "invalid"],
  [new definition.InvalidPriorityError("it", 1e9), "INVALID_PRIORITY", "invalid"],
  [new definition.InvalidStatusError("it", "on"), "INVALID_STATUS", "invalid"],
  [new definition.InvalidDefinitionError("it", "is none"), "INVALID_DEFINITION", "invalid"],
  [new definition.InvalidOptionError("limit", 0, "one at least"), "INVALID_OPTION", "invalid"],
  [new definition.UnknownOptionError("run", "timeout", ["timeoutMs"]), "UNKNOWN_OPTION", "invalid"],
  [new definition.InvalidTokenError("otp", "no plugin type"), "INVALID_TOKEN", "invalid"],
  [new definition.NoMethodsError(type), "NO_METHODS", "invalid"],
  [new definition.MissingMethodError(type, item, ["send"], "it"), "MISSING_METHOD", "invalid"],
  [new definition.InterfaceNotExtendedError(type, item, "A", "B"), "INTERFACE_NOT_EXTENDED", "invalid"],
  [new secrets.InvalidKeysError("is none"), "INVALID_KEYS", "invalid"],
  [new secrets.NoKeyError(), "NO_KEY", "conflict"],
  [new secrets.UnreadableSecretError("token", "is none"), "UNREADABLE_SECRET", "failed"],
  [new registry.DuplicateTypeError(type), "DUPLICATE_TYPE", "invalid"],
  [new registry.DuplicatePluginError(type, item), "DUPLICATE_PLUGIN", "invalid"],
  [new registry.SelectorMismatchError(token), "SELECTOR_MISMATCH", "invalid"],
  [new registry.UnknownTypeError(type), "UNKNOWN_TYPE", "not-found"],
  [new store.DriverMissingError("pg", "npm install pg", cause), "DRIVER_MISSING", "invalid"],
  [new telemetry.TelemetryApiMissingError(cause), "TELEMETRY_API_MISSING", "invalid"],
  [new store.DatabaseUnavailableError("it", cause), "DATABASE_UNAVAILABLE", "unavailable"],
  [new store.DatabaseReplacedError("it", "emptied", []), "DATABASE_REPLACED", "unavailable"],
  [new store.WriteOutcomeUnknownError("it", undefined, cause), "WRITE_OUTCOME_UNKNOWN", "unavailable"],
  [new store.KeyReusedError("key", 2), "KEY_REUSED", "conflict"],
  [new store.DatabaseSettingError("it", "mode", "is off"), "DATABASE_SETTING", "unavailable"],
  [new store.DatabaseForbiddenError("it", "writer", cause), "DATABASE_FORBIDDEN", "forbidden"],
  [new store.DatabaseFailedError("it", cause), "DATABASE_FAILED", "failed"],
  [new store.TooManyConnectionsError("it", cause), "TOO_MANY_CONNECTIONS", "unavailable"],
  [new store.NoConnectionError("it", 5_000), "NO_CONNECTION", "unavailable"],
  [new store.TransactionUnusableError("it is over", cause), "TRANSACTION_UNUSABLE", "invalid"],
  [new store.WriteBlockedError("it", cause), "WRITE_BLOCKED", "unavailable"],
  [new store.WriteRefusedError("it", cause), "WRITE_REFUSED", "unavailable"],
  [new store.RevisionUnreadableError("x"), "REVISION_UNREADABLE", "failed"],
  [new store.ClosedError(), "CLOSED", "unavailable"],
  [new migration.SchemaMissingError("plugins", cause), "SCHEMA_MISSING", "unavailable"],
  [new migration.MigrationBlockedError("it", 300_000, cause), "MIGRATION_BLOCKED", "unavailable"],
  [new migration.MigrationRequiredError(["1"]), "MIGRATION_REQUIRED", "unavailable"],
  [new migration.NewerDatabaseError(["9"]), "NEWER_DATABASE", "unavailable"],
  [new selection.SelectorError(type, "threw"), "SELECTOR_FAILED", "failed"],
  [new serving.NoPluginAvailableError(type, []), "NO_PLUGIN_AVAILABLE", "unavailable"],
  [new instances.PluginFailedError(type, item, "threw"), "PLUGIN_FAILED", "failed"],
  [new instances.MisconfiguredError(type, item, []), "PLUGIN_MISCONFIGURED", "failed"],
  [new instances.HealthCheckFailedError(type, item, cause), "HEALTH_CHECK_FAILED", "failed"],
  [new calling.AllPluginsFailedError(type, []), "ALL_PLUGINS_FAILED", "failed"],
  [new instances.SchemaTimeoutError(item, 1), "SCHEMA_TIMEOUT", "timeout"],
  [new instances.CheckTimeoutError(1), "CHECK_TIMEOUT", "timeout"],
  [new calling.RunTimeoutError(item, "timeoutMs", 1), "RUN_TIMEOUT", "timeout"],
  [new calling.OutcomeUnknownError(type, item, "pb1_x", cause), "OUTCOME_UNKNOWN", "failed"],
  [new calling.MethodNotImplementedError(type, item, "sendOtp"), "METHOD_NOT_IMPLEMENTED", "failed"],
  [new calling.InvalidReceiptError("x", "malformed"), "INVALID_RECEIPT", "invalid"],
  [new control.ItemNotFoundError(["1"]), "ITEM_NOT_FOUND", "not-found"],
  [new control.TypeNotFoundError("1"), "TYPE_NOT_FOUND", "not-found"],
  [new control.EntryNotFoundError(1, 0), "ENTRY_NOT_FOUND", "not-found"],
  [new control.ForbiddenError("reading only"), "FORBIDDEN", "forbidden"],
  [new control.ReasonRequiredError(), "REASON_REQUIRED", "invalid"],
  [new control.ConflictError([item], 2), "CONFLICT", "conflict"],
  [new control.PurgeBlockedError(["1"], cause), "PURGE_BLOCKED", "conflict"],
  [new control.LabelTakenError(item, "eu", { id: "1", retiredAt: null }), "LABEL_TAKEN", "conflict"],
  [new control.ManagedByFileError([item]), "MANAGED_BY_FILE", "conflict"],
  [new control.NotRevertibleError(item, "it is gone"), "NOT_REVERTIBLE", "conflict"],
  [new config.InvalidConfigError(item, []), "INVALID_CONFIG", "invalid"],
  [new registry.UnknownPluginError(type, item), "UNKNOWN_PLUGIN", "not-found"],
  [new config.NotConfigurableError(type, item), "NOT_CONFIGURABLE", "conflict"],
  [new config.NotCheckableError(type, item), "NOT_CHECKABLE", "conflict"],
  [new itemsFile.InvalidDocumentError([]), "INVALID_DOCUMENT", "invalid"],
  [new djangoTables.DjangoTablesMissingError("it", ["a"], "look"), "DJANGO_TABLES_MISSING", "invalid"],
  [new django.InvalidDjangoDataError("it", ["no"]), "INVALID_DJANGO_DATA", "invalid"],
  [new django.DjangoIdConflictError(["no"]), "DJANGO_ID_CONFLICT", "conflict"],
  [new cli.UsageError("no"), "USAGE", "invalid"],
  [new cli.ConfigError("no"), "CONFIG", "invalid"],
  [new cli.NotFoundError("no"), "NOT_FOUND", "not-found"],
  [new cli.AmbiguousError("no"), "AMBIGUOUS", "invalid"],
  [new cli.InstallError("no"), "INSTALL_FAILED", "failed"],
  [new serve.PackageMissingError("hono", "it", "npm install hono"), "PACKAGE_MISSING", "invalid"],
  [new serve.PackageVersionError("hono", "1", "it", "npm install hono"), "PACKAGE_VERSION", "invalid"],
  [new serve.ListenError("localhost", 1, cause), "LISTEN", "failed"],
  [new serve.UserTablesError("user"), "MIGRATION_REQUIRED", "unavailable"],
  [new serve.UserExistsError("ada@example.com"), "USER_EXISTS", "conflict"],
  [new serve.UserNotFoundError("ada@example.com"), "USER_NOT_FOUND", "not-found"],
  [new serve.ServeConfigError("no"), "SERVE_CONFIG", "invalid"],
];

export const samples = makeSamples();
