import type { Receipt, ReceivingServer } from "./receiver.ts";

/** What listens, and how to end it. */
export interface Listening {
  readonly port: number;
  close(): Promise<void>;
}

/** A receiver that keeps what it is sent, in memory. Its subclasses say what it speaks. */
export abstract class LoopbackReceiver implements ReceivingServer {
  abstract readonly url: string;
  readonly #receipts: Receipt[] = [];
  #listening: Listening | undefined;
  #port: number;
  #hasStarted = false;

  /** Listens on that port, if it is free at the first start; 0 is any. */
  constructor(port: number) {
    this.#port = port;
  }

  /** Listens on that port of 127.0.0.1; 0 is any free one. */
  protected abstract listen(port: number): Promise<Listening>;

  get port(): number {
    return this.#port;
  }

  protected keep(to: string, text: string): void {
    this.#receipts.push({ at: new Date(), to, text });
  }

  get isRunning(): boolean {
    return this.#listening !== undefined;
  }

  async received(): Promise<readonly Receipt[]> {
    return this.#receipts;
  }

  async start(): Promise<void> {
    if (this.#listening) return;
    this.#listening = await this.listen(this.#port).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EADDRINUSE" || this.#hasStarted) throw error;
      return this.listen(0);
    });
    this.#hasStarted = true;
    this.#port = this.#listening.port;
  }

  async stop(): Promise<void> {
    const listening = this.#listening;
    this.#listening = undefined;
    await listening?.close();
  }
}
