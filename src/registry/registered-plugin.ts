import { InvalidTokenError } from "../definition/errors.ts";
import { isPlugin, type Plugin } from "../definition/plugin.ts";
import { UnknownPluginError } from "./errors.ts";
import { registeredType } from "./registered-type.ts";
import type { Registry } from "./registry.ts";

/**
 * The registered plugin that a call's plugin stands for: the plugin itself, or the one of its identity.
 *
 * @throws InvalidTokenError, UnknownTypeError, UnknownPluginError
 */
export function registeredPlugin(registry: Registry, plugin: Plugin): Plugin {
  if (!isPlugin(plugin)) throw new InvalidTokenError(plugin, "no plugin; give what definePlugin made");
  const type = registeredType(registry, plugin.type);
  const { module, name } = plugin;
  const registered = registry.plugin(type, module, name);
  if (registered === undefined) throw new UnknownPluginError(type, { module, name });
  return registered;
}
