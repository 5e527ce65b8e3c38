import type { TypeIdentity } from "../definition/identity.ts";
import type { PluginItem } from "../definition/plugin-item.ts";
import { warn } from "../warn.ts";
import type { AttemptReport } from "./run-options.ts";

/** A call that begins. */
export interface WatchedCall {
  readonly type: TypeIdentity;
  readonly runId: string;
  /** Which way it came. */
  readonly kind: "run" | "service" | "stream" | "runAll";
  /** Of `service`. */
  readonly method: string | undefined;
}

/** What came of a call. */
export interface WatchedEnd {
  /** The item of the last attempt; undefined where there was none. */
  readonly item: PluginItem | undefined;
  readonly attempts: number;
  readonly durationMs: number;
  /** What it failed with, without secrets; undefined: it succeeded. */
  readonly failure: { readonly error: unknown } | undefined;
}

/** What follows one attempt. */
export interface AttemptSight {
  /** Has the task begin, once and at once: for what is to hold for it and all that it does. */
  within?(begin: () => void): void;
  ended?(report: AttemptReport): void;
}

/** What follows one call. */
export interface CallSight {
  /** As that of an attempt, for the whole call. */
  within?(begin: () => void): void;
  attempt?(item: PluginItem, attempt: number): AttemptSight;
  ended?(end: WatchedEnd): void;
}

/** Watches calls, from further up in the house. What it throws disturbs no call. */
export interface CallWatcher {
  /** Whether it wants to follow calls that begin now: asked at each, so it is to be cheap. */
  readonly isWatching: boolean;
  begin(call: WatchedCall): CallSight;
}

/** All that watch calls. */
export class Watchers {
  #watchers: readonly CallWatcher[] = [];
  readonly #broken = new WeakSet<CallWatcher>();

  /** Returns what ends it. */
  add(watcher: CallWatcher): () => void {
    this.#watchers = [...this.#watchers, watcher];
    return () => {
      this.#watchers = this.#watchers.filter((one) => one !== watcher);
    };
  }

  get isWatching(): boolean {
    // No `some`: this is on the way of every call.
    for (const watcher of this.#watchers) if (watcher.isWatching) return true;
    return false;
  }

  begin(call: WatchedCall): WatchedSight {
    const watching = this.#watchers.filter((watcher) => watcher.isWatching);
    return new WatchedSight(
      watching.flatMap((watcher) => this.#sightOf(watcher, () => watcher.begin(call))),
      (work, watcher) => this.#attempt(work, watcher),
    );
  }

  #sightOf(watcher: CallWatcher, begin: () => CallSight): Followed<CallSight>[] {
    const sight = this.#attempt(begin, watcher);
    return sight ? [{ sight, watcher }] : [];
  }

  /** A watcher that throws is told of once. */
  #attempt<T>(work: () => T, watcher: CallWatcher): T | undefined {
    try {
      return work();
    } catch (error) {
      if (this.#broken.has(watcher)) return undefined;
      this.#broken.add(watcher);
      warn("what watches the calls of plugbay threw; calls go on without it", error);
      return undefined;
    }
  }
}

interface Followed<S> {
  readonly sight: S;
  readonly watcher: CallWatcher;
}

type Guard = <T>(work: () => T, watcher: CallWatcher) => T | undefined;

/** What all watchers see of one call. */
export class WatchedSight {
  readonly #sights: readonly Followed<CallSight>[];
  readonly #guard: Guard;
  #attempts: readonly Followed<AttemptSight>[] = [];

  constructor(sights: readonly Followed<CallSight>[], guard: Guard) {
    this.#sights = sights;
    this.#guard = guard;
  }

  within<R>(begin: () => R): R {
    return beginWithin(this.#sights, this.#guard, begin);
  }

  attempt<R>(item: PluginItem, attempt: number, begin: () => R): R {
    this.#attempts = this.#sights.flatMap(({ sight, watcher }) => {
      const seen = this.#guard(() => sight.attempt?.(item, attempt), watcher);
      return seen ? [{ sight: seen, watcher }] : [];
    });
    return beginWithin(this.#attempts, this.#guard, begin);
  }

  attempted(report: AttemptReport): void {
    for (const { sight, watcher } of this.#attempts) this.#guard(() => sight.ended?.(report), watcher);
    this.#attempts = [];
  }

  ended(end: WatchedEnd): void {
    for (const { sight, watcher } of this.#sights) this.#guard(() => sight.ended?.(end), watcher);
  }
}

/** Begins within each of them, and exactly once, whatever they do. What it throws is nothing that they get to see. */
function beginWithin<R>(
  followed: readonly Followed<{ within?(begin: () => void): void }>[],
  guard: Guard,
  begin: () => R,
): R {
  let result!: () => R;
  let next = (): void => {
    try {
      const value = begin();
      result = () => value;
    } catch (error) {
      result = () => {
        throw error;
      };
    }
  };
  for (const { sight, watcher } of [...followed].reverse()) {
    const inner = once(next);
    next = () => {
      guard(() => sight.within?.(inner), watcher);
      inner();
    };
  }
  next();
  return result();
}

function once(work: () => void): () => void {
  let isDone = false;
  return () => {
    if (isDone) return;
    isDone = true;
    work();
  };
}
