import type { AnyFunction, InterfaceClass } from "./class-shape.ts";
import { InvalidDefinitionError, NoMethodsError } from "./errors.ts";
import type { TypeIdentity } from "./identity.ts";
import { checkName } from "./name.ts";
import type { Candidates, PluginItem } from "./plugin-item.ts";
import { checkText } from "./text.ts";

/** Shared by all copies of this package in a process, so that tokens of one copy are known to another. */
const brand = Symbol.for("plugbay.plugin-type");

/** The names of T's methods, optional ones included. */
export type MethodName<T> = {
  [K in keyof T]-?: NonNullable<T[K]> extends AnyFunction ? K : never;
}[keyof T] &
  string;

/** Every method of T, and no other, with whether an implementation must have it. */
export type MethodDeclarations<T> = {
  readonly [K in MethodName<T>]: Record<never, never> extends Pick<T, K> ? "optional" : "required";
};

/** Picks an item out of the candidates, or none. It must be synchronous and should be pure. */
export type Selector<Args extends readonly unknown[]> = (
  candidates: Candidates,
  ...args: Args
) => PluginItem | undefined;

/** An identity that a type had before; a bare string is a former name under the same manager. */
export type TypeAlias = string | { readonly manager?: string; readonly name?: string };

export interface PluginTypeOptions<T extends object> {
  /** 1 to 100 code points, unique within the manager. */
  readonly name: string;
  /** The module that owns the type, such as `apps/otp`. */
  readonly manager: string;
  /** For operators. Default `""`. */
  readonly description?: string;
  readonly methods: MethodDeclarations<NoInfer<T>>;
  /** When given, every plugin's `class` must extend it, and T is inferred from it. */
  readonly interface?: InterfaceClass<T>;
  /** Former identities: a row found under one is renamed in place by the next sync. */
  readonly aliases?: readonly TypeAlias[];
}

/**
 * The token of a plugin type: what plugins are declared for and what `plugbay.get` is asked with.
 * T is the interface that implementations have, Args what the type's selector takes.
 */
export interface PluginType<T extends object, Args extends readonly unknown[] = []> extends TypeIdentity {
  readonly description: string;
  readonly methods: Readonly<Record<string, "required" | "optional">>;
  readonly interface: InterfaceClass<object> | undefined;
  readonly aliases: readonly TypeIdentity[];
  readonly selector: Selector<Args> | undefined;
  /**
   * A token like this one whose items are picked by `selector` instead of the default selection.
   * `get` and its relatives then take, and require, the selector's further arguments.
   *
   * @example
   * const byCountry = definePluginType<OtpSender>({ ... })
   *   .withSelector((candidates, country: string) => candidates.active.find((item) => item.label === country));
   * plugbay.get(byCountry, "NL");
   */
  withSelector<A extends readonly unknown[]>(selector: Selector<A>): PluginType<T, A>;
  /**
   * Carries T, and is never there. No symbol: that would be another one in every copy of these declarations.
   * Editors do not offer a name that begins with a space.
   */
  readonly " implementation"?: () => T;
}

/** A token of any type, with any selector. */
export type AnyPluginType = PluginType<object, never>;

/**
 * Declares a plugin type: an extension point that plugins implement and `plugbay.get` serves.
 * Give T explicitly, or give an abstract class as `interface` and T is inferred from it.
 *
 * @throws InvalidNameError, NoMethodsError, InvalidDefinitionError
 * @example
 * interface OtpSender { sendOtp(number: string, code: string): Promise<void> }
 * const otp = definePluginType<OtpSender>({
 *   name: "otp",
 *   manager: "apps/otp",
 *   description: "One-time password delivery channel",
 *   methods: { sendOtp: "required" },
 * });
 */
export function definePluginType<T extends object>(options: PluginTypeOptions<T>): PluginType<T> {
  const name = checkName("plugin type name", options.name);
  const manager = checkName(`manager of plugin type "${name}"`, options.manager);
  const identity: TypeIdentity = { manager, name };
  const methods = checkMethods(identity, options.methods);
  const token = {
    [brand]: true,
    name,
    manager,
    description: checkText(`description of plugin type "${name}"`, options.description ?? ""),
    methods,
    interface: options.interface,
    aliases: Object.freeze((options.aliases ?? []).map((alias) => checkAlias(identity, alias))),
    selector: undefined,
    withSelector<A extends readonly unknown[]>(selector: Selector<A>): PluginType<T, A> {
      if (typeof selector !== "function") {
        throw new InvalidDefinitionError(
          `plugin type "${name}" of "${manager}"`,
          "was given a selector that is no function",
        );
      }
      return Object.freeze({ ...token, selector });
    },
  };
  return Object.freeze(token);
}

export function isPluginType(value: unknown): value is AnyPluginType {
  return typeof value === "object" && value !== null && brand in value;
}

function checkMethods(
  type: TypeIdentity,
  methods: unknown,
): Readonly<Record<string, "required" | "optional">> {
  const entries = typeof methods === "object" && methods !== null ? Object.entries(methods) : [];
  if (entries.length === 0) throw new NoMethodsError(type);
  for (const [method, need] of entries) {
    if (need !== "required" && need !== "optional") {
      throw new InvalidDefinitionError(
        `plugin type "${type.name}" of "${type.manager}"`,
        `declares method "${method}" as ${JSON.stringify(need)}; it is "required" or "optional"`,
      );
    }
  }
  return Object.freeze(Object.fromEntries(entries));
}

function checkAlias(type: TypeIdentity, alias: TypeAlias): TypeIdentity {
  const { manager = type.manager, name = type.name } = typeof alias === "string" ? { name: alias } : alias;
  return Object.freeze({
    manager: checkName(`alias of plugin type "${type.name}": manager`, manager),
    name: checkName(`alias of plugin type "${type.name}": name`, name),
  });
}
