import { addressFields } from "./address-fields.ts";
import {
  checkAlias,
  checkKinds,
  checkLifetime,
  checkVersion,
  constructionOf,
} from "./check-plugin-options.ts";
import { checkStatus } from "./check-status.ts";
import type { InputOf, Schema } from "./config-schema.ts";
import { describePlugin } from "./describe.ts";
import type { ErasedOptions } from "./erased-options.ts";
import { InvalidDefinitionError } from "./errors.ts";
import { checkKnown, type OptionNames } from "./known-options.ts";
import { checkName } from "./name.ts";
import { brand, type Plugin } from "./plugin.ts";
import type { PluginOptions } from "./plugin-options.ts";
import { isPluginType, type PluginType } from "./plugin-type.ts";
import { checkPriority } from "./priority.ts";
import { secretFields } from "./secret-fields.ts";
import { checkText } from "./text.ts";

/**
 * Declares a plugin: one implementation of a plugin type, provided by a module. Whether a class
 * fulfils the type is checked when the plugin is registered.
 *
 * @throws InvalidNameError, InvalidPriorityError, InvalidStatusError, InvalidDefinitionError
 * @example
 * const smsIr = definePlugin(otp, {
 *   name: "sms_ir",
 *   module: "apps/otp-sms",
 *   priority: 10,
 *   description: "Send codes through Sms.ir",
 *   class: SmsIrOtp,
 * });
 */
export function definePlugin<
  T extends object,
  Args extends readonly unknown[],
  S extends Schema = undefined,
  R = T | Promise<T>,
>(type: PluginType<T, Args>, options: PluginOptions<NoInfer<T>, S, R>): Plugin<T, InputOf<S>> {
  checkKnown("definePlugin", options, optionNames);
  const name = checkName("plugin name", options.name);
  const module = checkName(`module of plugin "${name}"`, options.module);
  const subject = describePlugin({ module, name });
  if (!isPluginType(type)) {
    throw new InvalidDefinitionError(subject, "is for something that definePluginType did not make");
  }
  const erased = options as unknown as ErasedOptions;
  checkKinds(subject, erased);
  const plugin = {
    [brand]: true,
    type,
    name,
    module,
    priority: checkPriority(subject, options.priority ?? 0),
    status: checkStatus(subject, options.status ?? "active"),
    description: checkText(`description of ${subject}`, options.description ?? ""),
    aliases: Object.freeze((options.aliases ?? []).map((alias) => checkAlias({ module, name }, alias))),
    lifetime: checkLifetime(subject, options.lifetime ?? "singleton"),
    config: options.config,
    configVersion: checkVersion(subject, erased),
    secrets: secretFields(subject, erased),
    addresses: addressFields(subject, erased),
    migrateConfig: erased.migrateConfig,
    construction: constructionOf(subject, erased),
    check: erased.check,
    dispose: erased.dispose,
  };
  return Object.freeze(plugin);
}

const optionNames: OptionNames<PluginOptions<object>> = {
  name: true,
  module: true,
  priority: true,
  status: true,
  description: true,
  aliases: true,
  config: true,
  version: true,
  migrateConfig: true,
  secrets: true,
  addresses: true,
  check: true,
  dispose: true,
  class: true,
  create: true,
  lifetime: true,
};
