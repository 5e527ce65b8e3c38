import { checkClass } from "../definition/contract.ts";
import { InvalidDefinitionError } from "../definition/errors.ts";
import type { TypeIdentity } from "../definition/identity.ts";
import { PairMap } from "../definition/pair-map.ts";
import { isPlugin, type Plugin } from "../definition/plugin.ts";
import { type AnyPluginType, isPluginType } from "../definition/plugin-type.ts";
import { DuplicatePluginError, DuplicateTypeError, UnknownTypeError } from "./errors.ts";

/** Shared by all copies of this package in a process, so that a registry of one copy is known to another. */
const brand = Symbol.for("plugbay.registry");

/** Types and plugins in any order, nested as deeply as is convenient. */
export type Definitions = AnyPluginType | Plugin | readonly Definitions[];

/** A registered type with its plugins. */
interface Registration {
  readonly type: AnyPluginType;
  readonly plugins: PairMap<Plugin>;
  /** Former (module, name) pairs and who has them now. */
  readonly aliases: PairMap<Plugin>;
}

/**
 * The set of types and plugins declared in code. Pure and in memory: registering changes nothing in a
 * database; a sync does.
 */
export class Registry {
  /** @internal */
  readonly [brand] = true;
  #registrations = new PairMap<Registration>();
  readonly #subscriptions = new Set<{ readonly listener: () => void }>();

  /**
   * Adds types and plugins, all of them or, when one is refused, none.
   *
   * @throws DuplicateTypeError, DuplicatePluginError, UnknownTypeError, MissingMethodError,
   *   InterfaceNotExtendedError, InvalidDefinitionError
   */
  register(...definitions: Definitions[]): void {
    const { types, plugins } = sortOut(definitions);
    const draft = copy(this.#registrations);
    const typeAliases = new PairMap<AnyPluginType>();
    for (const { type } of draft.values()) addTypeAliases(typeAliases, type);

    for (const type of types) {
      const present = draft.get(type.manager, type.name);
      if (present?.type === type) continue;
      if (present) throw new DuplicateTypeError(type);
      draft.set(type.manager, type.name, { type, plugins: new PairMap(), aliases: new PairMap() });
      addTypeAliases(typeAliases, type);
    }
    for (const plugin of plugins) addPlugin(draft, plugin);
    for (const registration of draft.values()) checkAliases(typeAliases, registration);

    this.#registrations = draft;
    for (const { listener } of [...this.#subscriptions]) listener();
  }

  /** All registered types, in the order of registration. */
  types(): AnyPluginType[] {
    return Array.from(this.#registrations.values(), ({ type }) => type);
  }

  /** The registered type of this identity; the token itself or another copy of it will do. */
  type(identity: TypeIdentity): AnyPluginType | undefined {
    return this.#registrations.get(identity.manager, identity.name)?.type;
  }

  /** The plugins of a type, in the order of registration. */
  plugins(type: TypeIdentity): Plugin[] {
    return [...(this.#registrations.get(type.manager, type.name)?.plugins.values() ?? [])];
  }

  plugin(type: TypeIdentity, module: string, name: string): Plugin | undefined {
    return this.#registrations.get(type.manager, type.name)?.plugins.get(module, name);
  }

  /** Calls `listener` after every registration; returns the function that ends this one subscription. */
  onRegister(listener: () => void): () => void {
    const subscription = { listener };
    this.#subscriptions.add(subscription);
    return () => void this.#subscriptions.delete(subscription);
  }
}

/**
 * A registry of the given types and plugins, checked as a whole.
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

function addPlugin(registrations: PairMap<Registration>, plugin: Plugin): void {
  const registration = registrations.get(plugin.type.manager, plugin.type.name);
  if (registration === undefined) throw new UnknownTypeError(plugin.type, plugin);
  const present = registration.plugins.get(plugin.module, plugin.name);
  if (present === plugin) return;
  if (present) throw new DuplicatePluginError(registration.type, plugin);
  checkClass(registration.type, plugin);
  registration.plugins.set(plugin.module, plugin.name, plugin);
  for (const alias of plugin.aliases) {
    if (registration.aliases.has(alias.module, alias.name))
      throw new DuplicatePluginError(registration.type, alias);
    registration.aliases.set(alias.module, alias.name, plugin);
  }
}

function addTypeAliases(aliases: PairMap<AnyPluginType>, type: AnyPluginType): void {
  for (const alias of type.aliases) {
    if (aliases.has(alias.manager, alias.name)) throw new DuplicateTypeError(alias);
    aliases.set(alias.manager, alias.name, type);
  }
}

/** An alias that is also a current name would make two claims on one row. */
function checkAliases(typeAliases: PairMap<AnyPluginType>, { type, plugins, aliases }: Registration): void {
  if (typeAliases.has(type.manager, type.name)) throw new DuplicateTypeError(type);
  for (const plugin of plugins.values()) {
    if (aliases.has(plugin.module, plugin.name)) throw new DuplicatePluginError(type, plugin);
  }
}

function copy(registrations: PairMap<Registration>): PairMap<Registration> {
  const result = new PairMap<Registration>();
  for (const { type, plugins, aliases } of registrations.values()) {
    result.set(type.manager, type.name, { type, plugins: plugins.clone(), aliases: aliases.clone() });
  }
  return result;
}
