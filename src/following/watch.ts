import { circuitNotice } from "../store/circuit-register.ts";
import { processNotice } from "../store/process-register.ts";
import type { PushChannel, Transport } from "../store/push-channel.ts";
import type { Store } from "../store/store.ts";
import type { Clock } from "../time/clock.ts";
import { warn } from "../warn.ts";
import { type Pace, pace } from "./pace.ts";
import { type Poll, poll } from "./poll.ts";
import { Push } from "./push.ts";
import { UnheardError } from "./push-attempt.ts";
import { Signs } from "./signs.ts";

export interface WatchOptions {
  readonly clock: Clock;
  readonly store: Pick<Store, "dialect" | "glance" | "push" | "topic">;
  /** undefined: as the database has it, and rarer while the push channel works. */
  readonly pollIntervalMs: number | undefined;
  /** Takes over what changed. */
  readonly refresh: () => Promise<void>;
  /** Takes over what other processes found about items in use. */
  readonly followCircuits: () => Promise<void>;
  /** Hears that a process says something new of itself. */
  readonly onProcessNotice: () => void;
  /** Takes over what was edited by hand. */
  readonly reconcile: () => Promise<void>;
  /** The random id of the revision that is served. */
  readonly served: () => string;
  /** Whether this process knows what a message tells of, the id of a revision or another, without a look. */
  readonly isKnown: (message: string) => boolean;
  readonly itemCount: () => number;
  readonly onTransport: (transport: Transport, reason?: unknown) => void;
}

/** Beside a push channel, or glances at the database, reading the revision only makes up for what they may miss. */
const besideMs = 5_000;

/** Beside signs that are heard, glances only make up for those that may be missed. */
const besideSignsMs = 1_000;

/** What is pushed in a burst is read together: the readers of many processes would else slow down its writer. */
const noticePause = { shortestMs: 20, longestMs: 160 };

/** An application may write into the file of SQLite all the time: what is not plugbay's is looked after less often. */
const vainPause = { shortestMs: 100, longestMs: 160 };

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
  readonly #circuitNotices: Pace;
  readonly #finds: Pace;
  readonly #signs: Signs | undefined;
  #push: Push | undefined;
  #pushWorks = false;
  #lookedAt = Number.NEGATIVE_INFINITY;
  /** Whether the last look brought nothing. */
  #isInVain = false;
  /** Whether it was said already: what lies between is asked again every minute, for as long as that takes. */
  #isUnheard = false;

  constructor(options: WatchOptions) {
    const { clock, store, reconcile, itemCount, followCircuits } = options;
    this.#options = options;
    this.#polls = [
      poll(
        clock,
        () => this.#intervalMs(),
        () => this.#look(),
      ),
      poll(clock, () => reconcileMs * Math.max(1, itemCount() / reconcileItems), reconcile),
    ];
    const read = (): Promise<void> => this.#read();
    this.#notices = pace(clock, () => noticePause, read);
    this.#circuitNotices = pace(clock, () => noticePause, followCircuits);
    this.#finds = pace(clock, () => (this.#isInVain ? vainPause : noticePause), read);
    if (store.glance) this.#signs = new Signs(clock, store.glance, () => this.#finds.ask());
    if (store.push) this.#listen(store.push);
  }

  async stop(): Promise<void> {
    const paces = [this.#notices, this.#circuitNotices, this.#finds];
    for (const one of [...this.#polls, ...paces]) one.stop();
    this.#signs?.stop();
    await this.#push?.stop();
  }

  #listen(channel: PushChannel): void {
    const { clock, store, isKnown, onProcessNotice } = this.#options;
    this.#push = new Push({
      clock,
      channel,
      topic: store.topic,
      onNotice: (message) => {
        if (message !== undefined && isKnown(message)) return;
        if (message?.startsWith(processNotice)) onProcessNotice();
        else if (message?.startsWith(circuitNotice)) this.#circuitNotices.ask();
        else this.#notices.ask();
      },
      onStanding: (works, reason) => this.#pushChanged(channel, works, reason),
    });
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

  /** Most looks are but glances, which are over at once. */
  #look(): Promise<void> | undefined {
    const { clock, store } = this.#options;
    const hasMoved = store.glance?.hasMoved() ?? true;
    if (hasMoved) this.#signs?.found();
    else if (clock.monotonic() - this.#lookedAt < besideMs) return undefined;
    return this.#read();
  }

  async #read(): Promise<void> {
    const { clock, served, refresh } = this.#options;
    const now = clock.monotonic();
    const before = served();
    // When it fails, no glance stands in for the next one.
    this.#lookedAt = Number.NEGATIVE_INFINITY;
    await refresh();
    this.#lookedAt = now;
    this.#isInVain = served() === before;
  }

  #intervalMs(): number {
    const { pollIntervalMs, store } = this.#options;
    if (pollIntervalMs !== undefined) return pollIntervalMs;
    if (this.#pushWorks) return besideMs;
    if (this.#signs?.areReliable) return besideSignsMs;
    return store.glance?.intervalMs ?? store.dialect.pollIntervalMs;
  }
}
