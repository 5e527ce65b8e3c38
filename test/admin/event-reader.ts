export interface PanelEvent {
  readonly event: string;
  readonly data: unknown;
}

/** Reads server-sent events one by one, as a browser's EventSource does. */
export class EventReader {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #decoder = new TextDecoder();
  #buffer = "";

  constructor(response: Response) {
    if (response.body === null) throw new Error("the answer has no body");
    this.#reader = (response.body as ReadableStream<Uint8Array>).getReader();
  }

  /** The next block as it was sent; undefined at the end. */
  async block(): Promise<string | undefined> {
    for (;;) {
      const end = this.#buffer.indexOf("\n\n");
      if (end !== -1) {
        const block = this.#buffer.slice(0, end);
        this.#buffer = this.#buffer.slice(end + 2);
        return block;
      }
      const { value, done } = await this.#reader.read();
      if (done) return undefined;
      this.#buffer += this.#decoder.decode(value, { stream: true });
    }
  }

  /** The next event of this name; others on the way are passed over. */
  async next(name: string): Promise<PanelEvent> {
    for (;;) {
      const block = await this.block();
      if (block === undefined) throw new Error(`the events ended before "${name}"`);
      const [, event, data] = /^event: (\w+)\ndata: (.*)$/.exec(block) ?? [];
      if (event === name) return { event, data: JSON.parse(data ?? "") };
    }
  }

  cancel(): Promise<void> {
    return this.#reader.cancel();
  }
}
