import { endOf } from "../definition/hold.ts";
import { endOfLead } from "../definition/lead.ts";
import type { PluginItem } from "../definition/plugin-item.ts";
import type { Clock } from "../time/clock.ts";

/** The time of day may be set while a timer runs, and a timer has a limit of its own. */
const longestWaitMs = 60_000;

/** Tells when holds and leads end, by this process's time of day. One timer waits for all of them; without any there is none. */
export class ItemEnds {
  readonly #clock: Clock;
  readonly #onEnd: (ids: readonly string[]) => void;
  /** By the item's id, what ends first, in epoch milliseconds. */
  readonly #ends = new Map<string, number>();
  #stopWaiting = (): void => undefined;

  constructor(clock: Clock, onEnd: (ids: readonly string[]) => void) {
    this.#clock = clock;
    this.#onEnd = onEnd;
  }

  /** Goes over to items as they are now. */
  change(changed: Iterable<PluginItem>, gone: Iterable<string>): void {
    let isOther = false;
    for (const id of gone) isOther = this.#ends.delete(id) || isOther;
    for (const item of changed) {
      const { id } = item;
      const end = firstEnd(item);
      if (end === this.#ends.get(id)) continue;
      isOther = true;
      if (end === undefined) this.#ends.delete(id);
      else this.#ends.set(id, end);
    }
    if (isOther) this.#wait();
  }

  /** Waits for nothing any more. */
  stop(): void {
    this.#ends.clear();
    this.#stopWaiting();
  }

  #wait(): void {
    this.#stopWaiting();
    if (this.#ends.size === 0) return;
    let next = Number.POSITIVE_INFINITY;
    for (const end of this.#ends.values()) next = Math.min(next, end);
    const ms = Math.min(Math.max(next - this.#clock.now(), 0), longestWaitMs);
    this.#stopWaiting = this.#clock.schedule(ms, () => this.#look());
  }

  #look(): void {
    const now = this.#clock.now();
    const ended: string[] = [];
    for (const [id, end] of this.#ends) if (end <= now) ended.push(id);
    for (const id of ended) this.#ends.delete(id);
    this.#wait();
    if (ended.length > 0) this.#onEnd(ended);
  }
}

function firstEnd({ hold, lead }: PluginItem): number | undefined {
  const held = hold && endOf(hold);
  const led = lead && endOfLead(lead);
  return held === undefined || led === undefined ? (held ?? led) : Math.min(held, led);
}
