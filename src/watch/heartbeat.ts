import { hostname } from "node:os";
import type { PluginItem } from "../definition/plugin-item.ts";
import type { Registry } from "../registry/registry.ts";
import type { Clock } from "../runtime/clock.ts";
import type { State } from "../runtime/state.ts";
import type { KnownPlugin } from "../store/process-table.ts";
import type { Store } from "../store/store.ts";
import { newUuid } from "../store/uuid.ts";
import { type Poll, poll } from "./poll.ts";

export interface HeartbeatOptions {
  readonly clock: Clock;
  readonly store: Store;
  readonly intervalMs: number;
  /** The application's version. */
  readonly version: string;
  readonly registry: Registry;
  readonly state: () => State;
  readonly failures: () => readonly { readonly item: PluginItem; readonly error: Error }[];
}

/** A process that was not seen for so many heartbeats is forgotten. */
const forgetAfterBeats = 8;

/** Tells the other processes, by a row in the database, that this one is alive, and what it knows and serves. */
export class Heartbeat {
  readonly #options: HeartbeatOptions;
  readonly #id = newUuid();
  readonly #startedAt: string;
  readonly #poll: Poll;
  #beating: Promise<void> = Promise.resolve();

  constructor(options: HeartbeatOptions) {
    this.#options = options;
    this.#startedAt = new Date(options.clock.now()).toISOString();
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
    // One that is under way would come back to life after the end.
    await this.#beating;
    await this.#options.store.forgetProcess(this.#id).catch(() => undefined);
  }

  async #beat(): Promise<void> {
    const { clock, store, intervalMs, version, state, failures } = this.#options;
    const now = state();
    if (now.kind !== "live") return;
    const row = {
      id: this.#id,
      host: hostname(),
      pid: process.pid,
      version,
      state: now.kind,
      transport: now.transport,
      revision: now.revision,
      plugins: this.#plugins(),
      failures: failures().map(({ item, error }) => ({ itemId: item.id, message: error.message })),
      startedAt: this.#startedAt,
      seenAt: new Date(clock.now()).toISOString(),
    };
    await store.saveProcess(row, intervalMs * forgetAfterBeats).catch(() => undefined);
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
