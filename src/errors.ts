import type { ConfigIssue } from "./definition/config-issue.ts";
import type { PluginIdentity, TypeIdentity } from "./definition/identity.ts";
import type { PluginItem } from "./definition/plugin-item.ts";
import type { ItemExplanation } from "./selection/explanation.ts";
import { messageOf, propertyOf } from "./thrown.ts";

export const describeType = (type: TypeIdentity): string => `plugin type "${type.name}" of "${type.manager}"`;

export const describePlugin = (plugin: PluginIdentity): string =>
  `plugin "${plugin.name}" of module "${plugin.module}"`;

/** Shared by all copies of this package in a process, so that errors of one copy are known to another. */
const brand = Symbol.for("plugbay.error");

/**
 * Base of every error that plugbay throws. `name` and `code` are fixed and safe to compare;
 * the message is for people and may change.
 *
 * @example
 * try { plugbay.require(otp) } catch (error) {
 *   if (error instanceof PlugbayError && error.code === "NO_PLUGIN_AVAILABLE") ...
 * }
 */
export abstract class PlugbayError extends Error {
  /** The name of the class, also in a bundle whose classes were renamed. */
  static readonly kind: string = "PlugbayError";
  abstract override readonly name: string;
  abstract readonly code: string;

  /**
   * Makes `instanceof` hold for the errors of every copy of plugbay in the process: `require` beside `import`
   * may load two.
   */
  static override [Symbol.hasInstance](value: unknown): boolean {
    // biome-ignore lint/complexity/noThisInStatic: each class inherits this, and asks for itself
    return isInstance(value, this);
  }

  /** The kinds of its class and of those that it extends. @internal */
  get [brand](): readonly string[] {
    const kinds: string[] = [];
    for (let part: object | null = Object.getPrototypeOf(this); part; part = Object.getPrototypeOf(part)) {
      if (hasKind(part.constructor)) kinds.push(part.constructor.kind);
    }
    return kinds;
  }
}

function isInstance(value: unknown, of: object): boolean {
  if (!hasKind(of)) return Function.prototype[Symbol.hasInstance].call(of, value);
  const kinds = propertyOf(value, brand);
  return Array.isArray(kinds) && kinds.includes(of.kind);
}

/** A class of an application that extends one of these has no kind of its own. */
const hasKind = (value: unknown): value is { readonly kind: string } =>
  typeof value === "function" && Object.hasOwn(value, "kind");

/** A name is empty, too long, untrimmed, or has characters that databases do not agree on. */
export class InvalidNameError extends PlugbayError {
  static override readonly kind = "InvalidNameError";
  override readonly name = InvalidNameError.kind;
  readonly code = "INVALID_NAME";
  readonly field: string;
  readonly value: unknown;
  constructor(field: string, value: unknown, problem: string) {
    super(`${field} ${preview(value)} ${problem}`);
    this.field = field;
    this.value = value;
  }
}

/** A priority is not an integer from -32768 to 32767. */
export class InvalidPriorityError extends PlugbayError {
  static override readonly kind = "InvalidPriorityError";
  override readonly name = InvalidPriorityError.kind;
  readonly code = "INVALID_PRIORITY";
  readonly subject: string;
  readonly value: unknown;
  constructor(subject: string, value: unknown) {
    super(`priority ${preview(value)} of ${subject} is not an integer from -32768 to 32767`);
    this.subject = subject;
    this.value = value;
  }
}

/** A status is none of `active`, `reserve`, `disable`. */
export class InvalidStatusError extends PlugbayError {
  static override readonly kind = "InvalidStatusError";
  override readonly name = InvalidStatusError.kind;
  readonly code = "INVALID_STATUS";
  readonly subject: string;
  readonly value: unknown;
  constructor(subject: string, value: unknown) {
    super(`status ${preview(value)} of ${subject} is none of "active", "reserve", "disable"`);
    this.subject = subject;
    this.value = value;
  }
}

