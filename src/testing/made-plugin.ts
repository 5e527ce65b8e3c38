import { endInstance } from "../definition/foreign-code.ts";
import type { Plugin } from "../definition/plugin.ts";
import type { JsonValue } from "../definition/plugin-item.ts";
import { Disposals } from "../instances/disposals.ts";
import { InstanceMaker } from "../instances/instance-maker.ts";
import type { ReadConfig } from "../instances/read-config.ts";
import { Slot } from "../instances/slot.ts";
import { createRegistry } from "../registry/registry.ts";
import { KeyRing } from "../secrets/key-ring.ts";
import { systemClock } from "../time/clock.ts";
import { within } from "../time/deadline.ts";
import { testItem } from "./test-item.ts";

/** How long a plugin may take to make an instance, and to end it, in milliseconds: as long as by default in earnest. */
export const limitMs = 5_000;

/** An instance as plugbay makes it: the config parsed, the instance held against its type. */
export class MadePlugin {
  readonly instance: object;
  /** What it was made with. */
  readonly input: ReadConfig;
  readonly #slot: Slot;

  private constructor(slot: Slot, input: ReadConfig, instance: object) {
    this.#slot = slot;
    this.input = input;
    this.instance = instance;
  }

  /**
   * @param signal tells the plugin to give up, and later that the instance is at its end
   * @throws the errors of registration; MisconfiguredError, PluginFailedError, MissingMethodError
   */
  static async make(plugin: Plugin, config: unknown, signal?: AbortSignal): Promise<MadePlugin> {
    const registry = createRegistry([plugin.type, plugin]);
    const details = { config: asStored(config), configVersion: plugin.configVersion };
    const slot = new Slot(plugin, testItem(plugin.type, plugin, details), undefined);
    const keys = KeyRing.parse("");
    const options = { registry, clock: systemClock, prepareTimeoutMs: limitMs, keys };
    const maker = new InstanceMaker(options, new Disposals(systemClock, limitMs));
    const making = maker.make(slot);
    const abort = (): void => slot.context?.abort(new Error("it is not wanted any longer"));
    if (signal?.aborted) abort();
    else signal?.addEventListener("abort", abort, { once: true });
    const made = await making;
    if (made.kind === "failed") throw made.error;
    slot.input = made.input;
    const outcome = made.instance ? made : maker.makeTransient(slot);
    if (outcome.kind === "failed") throw outcome.error;
    return new MadePlugin(slot, made.input, outcome.instance as object);
  }

  /** Ends it as plugbay does. @throws what the plugin fails with */
  async end(): Promise<void> {
    this.#slot.context?.abort(new Error("the instance is ended"));
    const { plugin } = this.#slot;
    if (plugin.lifetime === "transient") return;
    const ended = endInstance(plugin, this.instance);
    await within(ended, { clock: systemClock, ms: limitMs, late: "ending the instance" });
  }
}

/** A config as it comes back from a database. */
export const asStored = (config: unknown): JsonValue =>
  config === undefined ? null : JSON.parse(JSON.stringify(config));
