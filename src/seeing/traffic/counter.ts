import type { Attempt } from "../../calling/attempt.ts";
import type { CallCounter } from "../../calling/call-counter.ts";
import type { PluginItem } from "../../definition/plugin-item.ts";
import type { Outcome } from "../../definition/policy.ts";
import type { Clock } from "../../time/clock.ts";
import { Counts } from "./counts.ts";
import { type Ledger, minuteMs } from "./ledger.ts";

/** An item that has calls. */
interface Live {
  readonly typeId: string;
  readonly counts: Counts;
}

/**
 * Counts the calls of the present minute by item. It is on the way of every call: one look at the clock, which the
 * duration takes anyway, and one look-up. What it has counted is entered into the ledger when the minute ends or the
 * database is told.
 */
export class Counter implements CallCounter {
  readonly #clock: Clock;
  readonly #ledger: Ledger;
  readonly #live = new Map<string, Live>();
  /** The present minute, in epoch milliseconds; and its end, by the monotonic clock. */
  #minute = 0;
  #endsAt = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock, ledger: Ledger) {
    this.#clock = clock;
    this.#ledger = ledger;
  }

  attempted(attempt: Attempt, outcome: "success" | Outcome): void {
    const now = this.#clock.monotonic();
    if (now >= this.#endsAt) this.#turn(now);
    const { item, startedAt, openedAt } = attempt;
    (this.#live.get(item.id) ?? this.#begin(item)).counts.count(outcome, (openedAt ?? now) - startedAt);
  }

  rescued(item: PluginItem): void {
    const now = this.#clock.monotonic();
    if (now >= this.#endsAt) this.#turn(now);
    (this.#live.get(item.id) ?? this.#begin(item)).counts.rescued += 1;
  }

  /** Enters what was counted so far. Returns the present minute. */
  enter(): number {
    const now = this.#clock.monotonic();
    if (now >= this.#endsAt) this.#turn(now);
    else this.#enter();
    return this.#minute;
  }

  #enter(): void {
    for (const [itemId, { typeId, counts }] of this.#live) {
      if (counts.isEmpty) {
        this.#live.delete(itemId);
        continue;
      }
      this.#ledger.add(this.#minute, typeId, itemId, counts);
      counts.clear();
    }
  }

  #turn(now: number): void {
    this.#enter();
    const time = this.#clock.now();
    const minute = Math.floor(time / minuteMs) * minuteMs;
    // The time of day was set back: rows of this minute, or of this hour, may have been written already.
    if (minute < this.#minute) this.#ledger.beginAnew(false);
    this.#minute = minute;
    this.#endsAt = now + (minute + minuteMs - time);
  }

  #begin({ id, typeId }: PluginItem): Live {
    const live = { typeId, counts: new Counts() };
    this.#live.set(id, live);
    return live;
  }
}
