import { describePlugin, describeType } from "../definition/describe.ts";
import type { PluginIdentity, TypeIdentity } from "../definition/identity.ts";
import type { AnyPluginType } from "../definition/plugin-type.ts";
import { PlugbayError } from "../errors.ts";

/** Two plugin types have one identity. */
export class DuplicateTypeError extends PlugbayError {
  static override readonly errorName = "DuplicateTypeError";
  override readonly name = DuplicateTypeError.errorName;
  readonly code = "DUPLICATE_TYPE";
  readonly kind = "invalid";
  /** The identity that both have. */
  readonly type: TypeIdentity;
  constructor(type: TypeIdentity) {
    super(`${describeType(type)} is declared twice; a manager's type names, aliases included, must differ`);
    this.type = type;
  }
}

/** Two plugins of a type have one identity. */
export class DuplicatePluginError extends PlugbayError {
  static override readonly errorName = "DuplicatePluginError";
  override readonly name = DuplicatePluginError.errorName;
  readonly code = "DUPLICATE_PLUGIN";
  readonly kind = "invalid";
  /** The type of the plugins. */
  readonly type: TypeIdentity;
  /** The identity that both have. */
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

/** A call's token has a selector and the registered type of its identity has none, or the other way round. */
export class SelectorMismatchError extends PlugbayError {
  static override readonly errorName = "SelectorMismatchError";
  override readonly name = SelectorMismatchError.errorName;
  readonly code = "SELECTOR_MISMATCH";
  readonly kind = "invalid";
  /** The plugin type. */
  readonly type: TypeIdentity;
  constructor({ manager, name, selector }: AnyPluginType) {
    const type: TypeIdentity = { manager, name };
    super(
      selector === undefined
        ? `${describeType(type)} is registered with a selector, and the token of this call has none; call with the token that withSelector made`
        : `the token of this call has a selector, and ${describeType(type)} is registered without one; give "plugins" the token that withSelector made`,
    );
    this.type = type;
  }
}

/** A plugin, or a call, names a plugin type that is not registered. */
export class UnknownTypeError extends PlugbayError {
  static override readonly errorName = "UnknownTypeError";
  override readonly name = UnknownTypeError.errorName;
  readonly code = "UNKNOWN_TYPE";
  readonly kind = "not-found";
  /** The type that is not registered. */
  readonly type: TypeIdentity;
  /** The plugin that names it; undefined where a call does. */
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

/** This process has no such plugin, so it cannot say what its items are, or what a config of it must be. */
export class UnknownPluginError extends PlugbayError {
  static override readonly errorName = "UnknownPluginError";
  override readonly name = UnknownPluginError.errorName;
  readonly code = "UNKNOWN_PLUGIN";
  readonly kind = "not-found";
  /** The type of the plugin. */
  readonly type: TypeIdentity;
  /** The plugin that is not registered. */
  readonly plugin: PluginIdentity;
  constructor(type: TypeIdentity, plugin: PluginIdentity) {
    super(
      `${describePlugin(plugin)} for ${describeType(type)} is not registered in this process; ` +
        `add it to "plugins" of openPlugbay`,
    );
    this.type = type;
    this.plugin = plugin;
  }
}
