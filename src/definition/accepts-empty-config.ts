import { type CheckedConfig, checkConfig, type SchemaWait } from "./check-config.ts";
import type { Plugin } from "./plugin.ts";
import { isThenable } from "./thenable.ts";

const answers = new WeakMap<Plugin, boolean | Promise<boolean>>();

/**
 * Whether a plugin works without anybody configuring it: it has no schema, or one that takes `{}`. Its
 * schema is asked once, unless it does not answer in time. The answer of an asynchronous one is a promise.
 */
export function acceptsEmptyConfig(plugin: Plugin, wait: SchemaWait): boolean | Promise<boolean> {
  if (plugin.config === undefined) return true;
  const known = answers.get(plugin);
  if (known !== undefined) return known;
  const checked = checkConfig(plugin.config, {});
  if (!isThenable(checked)) return remember(plugin, isValid(checked));
  const answer = wait(plugin, checked).then(isValid);
  answer.catch(() => answers.delete(plugin));
  return remember(plugin, answer);
}

const isValid = ({ kind }: CheckedConfig): boolean => kind === "valid";

function remember<Answer extends boolean | Promise<boolean>>(plugin: Plugin, answer: Answer): Answer {
  answers.set(plugin, answer);
  return answer;
}
