import type { Plugin } from "../definition/plugin.ts";
import type { PluginItem } from "../definition/plugin-item.ts";
import { saysTheSame } from "../secrets/shown-config.ts";
import type { CallFailures } from "../selection/readiness.ts";
import type { Circuit } from "./circuit.ts";
import type { LazyContext } from "./create-context.ts";
import { noConfig, type ReadConfig } from "./read-config.ts";

/** Its instance is being made for the first time. What served before it serves on. */
export interface Making {
  readonly kind: "making";
  readonly previous: Slot | undefined;
}

/** Its instance is there; that of a transient plugin can be made. */
export interface Ready {
  readonly kind: "ready";
  /** How often in a row a transient plugin could not be made; the next one that can forgives it. */
  readonly failures: number;
}

/** It could not be made, and is tried again. What served before it serves on where nothing else can. */
export interface Failed {
  readonly kind: "failed";
  readonly error: Error;
  /** How often in a row. */
  readonly failures: number;
  /** Epoch milliseconds. */
  readonly retryAt: number;
  readonly cancelRetry: () => void;
  readonly previous: Slot | undefined;
}

/** It is out of service. What arrives for it is ended, and what it has is disposed of when nobody uses that any more. */
export interface Leaving {
  readonly kind: "leaving";
}

/** Why a ready instance is passed over, and when it is checked again, in epoch milliseconds. */
export interface HealthFailure {
  readonly error: Error;
  readonly retryAt: number;
}

/** The state of nearly all slots, shared by them. */
export const isReady: Ready = Object.freeze({ kind: "ready", failures: 0 });

/** Shared, too. */
export const isLeaving: Leaving = Object.freeze({ kind: "leaving" });

/** What few slots have: one field instead of four, for there may be 100,000 slots. */
interface Rarities {
  circuit: Circuit | undefined;
  failures: CallFailures | undefined;
  health: HealthFailure | undefined;
  context: LazyContext | undefined;
}

const noRarities: Rarities = {
  circuit: undefined,
  failures: undefined,
  health: undefined,
  context: undefined,
};

/**
 * The place of an item in this process, for as long as its plugin and config stay the same; with another config it gets
 * another slot. All work on an instance is bound to the slot that it began for.
 */
export class Slot {
  /** The item as it is served now. */
  item: PluginItem;
  state: Making | Ready | Failed | Leaving;
  /** What the instance was made with. */
  input: ReadConfig;
  /** undefined for a transient plugin. */
  instance: object | undefined = undefined;
  /** How many leases there are of the instance. */
  users = 0;
  #rarities: Rarities | undefined = undefined;

  constructor(plugin: Plugin, item: PluginItem, previous: Slot | undefined) {
    this.item = item;
    this.state = { kind: "making", previous };
    this.input = noConfig(plugin);
  }

  get plugin(): Plugin {
    return this.input.plugin;
  }

  get circuit(): Circuit | undefined {
    return this.#rarities?.circuit;
  }

  set circuit(circuit: Circuit | undefined) {
    this.#note("circuit", circuit);
  }

  get failures(): CallFailures | undefined {
    return this.#rarities?.failures;
  }

  set failures(failures: CallFailures | undefined) {
    this.#note("failures", failures);
  }

  /** What the health checks found wrong. */
  get health(): HealthFailure | undefined {
    return this.#rarities?.health;
  }

  set health(health: HealthFailure | undefined) {
    this.#note("health", health);
  }

  /** What the plugin's code is told to give up by: while its instance is being made, and later if it looks at the signal. */
  get context(): LazyContext | undefined {
    return this.#rarities?.context;
  }

  set context(context: LazyContext | undefined) {
    this.#note("context", context);
  }

  /** The slot that serves for this one: itself, or the one before it while this one is not ready. */
  get serving(): Slot | undefined {
    if (this.state.kind === "ready") return this;
    const { previous } = this;
    // A transient plugin may fail under its former config, too.
    return previous?.state.kind === "ready" ? previous : undefined;
  }

  /** The slot before this one, while that may serve for it. */
  get previous(): Slot | undefined {
    const { state } = this;
    return state.kind === "making" || state.kind === "failed" ? state.previous : undefined;
  }

  /** Whether it is the one for this plugin and the item's config. Status and priority do not matter. */
  fits(plugin: Plugin, item: PluginItem): boolean {
    return this.plugin === plugin && isSameConfigured(this.item, item);
  }

  #note<Key extends keyof Rarities>(key: Key, value: Rarities[Key]): void {
    if (value === undefined && this.#rarities === undefined) return;
    const rarities: Rarities = { ...(this.#rarities ?? noRarities), [key]: value };
    const hasAny = rarities.circuit ?? rarities.failures ?? rarities.health ?? rarities.context;
    this.#rarities = hasAny === undefined ? undefined : rarities;
  }
}

/** Whether two states of an item have the same config, be its secrets encrypted with other keys. */
const isSameConfigured = (one: PluginItem, other: PluginItem): boolean =>
  one === other || (one.configVersion === other.configVersion && saysTheSame(one.config, other.config));
