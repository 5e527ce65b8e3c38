import { type Poll, poll } from "../../following/poll.ts";
import type { RefusedWrites } from "../../following/refused-writes.ts";
import { orderEveryMs } from "../../store/traffic-order.ts";
import type { TrafficRegister } from "../../store/traffic-register.ts";
import type { Clock } from "../../time/clock.ts";
import { Counter } from "./counter.ts";
import { type DueTraffic, Ledger } from "./ledger.ts";

export interface TrafficOptions {
  readonly clock: Clock;
  readonly register: Pick<TrafficRegister, "save" | "putInOrder">;
  readonly refusedWrites: RefusedWrites;
  /** Whether the database answers. */
  readonly isLive: () => boolean;
}

/** How often the database is told, in milliseconds: with the poll's variation, after 10 seconds at the latest. */
const flushMs = 9_000;

/** After so long without an answer, others may have put together what this process was writing. */
const lateMs = 30 * 60_000;

/**
 * Counts the calls of this process, and tells the database every 10 seconds where there were any: in one statement, off
 * the way of every call. While the database is away it goes on counting, and tells what it can when it is back.
 */
export class Traffic {
  readonly counter: Counter;
  readonly #options: TrafficOptions;
  readonly #ledger = new Ledger();
  #poll: Poll | undefined;
  #flushing: Promise<void> | undefined;
  /** When the database had all that was counted. */
  #answeredAt: { readonly monotonic: number; readonly now: number };
  /** When it was last put in order, as far as this process knows; by the monotonic clock. */
  #orderedAt: number;

  constructor(options: TrafficOptions) {
    const { clock } = options;
    this.#options = options;
    this.counter = new Counter(clock, this.#ledger);
    this.#answeredAt = { monotonic: clock.monotonic(), now: clock.now() };
    // Not all of a fleet that starts at once.
    this.#orderedAt = clock.monotonic() - Math.random() * orderEveryMs;
  }

  start(): void {
    this.#poll = poll(
      this.#options.clock,
      () => flushMs,
      () => this.flush(),
    );
  }

  /** Tells the database what it was not told yet; undefined where there is nothing, or it is away. Never rejects. */
  flush(): Promise<void> | undefined {
    this.#flushing ??= this.#flush()?.finally(() => {
      this.#flushing = undefined;
    });
    return this.#flushing;
  }

  /** Tells the database for the last time; undefined as for `flush`. */
  close(): Promise<void> | undefined {
    this.#poll?.stop();
    const { clock, isLive } = this.#options;
    this.#orderedAt = clock.monotonic();
    if (this.#flushing === undefined) return this.flush();
    return this.#flushing.then(() => (isLive() ? this.flush() : undefined));
  }

  #flush(): Promise<void> | undefined {
    const { refusedWrites, isLive } = this.#options;
    if (this.#isLate()) {
      this.#ledger.beginAnew(true);
      this.#answered();
    }
    this.#ledger.forget(this.counter.enter());
    if (!isLive() || refusedWrites.isResting("traffic")) return undefined;
    const due = this.#ledger.take();
    if (due.notes.length > 0) return this.#save(due);
    this.#answered();
    return undefined;
  }

  async #save({ notes, failed }: DueTraffic): Promise<void> {
    const { clock, register, refusedWrites } = this.#options;
    try {
      await register.save(notes);
      this.#answered();
      if (clock.monotonic() - this.#orderedAt < orderEveryMs) return;
      this.#orderedAt = clock.monotonic();
      await register.putInOrder();
    } catch (error) {
      // To write a row twice does no harm. How the database does is told by following it.
      if (!refusedWrites.isRefusal("traffic", error)) failed();
    }
  }

  #answered(): void {
    const { clock } = this.#options;
    this.#answeredAt = { monotonic: clock.monotonic(), now: clock.now() };
  }

  /** The monotonic time may stand still while the machine sleeps. */
  #isLate(): boolean {
    const { clock } = this.#options;
    const { monotonic, now } = this.#answeredAt;
    return Math.max(clock.monotonic() - monotonic, clock.now() - now) > lateMs;
  }
}
