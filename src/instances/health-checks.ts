import type { Clock } from "../time/clock.ts";
import { HealthCheckFailedError } from "./errors.ts";
import type { HealthCheckOptions } from "./health-check-options.ts";
import type { Instances } from "./instances.ts";
import { performCheck } from "./perform-check.ts";
import type { Slot } from "./slot.ts";

/** How many checks are under way at once. */
const atOnce = 8;

/** Calls the `check` of the plugins in use, in rounds, and has those passed over that keep failing. */
export class HealthChecks {
  readonly #instances: Instances;
  readonly #clock: Clock;
  readonly #options: Readonly<Record<keyof HealthCheckOptions, number>>;
  readonly #closing = new AbortController();
  /** Failures in a row. An instance under another config starts from nothing. */
  readonly #failures = new WeakMap<Slot, number>();
  #cancel = (): void => undefined;

  constructor(
    instances: Instances,
    clock: Clock,
    { intervalMs, timeoutMs = 5_000, failures = 2 }: HealthCheckOptions,
  ) {
    this.#instances = instances;
    this.#clock = clock;
    this.#options = { intervalMs, timeoutMs, failures };
  }

  /** The first round comes at any time within the interval: processes that start together do not check together. */
  start(): void {
    this.#schedule(this.#options.intervalMs * Math.random());
  }

  /** Ends it: checks under way are told to give up, and nothing comes of them. */
  stop(): void {
    this.#cancel();
    this.#closing.abort(new Error("plugbay is closing"));
  }

  #schedule(ms: number): void {
    this.#cancel = this.#clock.schedule(ms, () => void this.#round());
  }

  async #round(): Promise<void> {
    const queue = this.#instances.readySlots().values();
    const work = async (): Promise<void> => {
      for (const slot of queue) await this.#check(slot);
    };
    await Promise.all(Array.from({ length: atOnce }, work));
    if (!this.#closing.signal.aborted) this.#schedule(this.#options.intervalMs * (1 - Math.random() / 10));
  }

  async #check(slot: Slot): Promise<void> {
    const { plugin, instance } = slot;
    const { config, secrets } = slot.input;
    const { signal } = this.#closing;
    const { check } = plugin;
    if (check === undefined || signal.aborted || !this.#instances.isInUse(slot)) return;
    const release = this.#instances.use(slot);
    const limits = { clock: this.#clock, timeoutMs: this.#options.timeoutMs, signal, keepAlive: false };
    try {
      await performCheck({ check, config, instance, release, secrets }, limits);
      if (!signal.aborted) this.#passed(slot);
    } catch (error) {
      if (!signal.aborted) this.#failed(slot, error);
    }
  }

  #passed(slot: Slot): void {
    this.#failures.delete(slot);
    slot.circuit?.letProbe();
    this.#instances.diagnose(slot, undefined);
  }

  #failed(slot: Slot, cause: unknown): void {
    const { intervalMs, failures } = this.#options;
    const inARow = (this.#failures.get(slot) ?? 0) + 1;
    this.#failures.set(slot, inARow);
    if (inARow < failures) return;
    const error = new HealthCheckFailedError(slot.plugin.type, slot.item, cause);
    this.#instances.diagnose(slot, { error, retryAt: this.#clock.now() + intervalMs });
  }
}
