import { hostname } from "node:os";
import type { Registry } from "../registry/registry.ts";
import type { Emitter } from "../serving/events.ts";
import type { OwnReport } from "../serving/own-report.ts";
import type { KnownPlugin } from "../store/process-row.ts";
import type { Store } from "../store/store.ts";
import { newUuid } from "../store/uuid.ts";
import type { Clock } from "../time/clock.ts";
import { isoTime } from "../time/iso-time.ts";
import type { EventLog } from "./event-log.ts";
import { type Poll, poll } from "./poll.ts";
import type { RefusedWrites } from "./refused-writes.ts";
import type { State } from "./state.ts";

export interface HeartbeatOptions {
  readonly clock: Clock;
  readonly store: Pick<Store, "saveProcess" | "forgetProcess">;
  readonly intervalMs: number;
  /** The application's version. */
  readonly version: string;
  readonly registry: Registry;
  readonly emitter: Emitter;
  readonly refusedWrites: RefusedWrites;
  readonly state: () => State;
  readonly report: Pick<OwnReport, "version" | "content">;
  /** Whether a fleet hears of a revision at one moment: by a push channel, or by signs of a file. Else each polls apart. */
  readonly isHeardTogether: () => boolean;
  /** Whether another process has just told the fleet to look: then this one need not. */
  readonly isFleetTold: () => boolean;
  readonly log: EventLog;
  /** Hears that the row says something new. */
  readonly onTold: () => void;
}

/** A process that was not seen for so many heartbeats is forgotten. */
const forgetAfterBeats = 8;

/** What happens within so long is told together, in milliseconds. */
const gatherMs = 20;

/**
 * A revision is told of when no other has followed for so long, in milliseconds: from the shortest to the longest time,
 * at random. A fleet that hears of it at one moment is not to write while the last of it still takes it over.
 */
const settling = { shortestMs: 150, longestMs: 400 };

/** The same for a revision that follows another one within `seriesMs`: of a series, the last one is of interest. */
const settlingInSeries = { shortestMs: 600, longestMs: 1_000 };
const seriesMs = 1_000;

/** Where revisions keep following each other, they are told of all the same after so long, in milliseconds, at random. */
const settlingAtMost = { shortestMs: 3_000, longestMs: 6_000 };

/** News are told no more often than that, in milliseconds. */
const newsPauseMs = 1_000;

/** After these, too, there may be something to tell. */
const newsOf = ["readiness", "live"] as const;

/**
 * Tells the other processes, by a row in the database, that this one is alive, what it knows, and what serves in it:
 * again and again, and soon when it has taken over a revision or has something else to say.
 */
export class Heartbeat {
  /** Which process it is, in the list of processes. */
  readonly id = newUuid();
  readonly #options: HeartbeatOptions;
  readonly #startedAt: string;
  readonly #poll: Poll;
  readonly #stopListening: readonly (() => void)[];
  #beating: Promise<void> = Promise.resolve();
  #hasNewPlugins = true;
  /** What the row says; undefined before the first one is written. */
  #told: { readonly revision: number; readonly report: number } | undefined;
  #newsAt = Number.NEGATIVE_INFINITY;
  /** When the revisions that are not told of yet are told of at the latest. */
  #latestAt: number | undefined;
  #settledAt = Number.NEGATIVE_INFINITY;
  #lastRevisionAt = Number.NEGATIVE_INFINITY;
  #cancelNews: (() => void) | undefined;
  #isStopped = false;

  constructor(options: HeartbeatOptions) {
    this.#options = options;
    const { registry, emitter } = options;
    this.#stopListening = [
      registry.onRegister(() => {
        this.#hasNewPlugins = true;
      }),
      emitter.on("change", () => this.#settle()),
      ...newsOf.map((name) => emitter.on(name, () => this.#stir())),
    ];
    this.#startedAt = isoTime(options.clock);
    this.#poll = poll(
      options.clock,
      () => options.intervalMs,
      () => this.#beatInTurn(),
    );
    void this.#beatInTurn();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancelNews?.();
    this.#poll.stop();
    for (const stop of this.#stopListening) stop();
    // One that is under way would come back to life after the end.
    await this.#beating;
    if (this.#told) await this.#options.store.forgetProcess(this.id).catch(() => undefined);
  }

  /** A revision was taken over. */
  #settle(): void {
    const { clock, isHeardTogether } = this.#options;
    const now = clock.monotonic();
    this.#latestAt ??= now + anyOf(settlingAtMost);
    const pause = now - this.#lastRevisionAt < seriesMs ? settlingInSeries : settling;
    this.#lastRevisionAt = now;
    this.#settledAt = Math.min(now + (isHeardTogether() ? anyOf(pause) : 0), this.#latestAt);
    this.#cancelNews?.();
    this.#cancelNews = undefined;
    this.#stir();
  }

  /** There may be something to tell. Takes no time: it is looked at later. */
  #stir(): void {
    if (this.#cancelNews || this.#isStopped) return;
    const { clock } = this.#options;
    const now = clock.monotonic();
    const waitMs = Math.max(gatherMs, this.#settledAt - now, this.#newsAt + newsPauseMs - now);
    this.#cancelNews = clock.schedule(waitMs, () => {
      this.#cancelNews = undefined;
      this.#latestAt = undefined;
      if (!this.#hasNews()) return;
      this.#newsAt = clock.monotonic();
      this.#poll.hurry();
    });
  }

  #hasNews(): boolean {
    const { state, report } = this.#options;
    const now = state();
    if (now.kind !== "live") return false;
    const { revision, report: told } = this.#told ?? {};
    return now.revision !== revision || report.version() !== told || this.#hasNewPlugins;
  }

  /** Never throws: whether the database answers is for others to find out. */
  #beatInTurn(): Promise<void> {
    this.#beating = this.#beating.then(() => this.#beat());
    return this.#beating;
  }

  async #beat(): Promise<void> {
    const { store, intervalMs, version, state, report, log, refusedWrites } = this.#options;
    const now = state();
    if (this.#isStopped || now.kind !== "live" || refusedWrites.isResting("heartbeat")) return;
    const note = {
      id: this.id,
      host: hostname(),
      pid: process.pid,
      version,
      state: now.kind,
      transport: now.transport,
      revision: now.revision,
      startedAt: this.#startedAt,
    };
    const hasNews = this.#hasNews();
    const told = { revision: now.revision, report: report.version() };
    const hasNewPlugins = this.#hasNewPlugins;
    this.#hasNewPlugins = false;
    const news = {
      ...{ hasNewPlugins, plugins: () => this.#plugins() },
      ...{ hasNewReport: told.report !== this.#told?.report, report: () => report.content() },
      tellsFleet: hasNews && !this.#options.isFleetTold(),
    };
    try {
      // Before the row, which has others look.
      if (news.hasNewReport || log.isBehind) await log.note(this.id, report.content());
      await store.saveProcess(note, news, intervalMs * forgetAfterBeats);
      this.#told = told;
      if (hasNews) this.#options.onTold();
    } catch (error) {
      refusedWrites.isRefusal("heartbeat", error);
      this.#hasNewPlugins ||= hasNewPlugins;
    }
  }

  #plugins(): KnownPlugin[] {
    const { registry } = this.#options;
    return registry
      .types()
      .flatMap((type) =>
        registry
          .plugins(type)
          .map(({ module, name }) => ({ manager: type.manager, type: type.name, module, name })),
      );
  }
}

/** A time between the two, at random. */
const anyOf = ({ shortestMs, longestMs }: typeof settling): number =>
  shortestMs + Math.random() * (longestMs - shortestMs);
