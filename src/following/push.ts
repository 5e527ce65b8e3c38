import type { PushChannel, PushSubscription } from "../store/push-channel.ts";
import type { Clock } from "../time/clock.ts";
import { within } from "../time/within.ts";

export interface PushOptions {
  readonly clock: Clock;
  readonly channel: PushChannel;
  readonly topic: string;
  /** There may be something to read: a message came, or messages may have been missed. */
  readonly onNotice: () => void;
  /** The channel works, or does not, and why. */
  readonly onStanding: (works: boolean, reason?: unknown) => void;
}

const answerLimitMs = 5_000;
const heartbeatMs = 15_000;
const shortestPauseMs = 100;
const longestPauseMs = 5_000;
const unheardPauseMs = 60_000;

/** The message by which a process hears itself. */
const probePrefix = "probe ";

/**
 * Keeps a subscription alive for good. After each start it sends itself a message, because a pooler in
 * transaction mode takes a LISTEN and delivers nothing; then it has the revision read, because nothing
 * that was missed is repeated. A lost one is replaced after growing, jittered pauses.
 */
export class Push {
  readonly #options: PushOptions;
  #stopped = false;
  #pause = shortestPauseMs;
  #cancel = (): void => undefined;
  #subscription: PushSubscription | undefined;

  constructor(options: PushOptions) {
    this.#options = options;
    void this.#subscribe();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancel();
    await this.#subscription?.close().catch(() => undefined);
  }

  async #subscribe(): Promise<void> {
    const { channel, clock, topic, onNotice, onStanding } = this.#options;
    const probe = probePrefix + Math.random().toString(36).slice(2);
    let hear = (): void => undefined;
    const heard = new Promise<void>((resolve) => {
      hear = resolve;
    });
    let opening: Promise<PushSubscription> | undefined;
    let isCurrent = true;
    const end = (cause: unknown): void => {
      if (!isCurrent) return;
      isCurrent = false;
      this.#subscription = undefined;
      // Also one that opens too late.
      opening?.then((opened) => opened.close()).catch(() => undefined);
      if (this.#stopped) return;
      onStanding(false, cause);
      // What lies between will hardly change within seconds.
      if (cause instanceof UnheardError) this.#pause = unheardPauseMs;
      this.#wait(() => void this.#subscribe());
    };
    const message = (text: string): void => {
      if (text === probe) hear();
      else if (!text.startsWith(probePrefix)) onNotice();
    };
    let subscription: PushSubscription;
    try {
      opening = channel.subscribe(topic, { message, end });
      subscription = await within(clock, answerLimitMs, "subscribing", opening);
      this.#subscription = subscription;
      if (this.#stopped) return await subscription.close();
      await within(clock, answerLimitMs, "publishing", channel.publish(topic, probe));
      await within(clock, answerLimitMs, "the probe", heard).catch(() => {
        throw new UnheardError(channel.transport);
      });
    } catch (error) {
      end(error);
      return;
    }
    if (!isCurrent || this.#stopped) return;
    this.#pause = shortestPauseMs;
    onStanding(true);
    onNotice();
    this.#beat(subscription, end, () => isCurrent);
  }

  /** Asks now and then whether the other side is still there: a half-open connection does not say. */
  #beat(subscription: PushSubscription, end: (cause: unknown) => void, isCurrent: () => boolean): void {
    const { clock } = this.#options;
    this.#cancel = clock.schedule(heartbeatMs * (0.9 + Math.random() * 0.2), () => {
      within(clock, answerLimitMs, "the heartbeat", subscription.ping()).then(() => {
        if (isCurrent() && !this.#stopped) this.#beat(subscription, end, isCurrent);
      }, end);
    });
  }

  #wait(next: () => void): void {
    const { clock } = this.#options;
    this.#cancel();
    this.#cancel = clock.schedule(this.#pause * (0.5 + Math.random()), next);
    this.#pause = Math.min(this.#pause * 2, longestPauseMs);
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