/** A definition contradicts itself, such as a plugin with both `class` and `create`. */
export class InvalidDefinitionError extends PlugbayError {
  static override readonly kind = "InvalidDefinitionError";
  override readonly name = InvalidDefinitionError.kind;
  readonly code = "INVALID_DEFINITION";
  readonly subject: string;
  constructor(subject: string, problem: string) {
    super(`${subject} ${problem}`);
    this.subject = subject;
  }
}

/** An option of a call has a value that it cannot have. */
export class InvalidOptionError extends PlugbayError {
  static override readonly kind = "InvalidOptionError";
  override readonly name = InvalidOptionError.kind;
  readonly code = "INVALID_OPTION";
  readonly option: string;
  readonly value: unknown;
  constructor(option: string, value: unknown, expectation: string) {
    super(`option "${option}" is ${preview(value)}; ${expectation}`);
    this.option = option;
    this.value = value;
  }
}

/** A plugin type declares no methods, so that nothing could be checked or called. */
export class NoMethodsError extends PlugbayError {
  static override readonly kind = "NoMethodsError";
  override readonly name = NoMethodsError.kind;
  readonly code = "NO_METHODS";
  readonly type: TypeIdentity;
  constructor(type: TypeIdentity) {
    super(`${describeType(type)} declares no methods; list at least one in "methods"`);
    this.type = type;
  }
}

/** Two plugin types have one identity. */
export class DuplicateTypeError extends PlugbayError {
  static override readonly kind = "DuplicateTypeError";
  override readonly name = DuplicateTypeError.kind;
  readonly code = "DUPLICATE_TYPE";
  readonly type: TypeIdentity;
  constructor(type: TypeIdentity) {
    super(`${describeType(type)} is declared twice; a manager's type names, aliases included, must differ`);
    this.type = type;
  }
}

/** Two plugins of a type have one identity. */
export class DuplicatePluginError extends PlugbayError {
  static override readonly kind = "DuplicatePluginError";
  override readonly name = DuplicatePluginError.kind;
  readonly code = "DUPLICATE_PLUGIN";
  readonly type: TypeIdentity;
  readonly plugin: PluginIdentity;
  constructor(type: TypeIdentity, plugin: PluginIdentity) {
    super(
      `${describePlugin(plugin)} is declared twice for ${describeType(type)}; ` +
        `a module's plugin names, aliases included, must differ within a type`,
    );
    this.type = type;
    this.plugin = plugin;
  }
}

/** A plugin, or a call, names a plugin type that is not registered. */
export class UnknownTypeError extends PlugbayError {
  static override readonly kind = "UnknownTypeError";
  override readonly name = UnknownTypeError.kind;
  readonly code = "UNKNOWN_TYPE";
  readonly type: TypeIdentity;
  readonly plugin: PluginIdentity | undefined;
  constructor(type: TypeIdentity, plugin?: PluginIdentity) {
    super(
      plugin
        ? `${describePlugin(plugin)} is for ${describeType(type)}, which is not registered; add the type to "plugins"`
        : `${describeType(type)} is not registered; add it to "plugins" of openPlugbay`,
    );
    this.type = type;
    this.plugin = plugin;
  }
}

/** An implementation lacks declared methods; `methods` names them. */
export class MissingMethodError extends PlugbayError {
  static override readonly kind = "MissingMethodError";
  override readonly name = MissingMethodError.kind;
  readonly code = "MISSING_METHOD";
  readonly type: TypeIdentity;
  readonly plugin: PluginIdentity;
  readonly methods: readonly string[];
  constructor(type: TypeIdentity, plugin: PluginIdentity, methods: readonly string[], subject: string) {
    super(
      `${describePlugin(plugin)} does not implement ${describeType(type)}: ${subject} has no method ` +
        methods.map((method) => `"${method}"`).join(", "),
    );
    this.type = type;
    this.plugin = plugin;
    this.methods = methods;
  }
}

