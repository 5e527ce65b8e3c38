import type { PushChannel, PushSubscription } from "../store/push-channel.ts";
import type { Clock } from "../time/clock.ts";
import { within } from "../time/deadline.ts";

export interface PushAttemptOptions {
  readonly clock: Clock;
  readonly channel: PushChannel;
  readonly topic: string;
  readonly onNotice: (message: string) => void;
  /** Messages come in from here on. */
  readonly onWorking: () => void;
  /** It is over, or never came about, and why. Called once; not after `stop`. */
  readonly onEnd: (cause: unknown) => void;
}

const answerLimitMs = 5_000;
const heartbeatMs = 15_000;

/** How long the end waits for the channel to let go, in milliseconds. */
const partingLimitMs = 1_000;

/** The message by which a process hears itself. */
const probePrefix = "probe ";

/**
 * One subscription, from the asking to its end. It counts as working when it has heard a message of its own, because
 * a pooler in transaction mode takes a LISTEN and delivers nothing. After that it is asked now and then whether the
 * other side is still there.
 */
export class PushAttempt {
  readonly #options: PushAttemptOptions;
  readonly #abort = new AbortController();
  readonly #probe = probePrefix + Math.random().toString(36).slice(2);
  #hear = (): void => undefined;
  #opening: Promise<PushSubscription> | undefined;
  #isOpen = false;
  #isOver = false;
  #cancel = (): void => undefined;

  constructor(options: PushAttemptOptions) {
    this.#options = options;
    this.#begin().catch((error: unknown) => this.#end(error));
  }

  async stop(): Promise<void> {
    this.#isOver = true;
    await this.#letGo();
  }

  async #begin(): Promise<void> {
    const { channel, topic, onWorking } = this.#options;
    const heard = new Promise<void>((resolve) => {
      this.#hear = resolve;
    });
    const message = (text: string): void => this.#message(text);
    const end = (cause: unknown): void => this.#end(cause);
    this.#opening = channel.subscribe(topic, { message, end }, this.#abort.signal);
    const subscription = await this.#answer("subscribing", this.#opening);
    this.#isOpen = true;
    if (this.#isOver) return;
    await this.#answer("publishing", channel.publish(topic, this.#probe));
    await this.#answer("the probe", heard).catch(() => {
      throw new UnheardError(channel.transport);
    });
    if (this.#isOver) return;
    onWorking();
    this.#beat(subscription);
  }

  #message(text: string): void {
    if (text === this.#probe) this.#hear();
    else if (!this.#isOver && !text.startsWith(probePrefix)) this.#options.onNotice(text);
  }

  #beat(subscription: PushSubscription): void {
    this.#cancel = this.#options.clock.schedule(heartbeatMs * (0.9 + Math.random() * 0.2), () => {
      this.#answer("the heartbeat", subscription.ping()).then(
        () => {
          if (!this.#isOver) this.#beat(subscription);
        },
        (error: unknown) => this.#end(error),
      );
    });
  }

  #end(cause: unknown): void {
    if (this.#isOver) return;
    this.#isOver = true;
    void this.#letGo();
    this.#options.onEnd(cause);
  }

  async #letGo(): Promise<void> {
    const { clock } = this.#options;
    this.#cancel();
    this.#hear();
    this.#abort.abort();
    // One that opens too late, over a channel that does not know the signal, is not waited for.
    const closed = this.#opening?.then((subscription) => subscription.close()).catch(() => undefined);
    if (this.#isOpen && closed)
      await within(closed, { clock, ms: partingLimitMs, late: "closing" }).catch(() => undefined);
  }

  #answer<T>(what: string, answer: Promise<T>): Promise<T> {
    return within(answer, { clock: this.#options.clock, ms: answerLimitMs, late: what });
  }
}

/** The subscription was taken, but nothing comes through it. */
export class UnheardError extends Error {
  constructor(transport: PushChannel["transport"]) {
    super(
      transport === "listen"
        ? "LISTEN was accepted, but an own NOTIFY did not arrive: a pooler in transaction mode, such as PgBouncer, " +
            "does not deliver them; connect to PostgreSQL itself, or in session mode"
        : "the subscription was accepted, but an own message did not arrive",
    );
  }
}
