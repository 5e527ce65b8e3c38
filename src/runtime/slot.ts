import type { Plugin } from "../definition/plugin.ts";
import type { PluginItem } from "../definition/plugin-item.ts";
import { saysTheSame } from "../secrets/shown-config.ts";
import type { CircuitBreaker } from "./circuit-breaker.ts";

/** What came of making an item's instance: the instance itself, or for a transient plugin what to make it from. */
export interface Made {
  readonly plugin: Plugin;
  item: PluginItem;
  /** As the plugin's schema read it. */
  readonly config: unknown;
  /** The config's secrets, to be kept out of messages. */
  readonly secrets: readonly string[];
  /** undefined for a transient plugin. */
  readonly instance: object | undefined;
}

export interface ReadySlot extends Made {
  readonly kind: "ready";
  /** How many `run`s use the instance now. */
  users: number;
  breaker: CircuitBreaker | undefined;
  /** What its health checks found wrong. */
  ailment: Ailment | undefined;
}

/** Why an instance is passed over though there is one, and when it is checked again, in epoch milliseconds. */
export interface Ailment {
  readonly error: Error;
  readonly retryAt: number;
}

export interface FailedSlot {
  readonly kind: "failed";
  readonly plugin: Plugin;
  item: PluginItem;
  readonly error: Error;
  readonly attempts: number;
  retryAt: number;
  cancelRetry: () => void;
  /** What served under the config before; it serves on when nothing else can. */
  previous: ReadySlot | undefined;
}

/** An item's place in a process. */
export type Slot = ReadySlot | FailedSlot;

export const readySlot = ({ plugin, item, config, secrets, instance }: Made): ReadySlot => ({
  kind: "ready",
  plugin,
  item,
  config,
  secrets,
  instance,
  users: 0,
  breaker: undefined,
  ailment: undefined,
});

export const failedSlot = (plugin: Plugin, item: PluginItem, error: Error, attempts: number): FailedSlot => ({
  kind: "failed",
  plugin,
  item,
  error,
  attempts,
  retryAt: 0,
  cancelRetry: () => undefined,
  previous: undefined,
});

/** Whether a slot still fits: the same plugin with the same config. Status and priority do not matter. */
export function fits(slot: Slot | undefined, plugin: Plugin, item: PluginItem): boolean {
  return slot !== undefined && slot.plugin === plugin && isSameConfigured(slot.item, item);
}

/** Whether two states of an item have the same config, be its secrets encrypted with other keys. */
export const isSameConfigured = (one: PluginItem, other: PluginItem): boolean =>
  one.configVersion === other.configVersion && saysTheSame(one.config, other.config);