/** A class does not extend the class that its plugin type gives as `interface`. */
export class InterfaceNotExtendedError extends PlugbayError {
  static override readonly kind = "InterfaceNotExtendedError";
  override readonly name = InterfaceNotExtendedError.kind;
  readonly code = "INTERFACE_NOT_EXTENDED";
  readonly type: TypeIdentity;
  readonly plugin: PluginIdentity;
  constructor(type: TypeIdentity, plugin: PluginIdentity, className: string, interfaceName: string) {
    super(
      `${describePlugin(plugin)} for ${describeType(type)}: class ${className} must extend ${interfaceName}`,
    );
    this.type = type;
    this.plugin = plugin;
  }
}

/** A database driver is not installed; the message has the command that installs it. */
export class DriverMissingError extends PlugbayError {
  static override readonly kind = "DriverMissingError";
  override readonly name = DriverMissingError.kind;
  readonly code = "DRIVER_MISSING";
  readonly driver: string;
  readonly install: string;
  constructor(driver: string, install: string, cause: unknown) {
    super(`the database driver "${driver}" is not installed; run: ${install}`, { cause });
    this.driver = driver;
    this.install = install;
  }
}

/** The database cannot be opened or does not answer. */
export class DatabaseUnavailableError extends PlugbayError {
  static override readonly kind = "DatabaseUnavailableError";
  override readonly name = DatabaseUnavailableError.kind;
  readonly code = "DATABASE_UNAVAILABLE";
  readonly database: string;
  constructor(database: string, cause: unknown, tried?: string) {
    super(`${database} is not available: ${messageOf(cause)}${tried ? `; ${tried}` : ""}`, { cause });
    this.database = database;
  }
}

/**
 * None of the connections that the application handed in became free in time. Nothing was done, and nothing will
 * be when one does.
 */
export class NoConnectionError extends PlugbayError {
  static override readonly kind = "NoConnectionError";
  override readonly name = NoConnectionError.kind;
  readonly code = "NO_CONNECTION";
  readonly database: string;
  /** How long it was waited for. */
  readonly timeoutMs: number;
  constructor(database: string, timeoutMs: number) {
    super(
      `no connection to the ${database} became free within ${timeoutMs / 1_000} s, so nothing was done; ` +
        `a call made inside a transaction of the application waits for that transaction's own connection: ` +
        `make it before or after, or use plugbay.control.in(transaction); otherwise give the pool more ` +
        `connections, or see whether the database answers`,
    );
    this.database = database;
    this.timeoutMs = timeoutMs;
  }
}

/** The transaction that was handed to `control.in` cannot be used. Nothing was changed. */
export class TransactionUnusableError extends PlugbayError {
  static override readonly kind = "TransactionUnusableError";
  override readonly name = TransactionUnusableError.kind;
  readonly code = "TRANSACTION_UNUSABLE";
  constructor(problem: string, cause: unknown) {
    super(`the transaction handed to control.in cannot be used: ${problem}`, { cause });
  }
}

/** Another transaction kept plugbay's tables locked for too long. Nothing was changed. */
export class WriteBlockedError extends PlugbayError {
  static override readonly kind = "WriteBlockedError";
  override readonly name = WriteBlockedError.kind;
  readonly code = "WRITE_BLOCKED";
  readonly database: string;
  constructor(database: string, cause: unknown) {
    super(
      `nothing was changed in the ${database}: another transaction has kept plugbay's tables locked for too long; ` +
        `a change made inside a transaction of the application must go through plugbay.control.in(transaction)`,
      { cause },
    );
    this.database = database;
  }
}

/** The schema for plugbay's tables does not exist. */
export class SchemaMissingError extends PlugbayError {
  static override readonly kind = "SchemaMissingError";
  override readonly name = SchemaMissingError.kind;
  readonly code = "SCHEMA_MISSING";
  readonly schema: string;
  constructor(schema: string, cause: unknown) {
    super(
      `the database has no schema ${preview(schema)} for plugbay's tables; create it with "create schema", ` +
        `then run the migrations again`,
      { cause },
    );
    this.schema = schema;
  }
}

