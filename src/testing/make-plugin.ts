import { checkKnown, type OptionNames } from "../definition/known-options.ts";
import type { Plugin } from "../definition/plugin.ts";
import { MadePlugin } from "./made-plugin.ts";

/** How one instance of a plugin is made. Input is what its schema takes. */
export interface MakeOptions<Input> {
  /** As an operator enters it; secrets in clear. Default: none, which a schema takes for `{}`. */
  readonly config?: Input;
  /** What the plugin's code is told to give up by, at first, and then to end what it still does. Default: nothing. */
  readonly signal?: AbortSignal;
}

/**
 * One instance of a plugin, without a plugbay: its config is read by its schema, and what it makes is held against its
 * type, as in earnest. It is not kept anywhere, and ending it is up to the test.
 *
 * @throws the errors of registration; MisconfiguredError where the schema refuses the config; PluginFailedError where
 *   the plugin fails, or takes longer than 5 s; MissingMethodError; UnknownOptionError
 * @example
 * const sender = await makePlugin(smsIr, { config: { token: "test-token" } });
 * await sender.sendOtp("+1 555 0100", "123456");
 */
export async function makePlugin<T extends object, Input>(
  plugin: Plugin<T, Input>,
  options: MakeOptions<NoInfer<Input>> = {},
): Promise<T> {
  checkKnown("makePlugin", options, optionNames);
  const made = await MadePlugin.make(plugin as Plugin, options.config, options.signal);
  return made.instance as T;
}

const optionNames: OptionNames<MakeOptions<unknown>> = { config: true, signal: true };
