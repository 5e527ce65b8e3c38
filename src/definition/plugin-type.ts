import type { InterfaceClass } from "./class-shape.ts";
import type { TypeIdentity } from "./identity.ts";
import type { Candidates, PluginItem } from "./plugin-item.ts";

/** Shared by all copies of this package in a process, so that tokens of one copy are known to another. */
export const brand = Symbol.for("plugbay.plugin-type");

/** Picks an item out of the candidates, or none. It must be synchronous and should be pure. */
export type Selector<Args extends readonly unknown[]> = (
  candidates: Candidates,
  ...args: Args
) => PluginItem | undefined;

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

export function isPluginType(value: unknown): value is AnyPluginType {
  return typeof value === "object" && value !== null && brand in value;
}
