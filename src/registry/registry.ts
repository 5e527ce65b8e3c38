import { checkClass } from "../definition/contract.ts";
import { InvalidDefinitionError } from "../definition/errors.ts";
import type { TypeIdentity } from "../definition/identity.ts";
import { PairMap } from "../definition/pair-map.ts";
import { isPlugin, type Plugin } from "../definition/plugin.ts";
import { type AnyPluginType, isPluginType } from "../definition/plugin-type.ts";
import { DuplicatePluginError, DuplicateTypeError, UnknownTypeError } from "./errors.ts";
import { PluginList } from "./plugin-list.ts";

/** Shared by all copies of this package in a process, so that a registry of one copy is known to another. */
const brand = Symbol.for("plugbay.registry");

/** Types and plugins in any order, nested as deeply as is convenient. */
export type Definitions = AnyPluginType | Plugin | readonly Definitions[];

/** What one registration has added: definitions that were registered before are left out. */
export interface Registered {
  readonly types: AnyPluginType[];
  readonly plugins: Plugin[];
}

/** Hears of a registration: the types and plugins that are new. */
export type RegisterListener = (added: Registered) => void;

/** A registered type with its plugins. */
interface Registration {
  readonly type: AnyPluginType;
  readonly plugins: PluginList;
  /** Former (module, name) pairs and which plugin has them now; undefined where there are none. */
  aliases: PairMap<Plugin> | undefined;
}

/**
 * The set of types and plugins declared in code. Pure and in memory: registering changes nothing in a
 * database; a sync does.
 */
export class Registry {
  /** @internal */
  readonly [brand] = true;
  readonly #registrations = new PairMap<Registration>();
  /** Former (manager, name) pairs and which type has them now. */
  readonly #typeAliases = new PairMap<AnyPluginType>();
  readonly #subscriptions = new Set<{ readonly listener: RegisterListener }>();

