import { checkConfig } from "./check-config.ts";
import type { Plugin } from "./plugin.ts";

const answers = new WeakMap<Plugin, boolean | Promise<boolean>>();

/**
 * Whether a plugin works without anybody configuring it: it has no schema, or one that takes `{}`. Its
 * schema is asked once. The answer of an asynchronous one is a promise.
 */
export function acceptsEmptyConfig(plugin: Plugin): boolean | Promise<boolean> {
  if (plugin.config === undefined) return true;
  const known = answers.get(plugin);
  if (known !== undefined) return known;
  const checked = checkConfig(plugin.config, {});
  const answer =
    checked instanceof Promise ? checked.then(({ kind }) => kind === "valid") : checked.kind === "valid";
  answers.set(plugin, answer);
  return answer;
}
