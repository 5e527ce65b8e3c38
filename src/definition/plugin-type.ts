import type { InterfaceClass } from "./class-shape.ts";
import type { Hook } from "./hooks.ts";
import type { TypeIdentity } from "./identity.ts";
import type { Candidates, PluginItem } from "./plugin-item.ts";
import type { ResolvedPolicy } from "./policy.ts";

/** Shared by all copies of this package in a process, so that tokens of one copy are known to another. */
export const brand = Symbol.for("plugbay.plugin-type");

/** Picks an item out of the candidates, or none. It must be synchronous and should be pure. */
export type Selector<Args extends readonly unknown[]> = (
  candidates: Candidates,
  ...args: Args
) => PluginItem | undefined;

/**
 * The token of a plugin type: what plugins are declared for and what `plugbay.get` is asked with.
 * T is the interface that implementations have, Args what the type's selector takes. A token of a subtype is no
 * token of its base: a plugin that is declared with it would lack the subtype's methods.
 */
export interface PluginType<T extends object, Args extends readonly unknown[] = []> extends TypeIdentity {
  /** For operators. */
  readonly description: string;
  /** The methods that implementations have, and whether they must. */
  readonly methods: Readonly<Record<string, "required" | "optional">>;
  /** How calls of it go, with the defaults for what was left out. */
  readonly policy: ResolvedPolicy;
  /** What is done around each call of it. */
  readonly hooks: readonly Hook[];
  /** The class that every plugin's `class` must extend. */
  readonly interface: InterfaceClass<object> | undefined;
  /** Former identities. */
  readonly aliases: readonly TypeIdentity[];
  /** Picks the item that serves; undefined: the default selection does. */
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
   * Carries T, which what reads it and what is declared for it have to agree on, and is never there. No symbol: that would be another one in every copy of these declarations.
   * Editors do not offer a name that begins with a space.
   */
  readonly " implementation"?: (implementation: T) => T;
}

/** A token of any type, with any selector. */
// T is invariant, so that `any` alone stands for every T.
// biome-ignore lint/suspicious/noExplicitAny: see above
export type AnyPluginType = PluginType<any, never>;

export function isPluginType(value: unknown): value is AnyPluginType {
  return typeof value === "object" && value !== null && brand in value;
}
