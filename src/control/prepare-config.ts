import { bringForward } from "../definition/bring-forward.ts";
import { checkConfig } from "../definition/check-config.ts";
import type { JsonValue, PluginItem } from "../definition/plugin-item.ts";
import { InvalidConfigError, messageOf } from "../errors.ts";
import { checkJson } from "./check-json.ts";
import type { ConfigurablePlugin } from "./configurable.ts";

/** A config as it is stored. */
export interface PreparedConfig {
  readonly config: JsonValue;
  readonly configVersion: number;
}

/**
 * A config that somebody sent, once the plugin's schema has taken it. It is stored as it was sent: what the
 * schema makes of it (defaults, transformations) is made anew by every process.
 *
 * @throws InvalidConfigError
 */
export async function prepareConfig(plugin: ConfigurablePlugin, sent: unknown): Promise<PreparedConfig> {
  const json = checkJson(sent);
  if ("issues" in json) throw new InvalidConfigError(plugin, json.issues);
  // The schema gets a copy: one that changes what it reads must not change what is stored.
  const checked = await checkConfig(plugin.config, structuredClone(json.value ?? {}));
  if (checked.kind === "invalid") throw new InvalidConfigError(plugin, checked.issues, checked.cause);
  return { config: json.value, configVersion: plugin.configVersion };
}

/** An item's config as the plugin's code of today has it. @throws InvalidConfigError */
export function presentConfig(plugin: ConfigurablePlugin, { config, configVersion }: PluginItem): unknown {
  if (config === null) return config;
  try {
    return bringForward(plugin, config, configVersion);
  } catch (error) {
    const message = `it could not be brought forward: ${messageOf(error)}`;
    throw new InvalidConfigError(plugin, [{ path: [], message }], error);
  }
}
