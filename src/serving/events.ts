import { InvalidOptionError } from "../definition/errors.ts";
import type { TypeIdentity } from "../definition/identity.ts";
import type { PluginItem } from "../definition/plugin-item.ts";
import type { Readiness } from "../selection/readiness.ts";
import type { Transport } from "../store/push-channel.ts";
import { warn } from "../warn.ts";

/** What there is to listen to, by `plugbay.on`. */
export interface Events {
  /** A new snapshot serves. */
  readonly change: { readonly revision: number; readonly types: readonly TypeIdentity[] };
  /** An item became ready, failed, or was put aside, without a change in the database. */
  readonly readiness: { readonly item: PluginItem; readonly readiness: Readiness };
  /** Something came of an attempt of a call after it was given up. Nobody got what it brought. */
  readonly late: LateEnd;
  /** The database stopped answering; the last snapshot serves on. */
  readonly stale: { readonly since: Date; readonly cause: unknown };
  /** Changes are heard of in another way than before; `reason` says why, where the better way is lost. */
  readonly transport: { readonly transport: Transport; readonly reason?: unknown };
  /** The database answers again. */
  readonly live: { readonly revision: number };
  /** It is being closed: nothing more comes. */
  readonly close: Record<never, never>;
}

/** What came of an attempt of a call after it was given up. */
export interface LateEnd {
  /** The item that was tried. */
  readonly item: PluginItem;
  /** 1 for the first attempt of the run. */
  readonly attempt: number;
  /** The same for all attempts of a run. */
  readonly runId: string;
  /** From the beginning of the attempt, in milliseconds. */
  readonly durationMs: number;
  /** How it ended after all. */
  readonly status: "fulfilled" | "rejected";
  /** What it failed with, without the secrets of the item's config. */
  readonly error?: unknown;
}

/** The names of the events that `plugbay.on` takes. */
export type EventName = keyof Events;
/** What is called with each event of a name. */
export type Listener<Name extends EventName> = (event: Events[Name]) => void;

const names: Readonly<Record<EventName, true>> = {
  change: true,
  readiness: true,
  late: true,
  stale: true,
  transport: true,
  live: true,
  close: true,
};

/** One call of `on`: the same listener may subscribe several times, and each subscription ends by itself. */
interface Subscription {
  readonly listener: Listener<never>;
}

/** Tells listeners of events. One that throws or rejects is reported as a process warning and stops nobody. */
export class Emitter {
  readonly #subscriptions = new Map<EventName, Set<Subscription>>();

  on<Name extends EventName>(name: Name, listener: Listener<Name>): () => void {
    if (!Object.hasOwn(names, name)) {
      throw new InvalidOptionError("event", name, `it is one of ${Object.keys(names).join(", ")}`);
    }
    const subscriptions = this.#subscriptions.get(name) ?? new Set();
    const subscription: Subscription = { listener };
    this.#subscriptions.set(name, subscriptions.add(subscription));
    return () => void subscriptions.delete(subscription);
  }

  emit<Name extends EventName>(name: Name, event: Events[Name]): void {
    for (const { listener } of [...(this.#subscriptions.get(name) ?? [])]) {
      const tell = async (): Promise<void> => (listener as Listener<Name>)(event);
      tell().catch((error: unknown) => warn(`a listener of "${name}" threw`, error));
    }
  }
}
