import { systemClock } from "../time/clock.ts";
import { within } from "../time/deadline.ts";
import { holdChannel } from "./held-channel.ts";
import type { PushChannel } from "./push-channel.ts";

/** How long the end waits for what is still being sent, in milliseconds. */
const partingLimitMs = 1_000;

/** What there is to read: rows of a revision, what processes found about items in use, or what they say of themselves. */
export type Subject = "revision" | "circuits" | "processes";

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
  /** The last message of each subject. */
  readonly #due = new Map<Subject, string>();
  #isClosed = false;

  constructor(channel: PushChannel, topic: string) {
    this.channel = channel;
    this.#topic = topic;
    this.#release = holdChannel(channel);
  }

  /** Sends that there is something to read. While that is being sent, the last of those that come is kept. */
  publish(subject: Subject, message: string): void {
    if (this.#isClosed || this.channel.publishes !== "after commit") return;
    this.#due.set(subject, message);
    this.#sending ??= this.#send();
  }

  /** Takes a second at the longest for each: sending what is due, and closing the channel. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await briefly(this.#sending);
    // Else what is due would open the channel again, when its closing ends what is being sent.
    this.#due.clear();
    await briefly(this.#release());
  }

  async #send(): Promise<void> {
    for (const [subject, message] of this.#due) {
      this.#due.delete(subject);
      try {
        await this.channel.publish(this.#topic, message);
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