/** A setting of the database, or of the connections to it, with which plugbay cannot work; the message says what to set. */
export class DatabaseSettingError extends PlugbayError {
  static override readonly kind = "DatabaseSettingError";
  override readonly name = DatabaseSettingError.kind;
  readonly code = "DATABASE_SETTING";
  readonly database: string;
  /** The setting's name, as the database has it. */
  readonly setting: string;
  constructor(database: string, setting: string, problem: string, cause?: unknown) {
    super(`${database} has the wrong ${setting}: ${problem}`, { cause });
    this.database = database;
    this.setting = setting;
  }
}

/** The database answers, but takes no changes: it is full or may only be read. Nothing was changed. */
export class WriteRefusedError extends PlugbayError {
  static override readonly kind = "WriteRefusedError";
  override readonly name = WriteRefusedError.kind;
  readonly code = "WRITE_REFUSED";
  readonly database: string;
  constructor(database: string, cause: unknown) {
    super(
      `${database} takes no changes (${messageOf(cause)}), and nothing was changed; ` +
        `see that it has space and may be written to`,
      { cause },
    );
    this.database = database;
  }
}

/** plugbay's tables are missing or older than this version needs. */
export class MigrationRequiredError extends PlugbayError {
  static override readonly kind = "MigrationRequiredError";
  override readonly name = MigrationRequiredError.kind;
  readonly code = "MIGRATION_REQUIRED";
  readonly pending: readonly string[];
  constructor(pending: readonly string[], cause?: unknown) {
    super(
      `the database lacks plugbay's ${pending.length === 1 ? "migration" : "migrations"} ${pending.join(", ")}; ` +
        `run "npx plugbay migrate" or open with { migrate: true }`,
      { cause },
    );
    this.pending = pending;
  }
}

/** The database has migrations that this version of plugbay does not know. */
export class NewerDatabaseError extends PlugbayError {
  static override readonly kind = "NewerDatabaseError";
  override readonly name = NewerDatabaseError.kind;
  readonly code = "NEWER_DATABASE";
  readonly unknown: readonly string[];
  constructor(unknown: readonly string[]) {
    super(
      `the database was migrated by a newer version of plugbay (${unknown.join(", ")}); ` +
        `upgrade plugbay in this application`,
    );
    this.unknown = unknown;
  }
}

/** No item has the given id in this namespace. */
export class ItemNotFoundError extends PlugbayError {
  static override readonly kind = "ItemNotFoundError";
  override readonly name = ItemNotFoundError.kind;
  readonly code = "ITEM_NOT_FOUND";
  readonly ids: readonly string[];
  constructor(ids: readonly string[]) {
    super(`no plugin item has the id ${ids.map((id) => preview(id)).join(", ")}`);
    this.ids = ids;
  }
}

/** No plugin type has the given id in this namespace. */
export class TypeNotFoundError extends PlugbayError {
  static override readonly kind = "TypeNotFoundError";
  override readonly name = TypeNotFoundError.kind;
  readonly code = "TYPE_NOT_FOUND";
  readonly id: string;
  constructor(id: string) {
    super(`no plugin type has the id ${preview(id)}`);
    this.id = id;
  }
}

/** The history has no such entry in this namespace. */
export class EntryNotFoundError extends PlugbayError {
  static override readonly kind = "EntryNotFoundError";
  override readonly name = EntryNotFoundError.kind;
  readonly code = "ENTRY_NOT_FOUND";
  readonly revision: number;
  readonly position: number;
  constructor(revision: number, position: number) {
    super(`the history has no entry ${position} at revision ${revision}`);
    this.revision = revision;
    this.position = position;
  }
}

/** The caller may not make this change. */
export class ForbiddenError extends PlugbayError {
  static override readonly kind = "ForbiddenError";
  override readonly name = ForbiddenError.kind;
  readonly code = "FORBIDDEN";
  constructor(problem: string) {
    super(`not allowed: ${problem}`);
  }
}

/**
 * Items were changed since the caller read them. `all` are these items as they are now, and `current` the
 * first of them.
 */
