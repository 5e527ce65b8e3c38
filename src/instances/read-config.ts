import { bringForward } from "../definition/bring-forward.ts";
import { type CheckedConfig, checkConfig } from "../definition/check-config.ts";
import type { ConfigIssue } from "../definition/config-issue.ts";
import type { Plugin } from "../definition/plugin.ts";
import type { PluginItem } from "../definition/plugin-item.ts";
import { isThenable } from "../definition/thenable.ts";
import { hideInIssues, hideInProblem } from "../secrets/hide-secrets.ts";
import type { KeyRing } from "../secrets/key-ring.ts";
import { openConfig } from "../secrets/open-config.ts";
import { MisconfiguredError } from "./errors.ts";

/** What an instance is made with. */
export interface ReadConfig {
  readonly plugin: Plugin;
  /** As the plugin's schema reads it; `undefined` for a plugin without a schema. */
  readonly config: unknown;
  /** The secrets in it, to be kept out of messages. */
  readonly secrets: readonly string[];
}

const noConfigs = new WeakMap<Plugin, ReadConfig>();

/** What a plugin without a config is made with, shared by all its slots. */
export function noConfig(plugin: Plugin): ReadConfig {
  const known = noConfigs.get(plugin);
  if (known) return known;
  const made: ReadConfig = Object.freeze({ plugin, config: undefined, secrets: [] });
  noConfigs.set(plugin, made);
  return made;
}

/**
 * The item's config: its secrets decrypted, brought to the version of the plugin's code, and read by its
 * schema.
 *
 * @throws MisconfiguredError, which tells no secret
 */
export function readConfig(
  plugin: Plugin,
  item: PluginItem,
  keys: KeyRing,
): ReadConfig | Promise<ReadConfig> {
  if (plugin.config === undefined) return noConfig(plugin);
  const { config, secrets, issues } = openConfig(item, plugin.secrets, keys);
  const refuse = (found: readonly ConfigIssue[]): never => {
    throw new MisconfiguredError(plugin.type, item, hideInIssues(found, secrets));
  };
  const refuseFor = (problem: string, error: unknown): never => {
    const hidden = hideInProblem(problem, error, secrets);
    throw new MisconfiguredError(plugin.type, item, hidden.issues, hidden.cause);
  };
  if (issues.length > 0) return refuse(issues);
  const accept = (checked: CheckedConfig): ReadConfig => {
    if (checked.kind === "valid") return { plugin, config: checked.value, secrets };
    return checked.kind === "invalid" ? refuse(checked.issues) : refuseFor("its schema threw", checked.error);
  };
  let present: unknown;
  try {
    present = config === null ? {} : bringForward(plugin, config, item.configVersion);
  } catch (error) {
    return refuseFor("it could not be brought forward", error);
  }
  const checked = checkConfig(plugin.config, present);
  return isThenable(checked) ? checked.then(accept) : accept(checked);
}
