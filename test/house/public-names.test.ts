import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { exportsOf, source } from "./source-files.ts";

const { exports } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
  exports: Record<string, string | { default: string }>;
};

/** The entry points of the package, and the source file of each. */
const entries = Object.entries(exports).flatMap(([entry, target]) =>
  typeof target === "string"
    ? []
    : [{ entry, file: target.default.replace(/^\.\/dist\/(.*)\.js$/, "$1.ts") }],
);

const names = (entry: string, isType: boolean): string[] => {
  const file = entries.find((one) => one.entry === entry)?.file ?? "";
  return exportsOf(file)
    .filter((one) => one.isType === isType)
    .map(({ name }) => name)
    .sort();
};

describe("the package", () => {
  test("has these entry points", () => {
    expect(entries.map(({ entry }) => entry)).toMatchInlineSnapshot(`
      [
        ".",
        "./sqlite",
        "./postgres",
        "./mysql",
        "./redis",
        "./migrations",
        "./admin",
        "./node",
        "./express",
        "./fastify",
        "./koa",
        "./hono",
        "./nest",
        "./next",
      ]
    `);
  });

  test.each(entries)("exports from $entry what its file lists, name by name", async ({ entry, file }) => {
    const loaded = Object.keys(await import(`${source}${file}`)).sort();
    expect(loaded).toEqual(names(entry, false));
  });
});

describe("plugbay", () => {
  test("exports these values", () => {
    expect(names(".", false)).toMatchInlineSnapshot(`
      [
        "AllPluginsFailedError",
        "CheckTimeoutError",
        "ClosedError",
        "ConflictError",
        "DatabaseFailedError",
        "DatabaseForbiddenError",
        "DatabaseReplacedError",
        "DatabaseSettingError",
        "DatabaseUnavailableError",
        "DriverMissingError",
        "DuplicatePluginError",
        "DuplicateTypeError",
        "EntryNotFoundError",
        "ForbiddenError",
        "HealthCheckFailedError",
        "InterfaceNotExtendedError",
        "InvalidConfigError",
        "InvalidDefinitionError",
        "InvalidDocumentError",
        "InvalidKeysError",
        "InvalidNameError",
        "InvalidOptionError",
        "InvalidPriorityError",
        "InvalidReceiptError",
        "InvalidStatusError",
        "InvalidTokenError",
        "ItemNotFoundError",
        "KeyReusedError",
        "LabelTakenError",
        "ManagedByFileError",
        "MethodNotImplementedError",
        "MigrationBlockedError",
        "MigrationRequiredError",
        "MisconfiguredError",
        "MissingMethodError",
        "NewerDatabaseError",
        "NoConnectionError",
        "NoKeyError",
        "NoMethodsError",
        "NoPluginAvailableError",
        "NotCheckableError",
        "NotConfigurableError",
        "NotRevertibleError",
        "OutcomeUnknownError",
        "PlugbayError",
        "PluginFailedError",
        "PurgeBlockedError",
        "RevisionUnreadableError",
        "RunTimeoutError",
        "SchemaMissingError",
        "SchemaTimeoutError",
        "SelectorError",
        "SelectorMismatchError",
        "TooManyConnectionsError",
        "TransactionUnusableError",
        "TypeNotFoundError",
        "UnknownOptionError",
        "UnknownPluginError",
        "UnknownTypeError",
        "WriteBlockedError",
        "WriteOutcomeUnknownError",
        "WriteRefusedError",
        "classifyError",
        "createRegistry",
        "defineConfig",
        "definePlugin",
        "definePluginType",
        "formatImport",
        "formatPlan",
        "openPlugbay",
      ]
    `);
  });

  test("exports these types", () => {
    expect(names(".", true)).toMatchInlineSnapshot(`
      [
        "Action",
        "AnyPluginType",
        "AttemptReport",
        "AuditEntry",
        "Bootstrap",
        "BootstrapSource",
        "BulkAction",
        "CallFailures",
        "Candidates",
        "ChangeOptions",
        "ChangePlan",
        "Changed",
        "CheckContext",
        "CheckOptions",
        "CheckResult",
        "ChosenItems",
        "CircuitPolicy",
        "Clock",
        "Config",
        "ConfigIssue",
        "ConfigValue",
        "Connection",
        "Control",
        "CreateContext",
        "Database",
        "DatabaseLoss",
        "DatabaseUser",
        "Definitions",
        "DocumentItem",
        "DocumentType",
        "Duplicate",
        "EntryId",
        "ErrorKind",
        "EventName",
        "Events",
        "ExportOptions",
        "Facets",
        "GetByIdOptions",
        "Health",
        "HealthCheckOptions",
        "HeldBack",
        "HistoryQuery",
        "Hold",
        "HoldOptions",
        "HoldRequest",
        "HoldingProcess",
        "ImportCounts",
        "ImportOptions",
        "ImportPlan",
        "InterfaceClass",
        "ItemCheckOptions",
        "ItemExplanation",
        "ItemPage",
        "ItemPatch",
        "ItemQuery",
        "ItemResult",
        "ItemUpdate",
        "ItemsDocument",
        "JsonValue",
        "KeyReport",
        "KyselyInstance",
        "KyselyTransaction",
        "LateEnd",
        "Lease",
        "Lifetime",
        "ListQuery",
        "ListedItem",
        "ListedType",
        "Listener",
        "ManagedBy",
        "MethodDeclarations",
        "MethodName",
        "NewItem",
        "NewItemOf",
        "OidcProvider",
        "OpenOptions",
        "OrderOptions",
        "Outcome",
        "Plugbay",
        "PlugbayCalls",
        "Plugin",
        "PluginAlias",
        "PluginIdentity",
        "PluginItem",
        "PluginOptions",
        "PluginType",
        "PluginTypeOptions",
        "Policy",
        "ProcessInfo",
        "ProcessKnowledge",
        "PublicClass",
        "PurgePlan",
        "PurgeSelection",
        "PushChannel",
        "Readiness",
        "Reason",
        "RegisterListener",
        "Registry",
        "ReportedOutcome",
        "ResolvedCircuitPolicy",
        "ResolvedPolicy",
        "RetiredBy",
        "RevertPlan",
        "Rights",
        "Rotation",
        "RotationOptions",
        "RotationProgress",
        "RunContext",
        "RunOptions",
        "RunTask",
        "SecretPath",
        "SecretProblem",
        "Selector",
        "ServeOptions",
        "Service",
        "SortField",
        "Source",
        "State",
        "Status",
        "StreamTask",
        "SyncChange",
        "SyncCounts",
        "SyncMode",
        "SyncOptions",
        "SyncPlan",
        "TransactionControl",
        "Transport",
        "TypeAlias",
        "TypeExplanation",
        "TypeIdentity",
        "TypeOverview",
        "UnsavedConfig",
        "UnsavedConfigOf",
        "UserRole",
        "Versions",
      ]
    `);
  });
});

test.each([
  ["./sqlite", ["sqlite"]],
  ["./postgres", ["postgres"]],
  ["./mysql", ["mysql"]],
  ["./migrations", ["Migration", "migrations"]],
  ["./admin", ["Admin", "AdminOptions", "Authorization", "createAdmin"]],
])("plugbay%s exports %j", (entry, expected) => {
  expect([...names(entry, true), ...names(entry, false)]).toEqual(expected);
});