export class ConflictError extends PlugbayError {
  static override readonly kind = "ConflictError";
  override readonly name = ConflictError.kind;
  readonly code = "CONFLICT";
  readonly current: PluginItem;
  readonly all: readonly PluginItem[];
  /** The version of `current` that the caller had read, where it was given. */
  readonly version: number | undefined;
  constructor(all: readonly PluginItem[], version: number | undefined, problem?: string) {
    const [current] = all;
    if (current === undefined) throw new TypeError("a conflict is about an item");
    const others = all.length === 1 ? "" : `, and so were ${all.length - 1} others`;
    super(
      `plugin item ${current.id} ("${current.name}") ` +
        (problem ??
          `was changed meanwhile: it is at version ${current.version}, not ${version}${others}; ` +
            "read it again and repeat the change"),
    );
    this.current = current;
    this.all = all;
    this.version = version;
  }
}

/** Rows to be purged are still referenced by the application's own tables. */
export class PurgeBlockedError extends PlugbayError {
  static override readonly kind = "PurgeBlockedError";
  override readonly name = PurgeBlockedError.kind;
  readonly code = "PURGE_BLOCKED";
  readonly ids: readonly string[];
  constructor(ids: readonly string[], cause: unknown) {
    super(
      `nothing was purged: rows of the application still point at retired items, ${ids.length} of which are due ` +
        `(${messageOf(cause)})`,
      { cause },
    );
    this.ids = ids;
  }
}

/** No item of the type can serve; `explanation` says why for each. */
export class NoPluginAvailableError extends PlugbayError {
  static override readonly kind = "NoPluginAvailableError";
  override readonly name = NoPluginAvailableError.kind;
  readonly code = "NO_PLUGIN_AVAILABLE";
  readonly type: TypeIdentity;
  readonly explanation: readonly ItemExplanation[];
  constructor(type: TypeIdentity, explanation: readonly ItemExplanation[]) {
    super(`no plugin of ${describeType(type)} can serve: ${whyNone(explanation)}`);
    this.type = type;
    this.explanation = explanation;
  }
}

function whyNone(explanation: readonly ItemExplanation[]): string {
  if (explanation.length === 0) return "it has no items; register a plugin for it and sync";
  const reasons = explanation.map(({ item, reason, readiness, error }) => {
    const isCandidate = readiness.kind === "ready" && (reason === "lower-priority" || reason === "reserve");
    const text = isCandidate ? "was not chosen by the selector" : `is ${reason}`;
    return `${itemLabel(item)} ${text}${error ? ` (${error.message})` : ""}`;
  });
  return reasons.join(", ");
}

/** A custom selector threw, or returned an item that is not a candidate. */
export class SelectorError extends PlugbayError {
  static override readonly kind = "SelectorError";
  override readonly name = SelectorError.kind;
  readonly code = "SELECTOR_FAILED";
  readonly type: TypeIdentity;
  constructor(type: TypeIdentity, problem: string, cause?: unknown) {
    super(`the selector of ${describeType(type)} ${problem}`, { cause });
    this.type = type;
  }
}

/** A plugin could not be made ready: its `create` or constructor threw, timed out, or refused its config. */
export class PluginFailedError extends PlugbayError {
  static override readonly kind: string = "PluginFailedError";
  override readonly name: string = PluginFailedError.kind;
  readonly code: string = "PLUGIN_FAILED";
  readonly itemId: string;
  readonly type: TypeIdentity;
  constructor(type: TypeIdentity, item: PluginItem, problem: string, cause?: unknown) {
    super(`${describePlugin(item)} for ${describeType(type)} ${problem}`, { cause });
    this.itemId = item.id;
    this.type = type;
  }
}

