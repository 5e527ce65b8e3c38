import type { PushChannel, Transport } from "../store/push-channel.ts";
import type { RevisionMark } from "../store/read-rows.ts";
import type { Store } from "../store/store.ts";
import type { Clock } from "../time/clock.ts";
import { warn } from "../warn.ts";
import { ExpectedCommit } from "./expected-commit.ts";
import { type Pace, pace } from "./pace.ts";
import { type Poll, poll } from "./poll.ts";
import { Push, UnheardError } from "./push.ts";

export interface WatchOptions {
  readonly clock: Clock;
  readonly store: Store;
  /** The line over which other processes tell of changes, if there is one. */
  readonly push: PushChannel | undefined;
  /** undefined: as the database has it, and rarer while the push channel works. */
  readonly pollIntervalMs: number | undefined;
  /** Takes over what changed. */
  readonly refresh: () => Promise<void>;
  /** Takes over what was edited by hand. */
  readonly reconcile: () => Promise<void>;
  readonly itemCount: () => number;
  /** The revision that this process serves. */
  readonly served: () => RevisionMark;
  readonly onTransport: (transport: Transport, reason?: unknown) => void;
}

/** Beside a push channel, polling only makes up for what it may lose. */
const besidePushMs = 5_000;

/** What is pushed in a burst is read together: the readers of many processes would else slow down its writer. */
const noticePauseMs = 20;

/** Rows edited by hand are found within a minute up to this many items; with more it takes longer in proportion. */
const reconcileMs = 45_000;
const reconcileItems = 10_000;

/**
 * How a process learns that the revision moved: push channels are a hint, the poll of the revision is the
 * truth, and a rarer look at all rows finds what no revision tells of.
 */
export class Watch {
  readonly #options: WatchOptions;
  readonly #polls: Poll[];
  readonly #notices: Pace;
  readonly #expected: ExpectedCommit;
  #push: Push | undefined;
  #pushWorks = false;
  /** Whether it was said already: what lies between is asked again every minute, for as long as that takes. */
  #isUnheard = false;

  constructor(options: WatchOptions) {
    const { clock, refresh, reconcile, itemCount, served } = options;
    this.#options = options;
    this.#polls = [
      poll(clock, () => this.#intervalMs(), refresh),
      poll(clock, () => reconcileMs * Math.max(1, itemCount() / reconcileItems), reconcile),
    ];
    this.#notices = pace(clock, noticePauseMs, refresh);
    this.#expected = new ExpectedCommit({ clock, refresh, served, onCommit: () => this.#announce() });
    if (options.push) this.#listen(options.push);
  }

  /** Looks for a change that a transaction of the application has written, and tells of it when it is there. */
  expect(written: RevisionMark): void {
    this.#expected.expect(written);
  }

  async stop(): Promise<void> {
    for (const one of [...this.#polls, this.#notices, this.#expected]) one.stop();
    await this.#push?.stop();
  }

  #listen(channel: PushChannel): void {
    const { clock, store } = this.#options;
    const { topic } = store;
    store.onCommit(() => this.#announce());
    this.#push = new Push({
      clock,
      channel,
      topic,
      onNotice: () => this.#notices.ask(),
      onStanding: (works, reason) => this.#pushChanged(channel, works, reason),
    });
  }

  /** Whoever misses it polls: so a message that cannot be sent is no failure of the change. */
  #announce(): void {
    const { push, store } = this.#options;
    if (push?.publishes === "after commit") push.publish(store.topic, "changed").catch(() => undefined);
  }

  #pushChanged(channel: PushChannel, works: boolean, reason: unknown): void {
    const wasWorking = this.#pushWorks;
    this.#pushWorks = works;
    if (!works && wasWorking) this.#polls[0]?.hurry();
    if (works) this.#isUnheard = false;
    if (reason instanceof UnheardError && !this.#isUnheard) {
      this.#isUnheard = true;
      warn(`changes are polled for: ${reason.message}`, reason);
    }
    this.#options.onTransport(works ? channel.transport : "poll", reason);
  }

  #intervalMs(): number {
    const { pollIntervalMs, store } = this.#options;
    return pollIntervalMs ?? (this.#pushWorks ? besidePushMs : store.dialect.pollIntervalMs);
  }
}
