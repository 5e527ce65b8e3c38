import { checkInstance } from "../definition/contract.ts";
import { construct } from "../definition/foreign-code.ts";
import { isThenable } from "../definition/thenable.ts";
import type { Registry } from "../registry/registry.ts";
import { hideInError } from "../secrets/hide-secrets.ts";
import type { KeyRing } from "../secrets/key-ring.ts";
import { messageOf } from "../thrown.ts";
import type { Clock } from "../time/clock.ts";
import { within } from "../time/deadline.ts";
import { LazyContext } from "./create-context.ts";
import type { Disposals } from "./disposals.ts";
import { PluginFailedError } from "./errors.ts";
import { type ReadConfig, readConfig } from "./read-config.ts";
import type { Slot } from "./slot.ts";

export interface InstanceMakerOptions {
  readonly registry: Registry;
  readonly clock: Clock;
  /** How long a `create`, and the schema before it, may take, in milliseconds. */
  readonly prepareTimeoutMs: number;
  /** What secrets in configs are decrypted with. */
  readonly keys: KeyRing;
}

/** What came of making an instance; there is none yet for a transient plugin. */
export type Outcome =
  | { readonly kind: "made"; readonly input: ReadConfig; readonly instance: object | undefined }
  | { readonly kind: "failed"; readonly error: Error };

/** Makes instances, within a time limit. Whatever a plugin does becomes an outcome: nothing here throws. */
export class InstanceMaker {
  readonly #options: InstanceMakerOptions;
  readonly #disposals: Disposals;

  constructor(options: InstanceMakerOptions, disposals: Disposals) {
    this.#options = options;
    this.#disposals = disposals;
  }

  /** Makes the instance of a slot, at once where that is possible. One that comes too late is ended. */
  make(slot: Slot): Outcome | Promise<Outcome> {
    const isTransient = slot.plugin.lifetime === "transient";
    // What a transient plugin made before it failed lives by the context that is there; here nothing is made of it.
    const context = (isTransient && slot.context) || new LazyContext(slot);
    slot.context = context;
    const outcome = this.#read(slot, context);
    if (!isThenable(outcome)) {
      forgetUnheard(slot, context);
      return outcome;
    }
    const { clock, prepareTimeoutMs: ms } = this.#options;
    const late = (): Error =>
      new PluginFailedError(slot.plugin.type, slot.item, `was not ready within ${ms} ms`);
    const onGivenUp = (reason: unknown): void => {
      if (!isTransient) context.abort(reason as Error);
      void outcome.then((made) => {
        if (made.kind === "made")
          this.#disposals.discard({ plugin: slot.plugin, input: made.input }, made.instance);
      });
    };
    return within(outcome, { clock, ms, late, stop: context, onGivenUp }).then(
      (made) => {
        forgetUnheard(slot, context);
        return made;
      },
      (error: Error) => ({ kind: "failed", error }),
    );
  }

  /** A new instance for a slot of a transient plugin. */
  makeTransient(slot: Slot): Outcome {
    const context = new LazyContext(slot);
    context.config = slot.input.config;
    const outcome = this.#construct(slot, context, slot.input);
    if (!isThenable(outcome)) return outcome;
    void outcome.then((made) => {
      if (made.kind === "made") this.#disposals.discard(slot, made.instance);
    });
    const problem = "is transient, but its create is asynchronous";
    return { kind: "failed", error: new PluginFailedError(slot.plugin.type, slot.item, problem) };
  }

  #read(slot: Slot, context: LazyContext): Outcome | Promise<Outcome> {
    const failed = (error: unknown): Outcome => ({ kind: "failed", error: asFailure(slot, error) });
    const start = (input: ReadConfig): Outcome | Promise<Outcome> => {
      // A schema that took its time may answer when nobody wants an instance any more.
      if (context.reason) return failed(context.reason);
      if (slot.plugin.lifetime === "transient") return { kind: "made", input, instance: undefined };
      context.config = input.config;
      return this.#construct(slot, context, input);
    };
    try {
      const input = readConfig(slot.plugin, slot.item, this.#options.keys);
      return isThenable(input) ? input.then(start).catch(failed) : start(input);
    } catch (error) {
      return failed(error);
    }
  }

  #construct(slot: Slot, context: LazyContext, input: ReadConfig): Outcome | Promise<Outcome> {
    const failed = (error: unknown): Outcome => ({
      kind: "failed",
      error: asFailure(slot, hideInError(error, input.secrets)),
    });
    const accept = (instance: unknown): Outcome => {
      try {
        this.#check(slot, instance);
        return { kind: "made", input, instance };
      } catch (error) {
        // It may hold a connection all the same.
        this.#disposals.discard({ plugin: slot.plugin, input }, instance);
        return failed(error);
      }
    };
    try {
      const product = construct(slot.plugin, context);
      return isThenable(product) ? Promise.resolve(product).then(accept, failed) : accept(product);
    } catch (error) {
      return failed(error);
    }
  }

  /** By the registered type: the plugin may have been declared for another copy's token of it. */
  #check({ plugin }: Slot, instance: unknown): asserts instance is object {
    checkInstance(this.#options.registry.type(plugin.type) ?? plugin.type, plugin, instance);
  }
}

/** Turns whatever a plugin threw into the error that its item shows. */
function asFailure({ plugin, item }: Slot, error: unknown): Error {
  if (error instanceof PluginFailedError) return error;
  return new PluginFailedError(plugin.type, item, `could not be made ready: ${messageOf(error)}`, error);
}

/** Nobody would hear of its end. */
function forgetUnheard(slot: Slot, context: LazyContext): void {
  if (slot.context === context && !context.isHeard) slot.context = undefined;
}
