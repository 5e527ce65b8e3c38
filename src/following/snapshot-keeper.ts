import type { Snapshot } from "../selection/snapshot.ts";
import type { Emitter } from "../serving/events.ts";
import type { Clock } from "../time/clock.ts";
import type { SnapshotFile } from "./snapshot-file.ts";

/** From the start of one write to that of the next. */
const pauseMs = 1_000;

/** Has the last snapshot written to its files: at once, but at most once a second. */
export class SnapshotKeeper {
  readonly #clock: Clock;
  readonly #files: readonly SnapshotFile[];
  /** What is to be written next. */
  #latest: Snapshot | undefined;
  #state: "idle" | "busy" | "stopped" = "idle";
  #writing: Promise<void> = Promise.resolve();
  #cancelPause = (): void => undefined;

  constructor(clock: Clock, files: readonly SnapshotFile[]) {
    this.#clock = clock;
    this.#files = files;
    for (const file of files) void file.removeDrafts();
  }

  keep(snapshot: Snapshot): void {
    if (this.#state === "stopped") return;
    this.#latest = snapshot;
    if (this.#state === "idle") void this.#write();
  }

  /** Resolves when the last snapshot is written. */
  async stop(): Promise<void> {
    this.#state = "stopped";
    this.#cancelPause();
    await this.#writing;
    await this.#writeLatest();
  }

  async #write(): Promise<void> {
    this.#state = "busy";
    this.#writing = this.#writeLatest();
    await Promise.all([this.#writing, this.#pause()]);
    if (this.#isStopped) return;
    this.#state = "idle";
    if (this.#latest) void this.#write();
  }

  /** Asked anew, because it may be stopped while it is busy. */
  get #isStopped(): boolean {
    return this.#state === "stopped";
  }

  #pause(): Promise<void> {
    return new Promise((resolve) => {
      this.#cancelPause = this.#clock.schedule(pauseMs, resolve);
    });
  }

  async #writeLatest(): Promise<void> {
    const snapshot = this.#latest;
    this.#latest = undefined;
    if (snapshot) await Promise.all(this.#files.map((file) => file.write(snapshot)));
  }
}

/** Has `keeper` keep what is served, whenever the database says so. */
export function keepServed(
  keeper: SnapshotKeeper,
  emitter: Emitter,
  lastGood: () => Snapshot | undefined,
): void {
  const keep = (): void => {
    const snapshot = lastGood();
    if (snapshot) keeper.keep(snapshot);
  };
  emitter.on("change", keep);
  emitter.on("live", keep);
  keep();
}
