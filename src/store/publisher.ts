import { systemClock } from "../time/clock.ts";
import { within } from "../time/deadline.ts";
import { holdChannel } from "./held-channel.ts";
import type { PushChannel } from "./push-channel.ts";

/** How long the end waits for what is still being sent, in milliseconds. */
const partingLimitMs = 1_000;

/**
 * Tells other processes of commits over a channel that was handed in. Processes that miss a message poll for the
 * change, so a message that cannot be sent fails nothing, and no change waits for one. Only `close` does, so that a
 * process that writes and ends, as the command line does, is heard.
 */
export class Publisher {
  readonly channel: PushChannel;
  readonly #topic: string;
  readonly #release: () => Promise<void>;
  #sending: Promise<void> | undefined;
  #due: string | undefined;
  #isClosed = false;

  constructor(channel: PushChannel, topic: string) {
    this.channel = channel;
    this.#topic = topic;
    this.#release = holdChannel(channel);
  }

  /** Sends which revision there is to read. While one is being sent, the last of those that come is kept. */
  publish(revisionId: string): void {
    if (this.#isClosed || this.channel.publishes !== "after commit") return;
    this.#due = revisionId;
    this.#sending ??= this.#send();
  }

  /** Takes a second at the longest for each: sending what is due, and closing the channel. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await briefly(this.#sending);
    // Else what is due would open the channel again, when its closing ends what is being sent.
    this.#due = undefined;
    await briefly(this.#release());
  }

  async #send(): Promise<void> {
    while (this.#due !== undefined) {
      const revisionId = this.#due;
      this.#due = undefined;
      try {
        await this.channel.publish(this.#topic, revisionId);
      } catch {
        // Polling makes up for it.
      }
    }
    this.#sending = undefined;
  }
}

const briefly = (work: Promise<void> | undefined): Promise<void> =>
  within(Promise.resolve(work), { clock: systemClock, ms: partingLimitMs, late: "closing" }).catch(
    () => undefined,
  );
