import type { Model } from "./model.ts";

/** A model behind an HTTP API that streams text. */
export class HttpModel implements Model {
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  async *complete(prompt: string, signal: AbortSignal): AsyncGenerator<string> {
    const response = await fetch(this.#url, { method: "POST", body: prompt, signal });
    if (!response.ok || response.body === null)
      throw Object.assign(new Error(`the model answered ${response.status}`), { status: response.status });
    yield* response.body.pipeThrough(new TextDecoderStream());
  }
}
