import type { Receiver } from "./receivers/receiver.ts";

/** What the page tells about a message: a receiver has it, a provider failed with it, or nobody took it. */
export type LogEntry =
  | {
      readonly kind: "delivered";
      readonly at: Date;
      readonly provider: string;
      readonly to: string;
      readonly text: string;
    }
  | {
      readonly kind: "failed";
      readonly at: Date;
      readonly provider: string;
      readonly to: string;
      readonly error: string;
    }
  | { readonly kind: "undelivered"; readonly at: Date; readonly to: string; readonly error: string };

/** Deliveries are read from the receivers, which cannot claim what did not arrive; failures are told to the log. */
export class DeliveryLog {
  readonly #receivers: ReadonlyMap<string, Receiver>;
  readonly #failures: LogEntry[] = [];

  /** `receivers` by the name of the provider that delivers to them. */
  constructor(receivers: ReadonlyMap<string, Receiver>) {
    this.#receivers = receivers;
  }

  failed(provider: string, to: string, error: unknown): void {
    this.#failures.push({ kind: "failed", at: new Date(), provider, to, error: inWords(error) });
  }

  undelivered(to: string, error: unknown): void {
    this.#failures.push({ kind: "undelivered", at: new Date(), to, error: inWords(error) });
  }

  /** The latest entries, newest first. */
  async latest(count: number): Promise<LogEntry[]> {
    const deliveries = await Promise.all(
      Array.from(this.#receivers, async ([provider, receiver]) =>
        (await receiver.received()).map((receipt): LogEntry => ({ kind: "delivered", provider, ...receipt })),
      ),
    );
    // Reversed first, so that of two entries of one millisecond the later one comes first as well.
    return [...this.#failures, ...deliveries.flat()]
      .reverse()
      .sort((one, other) => other.at.getTime() - one.at.getTime())
      .slice(0, count);
  }
}

const inWords = (error: unknown): string => (error instanceof Error ? error.message : String(error));
