import type { ConfigIssue } from "../definition/config-issue.ts";
import { describeIssues, describePlugin, describeType, itemLabel } from "../definition/describe.ts";
import type { PluginIdentity, TypeIdentity } from "../definition/identity.ts";
import type { PluginItem } from "../definition/plugin-item.ts";
import { PlugbayError } from "../errors.ts";
import type { ItemExplanation } from "../selection/explanation.ts";
import { cut, messageOf } from "../thrown.ts";

/** No item of the type can serve; `explanation` says why for each. */
export class NoPluginAvailableError extends PlugbayError {
  static override readonly errorName = "NoPluginAvailableError";
  override readonly name = NoPluginAvailableError.errorName;
  readonly code = "NO_PLUGIN_AVAILABLE";
  readonly kind = "unavailable";
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
  const reasons = explanation.slice(0, mostTold).map(({ item, reason, readiness, error }) => {
    const isCandidate = readiness.kind === "ready" && (reason === "lower-priority" || reason === "reserve");
    const text = isCandidate ? "was not chosen by the selector" : `is ${reason}`;
    return `${itemLabel(item)} ${text}${error ? ` (${cut(error.message, longestReason)})` : ""}`;
  });
  return joined(reasons, ", ", explanation.length);
}

/** How many items a message tells of, and with how many characters each. */
const mostTold = 20;
const longestReason = 1_000;

const joined = (told: readonly string[], separator: string, count: number): string =>
  [...told, ...(count > told.length ? [`and ${count - told.length} more`] : [])].join(separator);

/** A plugin could not be made ready: its `create` or constructor threw, timed out, or refused its config. */
export class PluginFailedError extends PlugbayError {
  static override readonly errorName: string = "PluginFailedError";
  override readonly name: string = PluginFailedError.errorName;
  readonly code: string = "PLUGIN_FAILED";
  readonly kind = "failed";
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
  static override readonly errorName = "MisconfiguredError";
  override readonly name = MisconfiguredError.errorName;
  override readonly code = "PLUGIN_MISCONFIGURED";
  readonly issues: readonly ConfigIssue[];
  constructor(type: TypeIdentity, item: PluginItem, issues: readonly ConfigIssue[], cause?: unknown) {
    super(type, item, `is misconfigured: ${describeIssues(issues)}`, cause);
    this.issues = issues;
  }
}

/** An item's health checks failed, one after the other; `cause` is what the last one threw. */
export class HealthCheckFailedError extends PluginFailedError {
  static override readonly errorName = "HealthCheckFailedError";
  override readonly name = HealthCheckFailedError.errorName;
  override readonly code = "HEALTH_CHECK_FAILED";
  constructor(type: TypeIdentity, item: PluginItem, cause: unknown) {
    super(type, item, `does not pass its health check: ${messageOf(cause)}`, cause);
  }
}

/** A plugin's asynchronous schema did not answer in time, so that nothing could be done with a config. */
export class SchemaTimeoutError extends PlugbayError {
  static override readonly errorName = "SchemaTimeoutError";
  override readonly name = SchemaTimeoutError.errorName;
  readonly code = "SCHEMA_TIMEOUT";
  readonly kind = "timeout";
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

/** A plugin's `check` did not answer in time. */
export class CheckTimeoutError extends PlugbayError {
  static override readonly errorName = "CheckTimeoutError";
  override readonly name = CheckTimeoutError.errorName;
  readonly code = "CHECK_TIMEOUT";
  readonly kind = "timeout";
  readonly timeoutMs: number;
  constructor(timeoutMs: number) {
    super(`there was no answer within ${timeoutMs} ms`);
    this.timeoutMs = timeoutMs;
  }
}

/**
 * Every candidate that `run` tried failed. `errors` holds what each threw, in the order of the attempts; `cause` is
 * the last of them, or the `SelectorError` that ended the run, if the selector failed after the first attempt.
 */
export class AllPluginsFailedError extends PlugbayError {
  static override readonly errorName = "AllPluginsFailedError";
  override readonly name = AllPluginsFailedError.errorName;
  readonly code = "ALL_PLUGINS_FAILED";
  readonly kind = "failed";
  readonly type: TypeIdentity;
  readonly errors: readonly { readonly item: PluginItem; readonly error: unknown }[];
  constructor(
    type: TypeIdentity,
    errors: readonly { readonly item: PluginItem; readonly error: unknown }[],
    selectorError?: unknown,
  ) {
    const reasons = joined(
      errors
        .slice(0, mostTold)
        .map(({ item, error }) => `${itemLabel(item)}: ${cut(messageOf(error), longestReason)}`),
      "; ",
      errors.length,
    );
    super(
      selectorError === undefined
        ? `every plugin of ${describeType(type)} failed: ${reasons}`
        : `every plugin of ${describeType(type)} that was tried failed: ` +
            `${reasons}; then ${messageOf(selectorError)}`,
      { cause: selectorError ?? errors.at(-1)?.error },
    );
    this.type = type;
    this.errors = errors;
  }
}

/** An attempt of `run` took longer than its `timeoutMs`. */
export class RunTimeoutError extends PlugbayError {
  static override readonly errorName = "RunTimeoutError";
  override readonly name = RunTimeoutError.errorName;
  readonly code = "RUN_TIMEOUT";
  readonly kind = "timeout";
  readonly itemId: string;
  readonly timeoutMs: number;
  constructor(item: PluginItem, timeoutMs: number) {
    super(`${itemLabel(item)} did not finish within ${timeoutMs} ms`);
    this.itemId = item.id;
    this.timeoutMs = timeoutMs;
  }
}
