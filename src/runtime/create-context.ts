import type { CreateContext } from "../definition/plugin-context.ts";
import type { PluginItem } from "../definition/plugin-item.ts";

/** What a plugin is made from. Its signal is made when it is asked for: few plugins look at it, and signals are heavy. */
export class LazyContext implements CreateContext<unknown> {
  readonly item: PluginItem;
  config: unknown;
  readonly #closing: AbortSignal;
  #controller: AbortController | undefined;
  #signal: AbortSignal | undefined;
  #reason: unknown;

  constructor(item: PluginItem, closing: AbortSignal, config?: unknown) {
    this.item = item;
    this.config = config;
    this.#closing = closing;
  }

  get signal(): AbortSignal {
    if (this.#signal === undefined) {
      this.#controller = new AbortController();
      if (this.#reason !== undefined) this.#controller.abort(this.#reason);
      this.#signal = AbortSignal.any([this.#controller.signal, this.#closing]);
    }
    return this.#signal;
  }

  abort(reason: Error): void {
    this.#reason = reason;
    this.#controller?.abort(reason);
  }
}
