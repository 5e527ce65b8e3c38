import { acceptsEmptyConfig } from "../definition/accepts-empty-config.ts";
import type { SchemaWait } from "../definition/check-config.ts";
import type { Plugin } from "../definition/plugin.ts";
import type { Registry } from "../registry/registry.ts";

/**
 * The plugins that get no item by themselves: their schemas refuse an empty config, so that an item has to
 * be added with one. An asynchronous schema is waited for.
 *
 * @throws SchemaTimeoutError
 */
export async function pluginsToConfigure(registry: Registry, wait: SchemaWait): Promise<ReadonlySet<Plugin>> {
  const found = new Set<Plugin>();
  for (const type of registry.types()) {
    for (const plugin of registry.plugins(type)) {
      if (plugin.config !== undefined && !(await acceptsEmptyConfig(plugin, wait))) found.add(plugin);
    }
  }
  return found;
}
