import type { PushChannel } from "../store/push-channel.ts";
import type { Clock } from "../time/clock.ts";
import { PushAttempt, UnheardError } from "./push-attempt.ts";

export interface PushOptions {
  readonly clock: Clock;
  readonly channel: PushChannel;
  readonly topic: string;
  /** There may be something to read: a message came, or, without one, messages may have been missed. */
  readonly onNotice: (message?: string) => void;
  /** The channel works, or does not, and why. */
  readonly onStanding: (works: boolean, reason?: unknown) => void;
}

const shortestPauseMs = 100;
const longestPauseMs = 5_000;
const unheardPauseMs = 60_000;

/**
 * Keeps a subscription alive for good. A lost one is replaced after growing, jittered pauses, and then the revision
 * is read, because nothing that was missed is repeated.
 */
export class Push {
  readonly #options: PushOptions;
  #attempt: PushAttempt;
  #isStopped = false;
  #pauseMs = shortestPauseMs;
  #cancel = (): void => undefined;

  constructor(options: PushOptions) {
    this.#options = options;
    this.#attempt = this.#try();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancel();
    await this.#attempt.stop();
  }

  #try(): PushAttempt {
    const { onNotice, onStanding } = this.#options;
    return new PushAttempt({
      ...this.#options,
      onWorking: () => {
        this.#pauseMs = shortestPauseMs;
        onStanding(true);
        onNotice();
      },
      onEnd: (cause) => {
        if (this.#isStopped) return;
        onStanding(false, cause);
        // What lies between will hardly change within seconds.
        if (cause instanceof UnheardError) this.#pauseMs = unheardPauseMs;
        this.#wait();
      },
    });
  }

  #wait(): void {
    const next = (): void => {
      this.#attempt = this.#try();
    };
    this.#cancel = this.#options.clock.schedule(this.#pauseMs * (0.5 + Math.random()), next);
    this.#pauseMs = Math.min(this.#pauseMs * 2, longestPauseMs);
  }
}
