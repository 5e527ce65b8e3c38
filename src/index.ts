export { classifyError } from "./calling/classify-error.ts";
export {
  AllPluginsFailedError,
  InvalidReceiptError,
  MethodNotImplementedError,
  OutcomeUnknownError,
  RunTimeoutError,
} from "./calling/errors.ts";
export type { ItemResult } from "./calling/item-result.ts";
export type { StreamTask } from "./calling/open-stream.ts";
export type { PlugbayCalls } from "./calling/plugbay-calls.ts";
export type { ReportedOutcome } from "./calling/reported-outcome.ts";
export type { RunContext, RunTask } from "./calling/run-context.ts";
export type { AttemptReport, RunOptions } from "./calling/run-options.ts";
export type { Service } from "./calling/service.ts";
export type {
  CheckOptions,
  CheckResult,
  ItemCheckOptions,
  UnsavedConfig,
  UnsavedConfigOf,
} from "./control/config/config-checks.ts";
export {
  InvalidConfigError,
  NotCheckableError,
  NotConfigurableError,
} from "./control/config/config-errors.ts";
export type { Control } from "./control/control.ts";
export type { Diagnosis } from "./control/diagnosis/diagnoser.ts";
export type { TypeExplanation } from "./control/diagnosis/explain-type.ts";
export type { Finding, FindingCode, FindingSubject } from "./control/diagnosis/finding.ts";
export type { ProcessInfo, ProcessKnowledge } from "./control/diagnosis/process-info.ts";
export {
  ConflictError,
  EntryNotFoundError,
  ForbiddenError,
  ItemNotFoundError,
  LabelTakenError,
  ManagedByFileError,
  NotRevertibleError,
  PurgeBlockedError,
  ReasonRequiredError,
  TypeNotFoundError,
} from "./control/errors.ts";
export { InvalidDocumentError } from "./control/files/errors.ts";
export type { ExportOptions } from "./control/files/export-items.ts";
export { formatImport } from "./control/files/format-import.ts";
export type { ImportOptions } from "./control/files/import-items.ts";
export type { ImportCounts, ImportPlan } from "./control/files/import-plan.ts";
export type { DocumentItem, DocumentType, ItemsDocument } from "./control/files/items-document.ts";
export type { FleetView, InForce } from "./control/fleet/fleet-calls.ts";
export type { ServedBy, ServingNow } from "./control/fleet/serving-now.ts";
export type { ChangeSet, ChangeSetQuery } from "./control/history/change-sets.ts";
export type { HistoryQuery } from "./control/history/history-query.ts";
export type { NotRevertible } from "./control/history/not-revertible.ts";
export type { EntryId, RevertPlan } from "./control/history/revert.ts";
export type { RevertAllPlan } from "./control/history/revert-all.ts";
export type { BulkAction } from "./control/items/bulk-action.ts";
export type { ItemUpdate, OrderOptions } from "./control/items/change-requests.ts";
export type { ItemPatch } from "./control/items/check-patch.ts";
export type { ChosenItems } from "./control/items/chosen-items.ts";
export type { Duplicate } from "./control/items/configured-items.ts";
export type { HoldOptions, HoldRequest } from "./control/items/hold-calls.ts";
export type { NewItem, NewItemOf } from "./control/items/new-item.ts";
export type { PurgePlan, PurgeSelection } from "./control/items/plan-purge.ts";
export type { EndLeadOptions, ServeNowOptions } from "./control/items/serve-now.ts";
export type { KeyUse } from "./control/keys/keys-in-use.ts";
export type {
  KeyReport,
  Rotation,
  RotationOptions,
  RotationProgress,
  SecretProblem,
} from "./control/keys/secret-keys.ts";
export type { Facets } from "./control/list/facets.ts";
export type { Health } from "./control/list/health.ts";
export type { ItemPage, ItemQuery, ListedItem, ListQuery } from "./control/list/list-query.ts";
export type { ListedType, TypeOverview } from "./control/list/list-types.ts";
export type { SortField } from "./control/list/sort-keys.ts";
export type { Preview, PreviewEffect, TypePreview } from "./control/preview/preview.ts";
export type { PreviewedAction, PreviewedChange } from "./control/preview/previewed-change.ts";
export type { Rights } from "./control/rights.ts";
export type {
  TimelineChange,
  TimelineEntry,
  TimelineEvent,
  TimelineQuery,
} from "./control/timeline/timeline.ts";
export type {
  ItemTraffic,
  RecentSubject,
  RecentTraffic,
  RecentTrafficQuery,
  Traffic,
  TrafficOverview,
  TrafficQuery,
  TrafficRange,
  TrafficScale,
  TrafficSteps,
  TrafficSummary,
  TrafficTotals,
} from "./control/traffic/traffic-query.ts";
export type { TransactionControl } from "./control/transaction-control.ts";
export type { ChangePlan } from "./control/writing/change-plan.ts";
export type { Changed, ChangeOptions, Versions } from "./control/writing/changed.ts";
export {
  type Config,
  defineConfig,
  type OidcProvider,
  type ServeOptions,
  type UserRole,
} from "./define-config.ts";
export type { InterfaceClass, PublicClass } from "./definition/class-shape.ts";
export type { ConfigIssue } from "./definition/config-issue.ts";
export type { ConfigValue } from "./definition/config-value.ts";
export { definePlugin } from "./definition/define-plugin.ts";
export { definePluginType } from "./definition/define-plugin-type.ts";
export {
  InterfaceNotExtendedError,
  InvalidDefinitionError,
  InvalidNameError,
  InvalidOptionError,
  InvalidPriorityError,
  InvalidStatusError,
  InvalidTokenError,
  MissingMethodError,
  NoMethodsError,
  UnknownOptionError,
} from "./definition/errors.ts";
export type { Hold } from "./definition/hold.ts";
export type {
  Hook,
  HookCall,
  HookedCall,
  HookedEnd,
  HookedTask,
  HookFailure,
  HookSuccess,
} from "./definition/hooks.ts";
export type { PluginIdentity, TypeIdentity } from "./definition/identity.ts";
export type { Lead } from "./definition/lead.ts";
export type { Lifetime, Plugin } from "./definition/plugin.ts";
export type { CheckContext, CreateContext } from "./definition/plugin-context.ts";
export type { Candidates, JsonValue, ManagedBy, PluginItem, RetiredBy } from "./definition/plugin-item.ts";
export type { PluginAlias, PluginOptions } from "./definition/plugin-options.ts";
export type { AnyPluginType, PluginType, Selector } from "./definition/plugin-type.ts";
export type {
  MethodDeclarations,
  MethodName,
  PluginTypeOptions,
  TypeAlias,
} from "./definition/plugin-type-options.ts";
export type {
  CircuitPolicy,
  Outcome,
  Policy,
  ResolvedCircuitPolicy,
  ResolvedPolicy,
} from "./definition/policy.ts";
export type { SecretPath } from "./definition/secret-path.ts";
export type { Status } from "./definition/status.ts";
export { type ErrorKind, PlugbayError } from "./errors.ts";
export type { Bootstrap, BootstrapSource } from "./following/bootstrap-sources.ts";
export type { State } from "./following/state.ts";
export {
  CheckTimeoutError,
  HealthCheckFailedError,
  MisconfiguredError,
  PluginFailedError,
  SchemaTimeoutError,
} from "./instances/errors.ts";
export type { HealthCheckOptions } from "./instances/health-check-options.ts";
export type { Lease } from "./instances/lease.ts";
export { type OpenOptions, openPlugbay } from "./open/open-plugbay.ts";
export type { GetByIdOptions, Plugbay } from "./plugbay.ts";
export {
  DuplicatePluginError,
  DuplicateTypeError,
  SelectorMismatchError,
  UnknownPluginError,
  UnknownTypeError,
} from "./registry/errors.ts";
export {
  createRegistry,
  type Definitions,
  type RegisterListener,
  type Registry,
} from "./registry/registry.ts";
export { InvalidKeysError, NoKeyError } from "./secrets/errors.ts";
export type {
  AttentionCode,
  AttentionDetails,
  AttentionEntry,
  AttentionMend,
  AttentionPlace,
  Gravity,
} from "./seeing/attention/attention-entry.ts";
export { SelectorError } from "./selection/errors.ts";
export type { ItemExplanation, Reason } from "./selection/explanation.ts";
export type { CallFailures, Readiness } from "./selection/readiness.ts";
export { NoPluginAvailableError } from "./serving/errors.ts";
export type { EventName, Events, LateEnd, Listener } from "./serving/events.ts";
export type { AuditEntry } from "./store/audit.ts";
export type { Action, Source } from "./store/change.ts";
export type { Connection, Database } from "./store/database.ts";
export {
  ClosedError,
  DatabaseFailedError,
  DatabaseForbiddenError,
  type DatabaseLoss,
  DatabaseReplacedError,
  DatabaseSettingError,
  DatabaseUnavailableError,
  type DatabaseUser,
  DriverMissingError,
  KeyReusedError,
  NoConnectionError,
  RevisionUnreadableError,
  TooManyConnectionsError,
  TransactionUnusableError,
  WriteBlockedError,
  WriteOutcomeUnknownError,
  WriteRefusedError,
} from "./store/errors.ts";
export type { EventContent, EventKind, EventTrouble } from "./store/event-row.ts";
export type { KyselyInstance, KyselyTransaction } from "./store/kysely-instance.ts";
export {
  MigrationBlockedError,
  MigrationRequiredError,
  NewerDatabaseError,
  SchemaMissingError,
} from "./store/migration-errors.ts";
export type { ReportedTrouble, ServedHow, ServedType, TroubleState } from "./store/process-row.ts";
export type { PushChannel, Transport } from "./store/push-channel.ts";
export { formatPlan } from "./sync/format-plan.ts";
export type {
  HeldBack,
  HoldingProcess,
  SyncChange,
  SyncCounts,
  SyncMode,
  SyncOptions,
  SyncPlan,
} from "./sync/sync-plan.ts";
export type { Clock } from "./time/clock.ts";
