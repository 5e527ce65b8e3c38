import { hostname } from "node:os";
import type { PluginItem } from "../definition/plugin-item.ts";
import type { Registry } from "../registry/registry.ts";
import type { KnownPlugin } from "../store/process-row.ts";
import type { Store } from "../store/store.ts";
import { newUuid } from "../store/uuid.ts";
import type { Clock } from "../time/clock.ts";
import { isoTime } from "../time/iso-time.ts";
import { type Poll, poll } from "./poll.ts";
import type { RefusedWrites } from "./refused-writes.ts";
import type { State } from "./state.ts";

export interface HeartbeatOptions {
  readonly clock: Clock;
  readonly store: Store;
  readonly intervalMs: number;
  /** The application's version. */
  readonly version: string;
  readonly registry: Registry;
  readonly refusedWrites: RefusedWrites;
  readonly state: () => State;
  readonly failures: () => readonly { readonly item: PluginItem; readonly error: Error }[];
}

/** A process that was not seen for so many heartbeats is forgotten. */
const forgetAfterBeats = 8;

/** Tells the other processes, by a row in the database, that this one is alive, and what it knows and serves. */
export class Heartbeat {
  /** Which process it is, in the list of processes. */
  readonly id = newUuid();
  readonly #options: HeartbeatOptions;
  readonly #startedAt: string;
  readonly #poll: Poll;
  readonly #stopListening: () => void;
  #beating: Promise<void> = Promise.resolve();
  #hasNewPlugins = false;
  #isNoted = false;

  constructor(options: HeartbeatOptions) {
    this.#options = options;
    this.#stopListening = options.registry.onRegister(() => {
      this.#hasNewPlugins = true;
    });
    this.#startedAt = isoTime(options.clock);
    this.#poll = poll(
      options.clock,
      () => options.intervalMs,
      () => this.beat(),
    );
  }

  /** Never throws: whether the database answers is for others to find out. */
  beat(): Promise<void> {
    this.#beating = this.#beat();
    return this.#beating;
  }

  async stop(): Promise<void> {
    this.#poll.stop();
    this.#stopListening();
    // One that is under way would come back to life after the end.
    await this.#beating;
    if (this.#isNoted) await this.#options.store.forgetProcess(this.id).catch(() => undefined);
  }

  async #beat(): Promise<void> {
    const { store, intervalMs, version, state, failures, refusedWrites } = this.#options;
    const now = state();
    if (now.kind !== "live" || refusedWrites.isResting("heartbeat")) return;
    const note = {
      id: this.id,
      host: hostname(),
      pid: process.pid,
      version,
      state: now.kind,
      transport: now.transport,
      revision: now.revision,
      failures: failures().map(({ item, error }) => ({ itemId: item.id, message: error.message })),
      startedAt: this.#startedAt,
    };
    const hasChanged = this.#hasNewPlugins;
    this.#hasNewPlugins = false;
    try {
      await store.saveProcess(
        note,
        { hasChanged, plugins: () => this.#plugins() },
        intervalMs * forgetAfterBeats,
      );
      this.#isNoted = true;
    } catch (error) {
      refusedWrites.isRefusal("heartbeat", error);
      this.#hasNewPlugins ||= hasChanged;
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
