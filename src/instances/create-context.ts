import type { Plugin } from "../definition/plugin.ts";
import type { CreateContext } from "../definition/plugin-context.ts";
import type { PluginItem } from "../definition/plugin-item.ts";
import type { Stop } from "../time/deadline.ts";

/** Whose instance is made: a slot. */
interface Owner {
  readonly plugin: Plugin;
  readonly item: PluginItem;
  context: LazyContext | undefined;
}

/**
 * What a plugin is made from, and how its code is told to give up. Its signal is made when it is asked for: few plugins
 * look at it, and signals are heavy.
 */
export class LazyContext implements CreateContext<unknown>, Stop {
  readonly item: PluginItem;
  config: unknown = undefined;
  readonly #owner: Owner;
  #controller: AbortController | undefined;
  #listener: ((reason: unknown) => void) | undefined;
  #reason: Error | undefined;

  constructor(owner: Owner) {
    this.item = owner.item;
    this.#owner = owner;
  }

  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      const { plugin, context } = this.#owner;
      // Of the instances of a transient plugin there may be many: they are told together.
      const shared = context && plugin.lifetime === "transient" ? context.#controller : undefined;
      this.#controller = shared ?? new AbortController();
      if (this.#reason) this.#controller.abort(this.#reason);
      else if (shared === undefined) this.#owner.context = this;
    }
    return this.#controller.signal;
  }

  /** Why it is not wanted any longer; undefined while it is. */
  get reason(): Error | undefined {
    return this.#reason;
  }

  /** Whether anybody would hear of an end. */
  get isHeard(): boolean {
    return this.#controller !== undefined;
  }

  onStop(listener: (reason: unknown) => void): () => void {
    this.#listener = listener;
    return () => {
      this.#listener = undefined;
    };
  }

  /** Tells whoever makes the instance, or lives by its signal, that it is not wanted any longer. */
  abort(reason: Error): void {
    if (this.#reason) return;
    this.#reason = reason;
    this.#controller?.abort(reason);
    this.#listener?.(reason);
  }
}
