import { checkInstance } from "../definition/contract.ts";
import type { Plugin } from "../definition/plugin.ts";
import type { PluginItem } from "../definition/plugin-item.ts";
import { isThenable } from "../definition/thenable.ts";
import type { Registry } from "../registry/registry.ts";
import { hideInError } from "../secrets/hide-secrets.ts";
import type { KeyRing } from "../secrets/key-ring.ts";
import type { Clock } from "../time/clock.ts";
import { LazyContext } from "./create-context.ts";
import { PluginFailedError } from "./errors.ts";
import { asFailure, construct, constructNow, dispose } from "./make-instance.ts";
import { type ReadConfig, readConfig } from "./read-config.ts";
import { failedSlot, type Made, type ReadySlot, readySlot, type Slot } from "./slot.ts";

export interface InstanceMakerOptions {
  readonly registry: Registry;
  readonly clock: Clock;
  readonly prepareTimeoutMs: number;
  /** What secrets in configs are decrypted with. */
  readonly keys: KeyRing;
}

/** Makes instances, within a time limit, and ends them. */
export class InstanceMaker {
  readonly #options: InstanceMakerOptions;
  readonly #closing = new AbortController();
  readonly #disposals = new Set<Promise<void>>();

  constructor(options: InstanceMakerOptions) {
    this.#options = options;
  }

  /** Makes an item's instance; at once where that is possible. Never throws: what fails is a failed slot. */
  attempt(plugin: Plugin, item: PluginItem, attempts: number): Slot | Promise<Slot> {
    const failed = (error: unknown): Slot =>
      failedSlot(plugin, item, asFailure(plugin, item, error), attempts);
    try {
      const made = this.#make(plugin, item);
      return isThenable(made) ? made.then(readySlot, failed) : readySlot(made);
    } catch (error) {
      return failed(error);
    }
  }

  /** A new instance of a transient plugin. Throws what its class or `create` throws. */
  makeTransient({ plugin, item, config, secrets }: ReadySlot): object {
    try {
      const instance = constructNow(plugin, new LazyContext(item, this.#closing.signal, config));
      this.#check(plugin, instance);
      return instance;
    } catch (error) {
      throw hideInError(error, secrets);
    }
  }

  dispose({ plugin, secrets }: Pick<Made, "plugin" | "secrets">, instance: unknown): void {
    const disposal = dispose(plugin, instance, secrets);
    this.#disposals.add(disposal);
    void disposal.then(() => this.#disposals.delete(disposal));
  }

  /** Tells what is being made to give up. */
  abort(): void {
    this.#closing.abort(new Error("plugbay is closing"));
  }

  get aborted(): boolean {
    return this.#closing.signal.aborted;
  }

  /** Resolves when everything that was disposed of has ended. */
  async settled(): Promise<void> {
    await Promise.all(this.#disposals);
  }

  #make(plugin: Plugin, item: PluginItem): Made | Promise<Made> {
    const context = new LazyContext(item, this.#closing.signal);
    const start = ({ config, secrets }: ReadConfig): Made | Promise<Made> => {
      context.config = config;
      if (plugin.lifetime === "transient") return { plugin, item, config, secrets, instance: undefined };
      const accept = (instance: unknown): Made => {
        try {
          this.#check(plugin, instance);
        } catch (error) {
          // It may hold a connection all the same.
          this.dispose({ plugin, secrets }, instance);
          throw error;
        }
        // Not by spreading: 100,000 of these are made at once.
        return { plugin, item, config, secrets, instance };
      };
      const refuse = (error: unknown): never => {
        throw hideInError(error, secrets);
      };
      try {
        const product = construct(plugin, context);
        return isThenable(product) ? Promise.resolve(product).then(accept).catch(refuse) : accept(product);
      } catch (error) {
        return refuse(error);
      }
    };
    const read = readConfig(plugin, item, this.#options.keys);
    const made = isThenable(read) ? read.then(start) : start(read);
    return isThenable(made) ? this.#withinLimit(made, plugin, item, context) : made;
  }

  /** By the registered type: the plugin may have been declared for another copy's token of it. */
  #check(plugin: Plugin, instance: unknown): asserts instance is object {
    checkInstance(this.#options.registry.type(plugin.type) ?? plugin.type, plugin, instance);
  }

  /** An instance that arrives after the limit is disposed of. */
  #withinLimit(made: Promise<Made>, plugin: Plugin, item: PluginItem, context: LazyContext): Promise<Made> {
    const { clock, prepareTimeoutMs } = this.#options;
    return new Promise((resolve, reject) => {
      let expired = false;
      const expire = (): void => {
        expired = true;
        const error = new PluginFailedError(plugin.type, item, `was not ready within ${prepareTimeoutMs} ms`);
        context.abort(error);
        reject(error);
      };
      // Somebody waits for this: a process must not end before it is told.
      const cancel = clock.schedule(prepareTimeoutMs, expire, true);
      made.then(
        (late) => {
          cancel();
          if (expired) this.dispose(late, late.instance);
          else resolve(late);
        },
        (error) => {
          cancel();
          reject(error);
        },
      );
    });
  }
}