/** An item's config is not one that its plugin can be made from; `issues` say what is wrong where. */
export class MisconfiguredError extends PluginFailedError {
  static override readonly kind = "MisconfiguredError";
  override readonly name = MisconfiguredError.kind;
  override readonly code = "PLUGIN_MISCONFIGURED";
  readonly issues: readonly ConfigIssue[];
  constructor(type: TypeIdentity, item: PluginItem, issues: readonly ConfigIssue[], cause?: unknown) {
    super(type, item, `is misconfigured: ${describeIssues(issues)}`, cause);
    this.issues = issues;
  }
}

/** An item's health checks failed, one after the other; `cause` is what the last one threw. */
export class HealthCheckFailedError extends PluginFailedError {
  static override readonly kind = "HealthCheckFailedError";
  override readonly name = HealthCheckFailedError.kind;
  override readonly code = "HEALTH_CHECK_FAILED";
  constructor(type: TypeIdentity, item: PluginItem, cause: unknown) {
    super(type, item, `does not pass its health check: ${messageOf(cause)}`, cause);
  }
}

/** A config was refused, and nothing was saved; `issues` say what is wrong where. */
export class InvalidConfigError extends PlugbayError {
  static override readonly kind = "InvalidConfigError";
  override readonly name = InvalidConfigError.kind;
  readonly code = "INVALID_CONFIG";
  readonly plugin: PluginIdentity;
  readonly issues: readonly ConfigIssue[];
  constructor(plugin: PluginIdentity, issues: readonly ConfigIssue[], cause?: unknown) {
    super(`${describePlugin(plugin)} refuses the config: ${describeIssues(issues)}`, { cause });
    this.plugin = plugin;
    this.issues = issues;
  }
}

/** A plugin's asynchronous schema did not answer in time, so that nothing could be done with a config. */
export class SchemaTimeoutError extends PlugbayError {
  static override readonly kind = "SchemaTimeoutError";
  override readonly name = SchemaTimeoutError.kind;
  readonly code = "SCHEMA_TIMEOUT";
  readonly plugin: PluginIdentity;
  readonly timeoutMs: number;
  constructor(plugin: PluginIdentity, timeoutMs: number) {
    super(
      `the config schema of ${describePlugin(plugin)} did not answer within ${timeoutMs} ms; ` +
        `see what it waits for, or raise "prepareTimeoutMs"`,
    );
    this.plugin = plugin;
    this.timeoutMs = timeoutMs;
  }
}

/**
 * A document of items was refused, and nothing was written; `issues` are all that is wrong with it, each with
 * its place. `lineOf` says in which line of a file that is.
 */
export class InvalidDocumentError extends PlugbayError {
  static override readonly kind = "InvalidDocumentError";
  override readonly name = InvalidDocumentError.kind;
  readonly code = "INVALID_DOCUMENT";
  readonly issues: readonly ConfigIssue[];
  constructor(
    issues: readonly ConfigIssue[],
    subject = "the document",
    lineOf: (path: ConfigIssue["path"]) => number | undefined = () => undefined,
  ) {
    const lines = issues.map(({ path, message }) => {
      const line = lineOf(path);
      const place = [
        ...(line === undefined ? [] : [`line ${line}`]),
        ...(path.length ? [placeOf(path)] : []),
      ];
      return `\n  ${[...place, message].join(": ")}`;
    });
    super(`${subject} is refused, and nothing was written:${lines.join("")}`);
    this.issues = issues;
  }
}

/** Another item of the plugin has the label; a retired one keeps its own. */
export class LabelTakenError extends PlugbayError {
  static override readonly kind = "LabelTakenError";
  override readonly name = LabelTakenError.kind;
  readonly code = "LABEL_TAKEN";
  readonly label: string;
  /** The item that has it. */
  readonly itemId: string;
  constructor(
    plugin: PluginIdentity,
    label: string,
    holder: { readonly id: string; readonly retiredAt: string | null },
  ) {
    const retired =
      holder.retiredAt === null ? "" : ", which is retired: restore it, or choose another label";
    super(`the label ${preview(label)} of ${describePlugin(plugin)} is taken by item ${holder.id}${retired}`);
    this.label = label;
    this.itemId = holder.id;
  }
}

