import { bringForward } from "../definition/bring-forward.ts";
import { type CheckedConfig, checkConfig } from "../definition/check-config.ts";
import type { Plugin } from "../definition/plugin.ts";
import type { PluginItem } from "../definition/plugin-item.ts";
import { MisconfiguredError, messageOf } from "../errors.ts";

/**
 * The item's config, brought to the version of the plugin's code, as its schema reads it; `undefined` for a
 * plugin without a schema.
 *
 * @throws MisconfiguredError
 */
export function readConfig(plugin: Plugin, item: PluginItem): unknown | Promise<unknown> {
  if (plugin.config === undefined) return undefined;
  const checked = checkConfig(plugin.config, present(plugin, item) ?? {});
  return checked instanceof Promise
    ? checked.then((done) => accept(plugin, item, done))
    : accept(plugin, item, checked);
}

function present(plugin: Plugin, item: PluginItem): unknown {
  if (item.config === null) return undefined;
  try {
    return bringForward(plugin, item.config, item.configVersion);
  } catch (error) {
    const issue = { path: [], message: `it could not be brought forward: ${messageOf(error)}` };
    throw new MisconfiguredError(plugin.type, item, [issue], error);
  }
}

function accept(plugin: Plugin, item: PluginItem, checked: CheckedConfig): unknown {
  if (checked.kind === "valid") return checked.value;
  throw new MisconfiguredError(plugin.type, item, checked.issues, checked.cause);
}
