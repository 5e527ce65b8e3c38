import { itemLabel } from "../../definition/describe.ts";
import { checkKnown, type OptionNames } from "../../definition/known-options.ts";
import type { AnyPluginType, PluginType } from "../../definition/plugin-type.ts";
import type { State } from "../../following/state.ts";
import type { Plugbay } from "../../plugbay.ts";

/** What `isHealthy` may be told. */
export interface PlugbayHealthOptions {
  /** The types that this process cannot do without: it is down while nothing can serve one of them. Default: none. */
  readonly types?: readonly AnyPluginType[];
}

/** How plugbay is in this process, without what errors say, for whoever may read it. */
export interface PlugbayHealth {
  /** `down` when plugbay is closed, or nothing can serve a type that is needed. */
  readonly status: "up" | "down";
  /** How this process stands with the database, as in `plugbay.state`. */
  readonly state: State["kind"];
  /** The revision of the snapshot that serves. */
  readonly revision?: number;
  /** ISO 8601, UTC: since when the database has not answered, where it does not. */
  readonly since?: string;
  /** The types that nothing can serve, as `manager:name`; at most 20. Absent where there are none. */
  readonly unserved?: readonly string[];
  /** The items that are wanted and failed, as messages name them; at most 20. Absent where there are none. */
  readonly failed?: readonly string[];
}

const optionNames: OptionNames<PlugbayHealthOptions> = { types: true };
const mostNamed = 20;

/**
 * Tells `@nestjs/terminus` 11 or 12 how plugbay is in this process, from memory: a check asks no database. It is up while
 * it can serve, also with a database that does not answer, for that is what the snapshot is for; `state`
 * and `since` say so. What needs attention in the whole fleet is told by `plugbay.attention()` and by alerts.
 *
 * @example
 * check = () => this.health.check([() => this.plugbay.isHealthy("plugbay", { types: [otp] })]);
 */
export class PlugbayHealthIndicator {
  readonly #plugbay: Plugbay;

  /** @internal */
  constructor(plugbay: Plugbay) {
    this.#plugbay = plugbay;
  }

  /**
   * The result of a check under this key.
   *
   * @throws UnknownTypeError, SelectorMismatchError, InvalidTokenError for a type that is needed; UnknownOptionError
   */
  isHealthy<const Key extends string>(
    key: Key,
    options: PlugbayHealthOptions = {},
  ): Record<Key, PlugbayHealth> {
    checkKnown("isHealthy", options, optionNames);
    return { [key]: this.#health(options.types ?? []) } as Record<Key, PlugbayHealth>;
  }

  #health(needed: readonly AnyPluginType[]): PlugbayHealth {
    const { state, registry } = this.#plugbay;
    if (state.kind === "closed") return { status: "down", state: state.kind };
    const isDown = needed.some((type) => !this.#isServed(type));
    const types = registry.types();
    const unserved = types.filter((type) => !this.#isServed(type));
    const failed = types
      .flatMap((type) => this.#plugbay.items(type))
      .filter((item) => {
        return item.status !== "disable" && this.#plugbay.readiness(item).kind === "failed";
      });
    return {
      status: isDown ? "down" : "up",
      state: state.kind,
      revision: state.revision,
      ...(state.kind === "live" ? {} : { since: state.since.toISOString() }),
      ...named("unserved", unserved, ({ manager, name }) => `${manager}:${name}`),
      ...named("failed", failed, itemLabel),
    };
  }

  #isServed(type: AnyPluginType): boolean {
    if (type.selector === undefined) return this.#plugbay.selected(type as PluginType<object>) !== undefined;
    // What a selector is given with a call is not known here: it can choose among these.
    return this.#plugbay.getAll(type).length > 0 || this.#hasReserve(type);
  }

  #hasReserve(type: AnyPluginType): boolean {
    return this.#plugbay
      .items(type)
      .some((item) => item.status === "reserve" && this.#plugbay.readiness(item).kind === "ready");
  }
}

const named = <Name extends string, T>(name: Name, list: readonly T[], describe: (one: T) => string) =>
  list.length === 0 ? {} : { [name]: list.slice(0, mostNamed).map(describe) };
