import type { ConfigIssue } from "../definition/config-issue.ts";
import { describeIssues, describePlugin, describeType } from "../definition/describe.ts";
import type { PluginIdentity, TypeIdentity } from "../definition/identity.ts";
import type { PluginItem } from "../definition/plugin-item.ts";
import { PlugbayError } from "../errors.ts";
import { messageOf } from "../thrown.ts";

/** A plugin could not be made ready: its `create` or constructor threw, timed out, or refused its config. */
export class PluginFailedError extends PlugbayError {
  static override readonly errorName: string = "PluginFailedError";
  override readonly name: string = PluginFailedError.errorName;
  readonly code: string = "PLUGIN_FAILED";
  readonly kind = "failed";
  /** The id of the item that could not be made ready. */
  readonly itemId: string;
  /** The plugin type. */
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
  /** What is wrong, and where in the config. */
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
    super(type, item, `fails its health check: ${messageOf(cause)}`, cause);
  }
}

/** A plugin's asynchronous schema did not answer in time, so that nothing could be done with a config. */
export class SchemaTimeoutError extends PlugbayError {
  static override readonly errorName = "SchemaTimeoutError";
  override readonly name = SchemaTimeoutError.errorName;
  readonly code = "SCHEMA_TIMEOUT";
  readonly kind = "timeout";
  /** The plugin whose schema it is. */
  readonly plugin: PluginIdentity;
  /** The time that it had, in milliseconds. */
  readonly timeoutMs: number;
  constructor(plugin: PluginIdentity, timeoutMs: number) {
    super(
      `the config schema of ${describePlugin(plugin)} did not answer within ${timeoutMs} ms; ` +
        `check what it waits for, or raise "prepareTimeoutMs"`,
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
  /** The time that it had, in milliseconds. */
  readonly timeoutMs: number;
  constructor(timeoutMs: number) {
    super(`no answer within ${timeoutMs} ms`);
    this.timeoutMs = timeoutMs;
  }
}
