import { InvalidOptionError, InvalidTokenError } from "../../definition/errors.ts";
import type { PluginIdentity, TypeIdentity } from "../../definition/identity.ts";
import { isPlugin, type Plugin } from "../../definition/plugin.ts";

/** Says which plugin by its names. */
export interface PluginByName extends PluginIdentity {
  /** The plugin's type: its token, or its manager and name. */
  readonly type: TypeIdentity;
  /** Left out: the names say which plugin it is. */
  readonly plugin?: undefined;
}

/** Says which plugin by what `definePlugin` made. */
export interface PluginByToken<Input> {
  /** What `definePlugin` made. */
  readonly plugin: Plugin<object, Input>;
  /** Left out: the plugin says it. */
  readonly type?: undefined;
  /** Left out: the plugin says it. */
  readonly module?: undefined;
  /** Left out: the plugin says it. */
  readonly name?: undefined;
}

/** A plugin's identity with that of its type. */
export interface PluginNames extends PluginIdentity {
  readonly type: TypeIdentity;
}

/** The names of a plugin, however it was said. @throws InvalidTokenError, InvalidOptionError */
export function pluginNames(given: PluginByName | PluginByToken<unknown>): PluginNames {
  const { plugin } = given;
  if (plugin === undefined) return { type: identityOf(given.type), module: given.module, name: given.name };
  if (!isPlugin(plugin)) throw new InvalidTokenError(plugin, "no plugin; give what definePlugin made");
  for (const name of ["type", "module", "name"] as const) {
    if (given[name] === undefined) continue;
    throw new InvalidOptionError(name, given[name], `it is given by "plugin" already`);
  }
  return { type: identityOf(plugin.type), module: plugin.module, name: plugin.name };
}

function identityOf(type: TypeIdentity): TypeIdentity {
  if (typeof type !== "object" || type === null) {
    throw new InvalidTokenError(type, "no plugin type; give its token, or its manager and name");
  }
  return { manager: type.manager, name: type.name };
}
