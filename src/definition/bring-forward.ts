import { migrate } from "./foreign-code.ts";
import type { Plugin } from "./plugin.ts";
import type { JsonValue } from "./plugin-item.ts";

/**
 * A config of an older version as the plugin's code of today has it; throws for one of a newer version, and
 * what `migrateConfig` throws.
 */
export function bringForward(plugin: Plugin, config: JsonValue, version: number): unknown {
  const { configVersion, migrateConfig } = plugin;
  if (version > configVersion) {
    throw new Error(`it is of version ${version}, and this code knows versions up to ${configVersion}`);
  }
  return migrateConfig && version < configVersion ? migrate(migrateConfig, config, version) : config;
}