/** What was to be changed of items, a file says, which manages them. Nothing was changed. */
export class ManagedByFileError extends PlugbayError {
  static override readonly kind = "ManagedByFileError";
  override readonly name = ManagedByFileError.kind;
  readonly code = "MANAGED_BY_FILE";
  readonly items: readonly PluginItem[];
  constructor(items: readonly PluginItem[]) {
    super(
      `${items.map(itemLabel).join(", ")} ${items.length === 1 ? "is" : "are"} managed by a file, ` +
        `so nothing was changed; change the file and run "npx plugbay import", or remove the mark with ` +
        `"npx plugbay item release"`,
    );
    this.items = items;
  }
}

/** This process has no such plugin, so it cannot say what a config of it must be. */
export class UnknownPluginError extends PlugbayError {
  static override readonly kind = "UnknownPluginError";
  override readonly name = UnknownPluginError.kind;
  readonly code = "UNKNOWN_PLUGIN";
  readonly type: TypeIdentity;
  readonly plugin: PluginIdentity;
  constructor(type: TypeIdentity, plugin: PluginIdentity) {
    super(
      `${describePlugin(plugin)} for ${describeType(type)} is not registered in this process, ` +
        `which therefore cannot check a config of it; add it to "plugins" of openPlugbay`,
    );
    this.type = type;
    this.plugin = plugin;
  }
}

/** The plugin has no config, so it has one item, without a label. */
export class NotConfigurableError extends PlugbayError {
  static override readonly kind = "NotConfigurableError";
  override readonly name = NotConfigurableError.kind;
  readonly code = "NOT_CONFIGURABLE";
  readonly type: TypeIdentity;
  readonly plugin: PluginIdentity;
  constructor(type: TypeIdentity, plugin: PluginIdentity) {
    super(
      `${describePlugin(plugin)} for ${describeType(type)} takes no config, so it has one item and no labels; ` +
        `give definePlugin a schema as "config"`,
    );
    this.type = type;
    this.plugin = plugin;
  }
}

/** A change of a config cannot be undone from what the history keeps of it. Nothing was changed. */
export class NotRevertibleError extends PlugbayError {
  static override readonly kind = "NotRevertibleError";
  override readonly name = NotRevertibleError.kind;
  readonly code = "NOT_REVERTIBLE";
  readonly itemId: string;
  constructor(item: PluginItem, problem: string) {
    super(`the change of ${itemLabel(item)} cannot be reverted: ${problem}; change it by hand`);
    this.itemId = item.id;
  }
}

/** The plugin has no `check`, so there is no telling whether a config of it works. */
export class NotCheckableError extends PlugbayError {
  static override readonly kind = "NotCheckableError";
  override readonly name = NotCheckableError.kind;
  readonly code = "NOT_CHECKABLE";
  readonly type: TypeIdentity;
  readonly plugin: PluginIdentity;
  constructor(type: TypeIdentity, plugin: PluginIdentity) {
    super(
      `${describePlugin(plugin)} for ${describeType(type)} cannot be checked; give definePlugin a function as "check"`,
    );
    this.type = type;
    this.plugin = plugin;
  }
}

/** A plugin's `check` did not answer in time. */
export class CheckTimeoutError extends PlugbayError {
  static override readonly kind = "CheckTimeoutError";
  override readonly name = CheckTimeoutError.kind;
  readonly code = "CHECK_TIMEOUT";
  readonly timeoutMs: number;
  constructor(timeoutMs: number) {
    super(`there was no answer within ${timeoutMs} ms`);
    this.timeoutMs = timeoutMs;
  }
}

/** The keys of secrets are not written as they must be. The message never tells a key. */
export class InvalidKeysError extends PlugbayError {
  static override readonly kind = "InvalidKeysError";
  override readonly name = InvalidKeysError.kind;
  readonly code = "INVALID_KEYS";
  constructor(problem: string) {
    super(
      `PLUGBAY_KEYS, or the option "keys", cannot be used: ${problem}; make a key with: npx plugbay keys generate`,
    );
  }
}

