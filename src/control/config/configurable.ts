import type { StandardSchemaV1 } from "@standard-schema/spec";
import type { PluginIdentity, TypeIdentity } from "../../definition/identity.ts";
import type { Plugin } from "../../definition/plugin.ts";
import { UnknownPluginError } from "../../registry/errors.ts";
import type { Registry } from "../../registry/registry.ts";
import { NotConfigurableError } from "./config-errors.ts";

export interface ConfigurablePlugin extends Plugin {
  readonly config: StandardSchemaV1;
}

/** The registered plugin, which must take a config. @throws UnknownPluginError, NotConfigurableError */
export function configurable(
  registry: Registry,
  type: TypeIdentity,
  { module, name }: PluginIdentity,
): ConfigurablePlugin {
  const plugin = registry.plugin(type, module, name);
  if (plugin === undefined) throw new UnknownPluginError(type, { module, name });
  if (!isConfigurable(plugin)) throw new NotConfigurableError(type, plugin);
  return plugin;
}

/** Whether a plugin takes a config, so that it may have several items. */
export const isConfigurable = (plugin: Plugin): plugin is ConfigurablePlugin => plugin.config !== undefined;
