import { checkHooks } from "./check-hooks.ts";
import { isObject } from "./contract.ts";
import { describeType } from "./describe.ts";
import { InvalidDefinitionError, NoMethodsError } from "./errors.ts";
import type { TypeIdentity } from "./identity.ts";
import { checkKnown, type OptionNames } from "./known-options.ts";
import { checkName } from "./name.ts";
import { brand, type PluginType, type Selector } from "./plugin-type.ts";
import type { PluginTypeOptions, TypeAlias } from "./plugin-type-options.ts";
import { definePolicy } from "./resolve-policy.ts";
import { checkText } from "./text.ts";

/**
 * Declares a plugin type: an extension point that plugins implement and `plugbay.get` serves.
 * Give T explicitly, or give an abstract class as `interface` and T is inferred from it.
 *
 * @throws InvalidNameError, NoMethodsError, InvalidDefinitionError, UnknownOptionError, InvalidOptionError
 * @example
 * interface OtpSender { sendOtp(number: string, code: string): Promise<void> }
 * const otp = definePluginType<OtpSender>({
 *   name: "otp",
 *   manager: "apps/otp",
 *   description: "One-time password delivery channel",
 *   methods: { sendOtp: "required" },
 *   policy: { idempotent: true, timeoutMs: 5_000 },
 * });
 */
export function definePluginType<T extends object>(options: PluginTypeOptions<T>): PluginType<T> {
  checkKnown("definePluginType", options, optionNames);
  const name = checkName("plugin type name", options.name);
  const manager = checkName(`manager of plugin type "${name}"`, options.manager);
  const identity: TypeIdentity = { manager, name };
  const methods = checkMethods(identity, options.methods);
  checkInterface(identity, options.interface);
  const token = {
    [brand]: true,
    name,
    manager,
    description: checkText(`description of plugin type "${name}"`, options.description ?? ""),
    methods,
    policy: definePolicy(options.policy),
    hooks: checkHooks(options.hooks),
    interface: options.interface,
    aliases: Object.freeze((options.aliases ?? []).map((alias) => checkAlias(identity, alias))),
    selector: undefined,
    withSelector<A extends readonly unknown[]>(selector: Selector<A>): PluginType<T, A> {
      if (typeof selector !== "function") {
        throw new InvalidDefinitionError(
          describeType(identity),
          "was given a selector that is not a function",
        );
      }
      return Object.freeze({ ...token, selector });
    },
  };
  return Object.freeze(token);
}

const optionNames: OptionNames<PluginTypeOptions<object>> = {
  name: true,
  manager: true,
  description: true,
  methods: true,
  policy: true,
  hooks: true,
  interface: true,
  aliases: true,
};

function checkInterface(type: TypeIdentity, value: unknown): void {
  if (value === undefined || (typeof value === "function" && isObject(value.prototype))) return;
  throw new InvalidDefinitionError(describeType(type), `has an "interface" that is not a class`);
}

const aliasNames = { manager: true, name: true } as const;

function checkMethods(
  type: TypeIdentity,
  methods: unknown,
): Readonly<Record<string, "required" | "optional">> {
  const entries = typeof methods === "object" && methods !== null ? Object.entries(methods) : [];
  if (entries.length === 0) throw new NoMethodsError(type);
  for (const [method, need] of entries) {
    if (need !== "required" && need !== "optional") {
      throw new InvalidDefinitionError(
        describeType(type),
        `declares method "${method}" as ${JSON.stringify(need)}; it is "required" or "optional"`,
      );
    }
  }
  return Object.freeze(Object.fromEntries(entries));
}

function checkAlias(type: TypeIdentity, alias: TypeAlias): TypeIdentity {
  const given = typeof alias === "string" ? { name: alias } : alias;
  checkKnown(`an alias of plugin type "${type.name}"`, given, aliasNames);
  const { manager = type.manager, name = type.name } = given;
  return Object.freeze({
    manager: checkName(`alias of plugin type "${type.name}": manager`, manager),
    name: checkName(`alias of plugin type "${type.name}": name`, name),
  });
}
