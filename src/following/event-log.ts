import { isInUse } from "../selection/retirement.ts";
import type { Serving } from "../serving/serving.ts";
import { EventRegister } from "../store/event-register.ts";
import type { EventNote, EventTrouble } from "../store/event-row.ts";
import type { ProcessReport } from "../store/process-row.ts";
import type { Store } from "../store/store.ts";
import type { Clock } from "../time/clock.ts";
import type { RefusedWrites } from "./refused-writes.ts";

export interface EventLogOptions {
  readonly clock: Clock;
  readonly store: Pick<Store, "register">;
  readonly serving: Pick<Serving, "snapshot">;
  readonly refusedWrites: RefusedWrites;
}

/** So often at most one thing is noted of one item or type, in milliseconds: what comes and goes in between is not. */
const pauseMs = 10_000;

/** So many are noted at once; the others with the next heartbeat. */
const mostAtOnce = 100;

/** How often what is no longer kept is removed, by each process that notes something, in milliseconds. */
const pruneEveryMs = 3_600_000;

/** Something to be noted, and what is known from then on. */
interface Due {
  readonly key: string;
  readonly note: EventNote;
  readonly done: () => void;
}

interface Trouble {
  readonly typeId: string;
  readonly state: EventTrouble;
}

const none = { from: null, how: null, was: null, message: null } as const;

/**
 * Notes what happens in this process: that something else serves, that an item fails or recovers. It compares what the
 * process says of itself with what it has noted, so flapping is bounded, and what could not be written is made up for.
 * What is so when it begins is not news.
 */
export class EventLog {
  readonly #options: EventLogOptions;
  readonly #register: EventRegister;
  /** By type, what served as far as it was noted. */
  readonly #served = new Map<string, string | null>();
  /** By item. */
  readonly #troubles = new Map<string, Trouble>();
  /** By what happened to what, when it was noted; by the monotonic clock. */
  readonly #notedAt = new Map<string, number>();
  #hasBegun = false;
  #isBehind = false;
  #prunedAt: number;

  constructor(options: EventLogOptions) {
    this.#options = options;
    this.#register = options.store.register((place) => new EventRegister(place));
    // Not all of a fleet that starts at once.
    this.#prunedAt = options.clock.monotonic() - Math.random() * pruneEveryMs;
  }

  /** Whether something is left to be noted, though nothing new has happened. */
  get isBehind(): boolean {
    return this.#isBehind;
  }

  /** Notes what is other in a report than in the last one. Never rejects: what is not noted now is noted later. */
  async note(processId: string, report: ProcessReport): Promise<void> {
    const { clock, refusedWrites } = this.#options;
    const all = this.#compare(report);
    if (!this.#hasBegun) {
      for (const { done } of all) done();
      this.#hasBegun = true;
      return;
    }
    const now = clock.monotonic();
    for (const [key, at] of this.#notedAt) if (now - at >= pauseMs) this.#notedAt.delete(key);
    const due = all.filter(({ key }) => !this.#notedAt.has(key)).slice(0, mostAtOnce);
    this.#isBehind = all.length > 0;
    if (due.length === 0 || refusedWrites.isResting("events")) return;
    try {
      await this.#register.save(
        processId,
        due.map(({ note }) => note),
      );
      for (const { key, done } of due) {
        done();
        this.#notedAt.set(key, now);
      }
      this.#isBehind = due.length < all.length;
      if (now - this.#prunedAt < pruneEveryMs) return;
      this.#prunedAt = now;
      await this.#register.prune();
    } catch (error) {
      refusedWrites.isRefusal("events", error);
    }
  }

  #compare({ serves, troubles }: ProcessReport): Due[] {
    const due: Due[] = [];
    for (const { typeId, itemId, how, since } of serves) {
      const before = this.#served.get(typeId);
      if (before === itemId) continue;
      const done = () => this.#served.set(typeId, itemId);
      // A type that nothing was said of so far.
      if (before === undefined) done();
      else {
        const note = { ...none, typeId, kind: "switched", itemId, from: before, how } as const;
        due.push({ key: `switched ${typeId}`, note: { ...note, agoMs: this.#ago(since) }, done });
      }
    }
    keepOnly(this.#served, new Set(serves.map(({ typeId }) => typeId)));
    const troubled = new Set<string>();
    for (const { itemId, state, since, message } of troubles) {
      const typeId = this.#typeOf(itemId);
      // What an operator holds is in the history.
      if (state === "held" || typeId === undefined) continue;
      troubled.add(itemId);
      if (this.#troubles.get(itemId)?.state === state) continue;
      due.push({
        key: `${state} ${itemId}`,
        note: { ...none, typeId, kind: state, itemId, message, agoMs: this.#ago(since) },
        done: () => this.#troubles.set(itemId, { typeId, state }),
      });
    }
    const held = new Set(troubles.flatMap(({ itemId, state }) => (state === "held" ? [itemId] : [])));
    for (const [itemId, { typeId, state }] of this.#troubles) {
      if (troubled.has(itemId)) continue;
      // Out of use, it has not recovered.
      if (held.has(itemId) || this.#typeOf(itemId) === undefined) {
        this.#troubles.delete(itemId);
        continue;
      }
      due.push({
        key: `recovered ${itemId}`,
        note: { ...none, typeId, kind: "recovered", itemId, was: state, agoMs: 0 },
        done: () => this.#troubles.delete(itemId),
      });
    }
    return due;
  }

  /** Of an item in use; undefined for others. */
  #typeOf(itemId: string): string | undefined {
    const item = this.#options.serving.snapshot.item(itemId);
    return item && isInUse(item) ? item.typeId : undefined;
  }

  #ago(since: string): number {
    return Math.max(0, this.#options.clock.now() - Date.parse(since)) || 0;
  }
}

function keepOnly(map: Map<string, unknown>, keys: ReadonlySet<string>): void {
  for (const key of map.keys()) if (!keys.has(key)) map.delete(key);
}