/** A secret was to be saved, and there is no key to encrypt it with. Nothing was saved. */
export class NoKeyError extends PlugbayError {
  static override readonly kind = "NoKeyError";
  override readonly name = NoKeyError.kind;
  readonly code = "NO_KEY";
  /** The field of the config, where it is about one. */
  readonly field: string | undefined;
  constructor(field?: string) {
    super(
      `there is no key for secrets${field === undefined ? "" : `, so "${field}" was not saved`}; ` +
        `make one with "npx plugbay keys generate" and set it as PLUGBAY_KEYS, or as the option "keys"`,
    );
    this.field = field;
  }
}

/** A stored secret cannot be decrypted. */
export class UnreadableSecretError extends PlugbayError {
  static override readonly kind = "UnreadableSecretError";
  override readonly name = UnreadableSecretError.kind;
  readonly code = "UNREADABLE_SECRET";
  /** The field of the config. */
  readonly field: string;
  constructor(field: string, problem: string) {
    super(`the secret ${problem}; enter it again, or see: npx plugbay keys check`);
    this.field = field;
  }
}

/** Every candidate that `run` tried failed; `errors` holds what each threw, in the order of the attempts. */
export class AllPluginsFailedError extends PlugbayError {
  static override readonly kind = "AllPluginsFailedError";
  override readonly name = AllPluginsFailedError.kind;
  readonly code = "ALL_PLUGINS_FAILED";
  readonly type: TypeIdentity;
  readonly errors: readonly { readonly item: PluginItem; readonly error: unknown }[];
  constructor(type: TypeIdentity, errors: readonly { readonly item: PluginItem; readonly error: unknown }[]) {
    super(
      `every plugin of ${describeType(type)} failed: ` +
        errors.map(({ item, error }) => `${itemLabel(item)}: ${messageOf(error)}`).join("; "),
      { cause: errors.at(-1)?.error },
    );
    this.type = type;
    this.errors = errors;
  }
}

/** An attempt of `run` took longer than its `timeoutMs`. */
export class RunTimeoutError extends PlugbayError {
  static override readonly kind = "RunTimeoutError";
  override readonly name = RunTimeoutError.kind;
  readonly code = "RUN_TIMEOUT";
  readonly itemId: string;
  readonly timeoutMs: number;
  constructor(item: PluginItem, timeoutMs: number) {
    super(`${itemLabel(item)} did not finish within ${timeoutMs} ms`);
    this.itemId = item.id;
    this.timeoutMs = timeoutMs;
  }
}

/** The Plugbay was closed. */
export class ClosedError extends PlugbayError {
  static override readonly kind = "ClosedError";
  override readonly name = ClosedError.kind;
  readonly code = "CLOSED";
  constructor() {
    super("this Plugbay is closed; open a new one with openPlugbay");
  }
}

/** What a person would call an item: its module and name, and the label where it has one. */
export const itemLabel = (item: PluginItem): string =>
  `${item.module}/${item.name}${item.label === "" ? "" : ` "${item.label}"`}`;

const mostIssuesTold = 20;

/** `types[0].items[2].status` */
const placeOf = (path: ConfigIssue["path"]): string =>
  path.map((key, index) => (typeof key === "number" ? `[${key}]` : index === 0 ? key : `.${key}`)).join("");

/** `smtp.port: is no number; token: is missing` */
function describeIssues(issues: readonly ConfigIssue[]): string {
  const told = issues
    .slice(0, mostIssuesTold)
    .map(({ path, message }) => (path.length === 0 ? message : `${path.join(".")}: ${message}`))
    .join("; ");
  const others = issues.length - mostIssuesTold;
  return others > 0 ? `${told}; and ${others} more` : told;
}

/** A value as it may stand in a message: quoted, and cut where it is long. */
function preview(value: unknown): string {
  if (typeof value !== "string") return String(value);
  const text = JSON.stringify(value);
  return text.length <= 60 ? text : `${text.slice(0, 56)}..."`;
}