  /**
   * Adds types and plugins, all of them or, when one is refused, none.
   *
   * @throws DuplicateTypeError, DuplicatePluginError, UnknownTypeError, MissingMethodError,
   *   InterfaceNotExtendedError, InvalidDefinitionError
   * @example
   * plugbay.registry.register(pigeon); // a plugin that was loaded late
   */
  register(...definitions: Definitions[]): void {
    const { types, plugins } = sortOut(definitions);
    const undo: Undo = [];
    const added: Registered = { types: [], plugins: [] };
    try {
      for (const type of types) if (this.#addType(type, undo)) added.types.push(type);
      for (const plugin of plugins) if (this.#addPlugin(plugin, undo)) added.plugins.push(plugin);
      for (const type of added.types) this.#checkType(type);
      for (const plugin of added.plugins) this.#checkPlugin(plugin);
    } catch (error) {
      for (const step of undo.reverse()) step();
      throw error;
    }
    if (added.types.length + added.plugins.length === 0) return;
    for (const { listener } of [...this.#subscriptions]) listener(added);
  }

  /**
   * All registered types, in the order of registration.
   *
   * @example
   * plugbay.registry.types().map(({ name }) => name); // ["otp", "gateway"]
   */
  types(): AnyPluginType[] {
    return Array.from(this.#registrations.values(), ({ type }) => type);
  }

  /**
   * The registered type of this identity, undefined where there is none; the token itself or another copy of it will do.
   *
   * @example
   * plugbay.registry.type({ manager: "apps/otp", name: "otp" });
   */
  type(identity: TypeIdentity): AnyPluginType | undefined {
    return this.#registrations.get(identity.manager, identity.name)?.type;
  }

  /**
   * The plugins of a type, in the order of registration; none where the type is not registered.
   *
   * @example
   * plugbay.registry.plugins(otp).map(({ name }) => name); // ["sms_ir", "email"]
   */
  plugins(type: TypeIdentity): Plugin[] {
    return [...(this.#registrations.get(type.manager, type.name)?.plugins ?? [])];
  }

  /**
   * The registered plugin of this identity; undefined where there is none.
   *
   * @example
   * plugbay.registry.plugin(otp, "apps/otp-sms", "sms_ir")?.priority; // 10
   */
  plugin(type: TypeIdentity, module: string, name: string): Plugin | undefined {
    return this.#registrations.get(type.manager, type.name)?.plugins.get(module, name);
  }

  /**
   * Calls `listener` with what is new after every registration; returns the function that ends this one subscription.
   *
   * @example
   * const stop = plugbay.registry.onRegister(({ plugins }) => console.log(plugins.map(({ name }) => name)));
   */
  onRegister(listener: RegisterListener): () => void {
    const subscription = { listener };
    this.#subscriptions.add(subscription);
    return () => void this.#subscriptions.delete(subscription);
  }

  /** Whether the type is new. */
  #addType(type: AnyPluginType, undo: Undo): boolean {
    const present = this.#registrations.get(type.manager, type.name);
    if (present?.type === type) return false;
    if (present) throw new DuplicateTypeError(type);
    put(undo, this.#registrations, type.manager, type.name, {
      type,
      plugins: new PluginList(),
      aliases: undefined,
    });
    for (const alias of type.aliases) {
      if (this.#typeAliases.has(alias.manager, alias.name)) throw new DuplicateTypeError(alias);
      put(undo, this.#typeAliases, alias.manager, alias.name, type);
    }
    return true;
  }

  /** Whether the plugin is new. */
  #addPlugin(plugin: Plugin, undo: Undo): boolean {
    const registration = this.#registrations.get(plugin.type.manager, plugin.type.name);
    if (registration === undefined) throw new UnknownTypeError(plugin.type, plugin);
    const { type, plugins } = registration;
    const present = plugins.get(plugin.module, plugin.name);
    if (present === plugin) return false;
    if (present) throw new DuplicatePluginError(type, plugin);
    checkClass(type, plugin);
    plugins.add(plugin);
    undo.push(() => plugins.removeLast());
    for (const { module, name } of plugin.aliases) {
      const aliases = registration.aliases ?? new PairMap<Plugin>();
      registration.aliases = aliases;
      if (aliases.has(module, name)) throw new DuplicatePluginError(type, { module, name });
      put(undo, aliases, module, name, plugin);
    }
    return true;
  }

  /** An alias that is also a current name would make two claims on one row. */
  #checkType(type: AnyPluginType): void {
    if (this.#typeAliases.has(type.manager, type.name)) throw new DuplicateTypeError(type);
    for (const { manager, name } of type.aliases) {
      const holder = this.#registrations.get(manager, name);
      if (holder) throw new DuplicateTypeError(holder.type);
    }
  }

  /** As for types. */
  #checkPlugin(plugin: Plugin): void {
    const { manager, name } = plugin.type;
    const registration = this.#registrations.get(manager, name);
    if (registration === undefined) return;
    const { type, plugins, aliases } = registration;
    if (aliases?.has(plugin.module, plugin.name)) throw new DuplicatePluginError(type, plugin);
    for (const alias of plugin.aliases) {
      const holder = plugins.get(alias.module, alias.name);
      if (holder) throw new DuplicatePluginError(type, holder);
    }
  }
}

/** What takes back what a refused registration has put in place so far. */
type Undo = (() => void)[];

function put<V>(undo: Undo, map: PairMap<V>, first: string, second: string, value: V): void {
  map.set(first, second, value);
  undo.push(() => map.delete(first, second));
}

/**
 * A registry of the given types and plugins, checked together.
 *
 * @example
 * const registry = createRegistry([otp, smsIr, thirdParty]);
 */
export function createRegistry(definitions: Definitions = []): Registry {
  const registry = new Registry();
  registry.register(definitions);
  return registry;
}

/** The registry itself, or one of the given definitions. */
export function asRegistry(plugins: Definitions | Registry): Registry {
  return isRegistry(plugins) ? plugins : createRegistry(plugins);
}

function isRegistry(value: unknown): value is Registry {
  return typeof value === "object" && value !== null && brand in value;
}

function sortOut(definitions: Definitions): { types: AnyPluginType[]; plugins: Plugin[] } {
  const types: AnyPluginType[] = [];
  const plugins: Plugin[] = [];
  const visit = (definition: Definitions): void => {
    if (Array.isArray(definition)) for (const inner of definition) visit(inner);
    else if (isPluginType(definition)) types.push(definition);
    else if (isPlugin(definition)) plugins.push(definition);
    else {
      throw new InvalidDefinitionError(
        `"plugins" has ${definition === null ? "null" : `a value of type ${typeof definition}`},`,
        "which neither definePluginType nor definePlugin made",
      );
    }
  };
  visit(definitions);
  return { types, plugins };
}
