import type { ConfigIssue } from "../../definition/config-issue.ts";
import { describeIssues, describePlugin, describeType } from "../../definition/describe.ts";
import type { PluginIdentity, TypeIdentity } from "../../definition/identity.ts";
import { PlugbayError } from "../../errors.ts";

/** A config was refused, and nothing was saved; `issues` say what is wrong where. */
export class InvalidConfigError extends PlugbayError {
  static override readonly errorName = "InvalidConfigError";
  override readonly name = InvalidConfigError.errorName;
  readonly code = "INVALID_CONFIG";
  readonly kind = "invalid";
  /** The plugin that refuses the config. */
  readonly plugin: PluginIdentity;
  /** What is wrong, and where. */
  readonly issues: readonly ConfigIssue[];
  constructor(plugin: PluginIdentity, issues: readonly ConfigIssue[], cause?: unknown) {
    super(`${describePlugin(plugin)} refuses the config: ${describeIssues(issues)}`, { cause });
    this.plugin = plugin;
    this.issues = issues;
  }
}

/** The plugin has no config, so it has one item, without a label. */
export class NotConfigurableError extends PlugbayError {
  static override readonly errorName = "NotConfigurableError";
  override readonly name = NotConfigurableError.errorName;
  readonly code = "NOT_CONFIGURABLE";
  readonly kind = "conflict";
  /** The plugin's type. */
  readonly type: TypeIdentity;
  /** The plugin that takes no config. */
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

/** The plugin has no `check`, so there is no telling whether a config of it works. */
export class NotCheckableError extends PlugbayError {
  static override readonly errorName = "NotCheckableError";
  override readonly name = NotCheckableError.errorName;
  readonly code = "NOT_CHECKABLE";
  readonly kind = "conflict";
  /** The plugin's type. */
  readonly type: TypeIdentity;
  /** The plugin that has no `check`. */
  readonly plugin: PluginIdentity;
  constructor(type: TypeIdentity, plugin: PluginIdentity) {
    super(
      `${describePlugin(plugin)} for ${describeType(type)} cannot be checked; give definePlugin a function as "check"`,
    );
    this.type = type;
    this.plugin = plugin;
  }
}
