import { channel, type TracingChannel, tracingChannel } from "node:diagnostics_channel";
import type { AttemptReport } from "../calling/run-options.ts";
import type { AttemptSight, CallSight, CallWatcher, WatchedCall, WatchedEnd } from "../calling/watchers.ts";
import type { TypeIdentity } from "../definition/identity.ts";
import type { PluginItem } from "../definition/plugin-item.ts";
import type { Emitter } from "../serving/events.ts";
import type { CircuitState } from "./circuit-state.ts";

// The messages are for subscribers, who find them in docs/telemetry.md. They name items and carry no configs.

/** An item, as messages name it. */
interface ItemMessage {
  readonly id: string;
  readonly module: string;
  readonly name: string;
  readonly label: string;
}

/** One object from the beginning of a call to its end, at each of which it has what is known. */
interface RunMessage extends WatchedCall {
  readonly namespace: string;
  item?: ItemMessage | undefined;
  attempts?: number;
  durationMs?: number;
  error?: unknown;
}

/** As that, of an attempt. */
interface AttemptMessage {
  readonly namespace: string;
  readonly type: TypeIdentity;
  readonly runId: string;
  readonly item: ItemMessage;
  readonly attempt: number;
  outcome?: AttemptReport["outcome"];
  durationMs?: number;
  error?: unknown;
}

const runs = tracingChannel<unknown, RunMessage>("plugbay.run");
const attempts = tracingChannel<unknown, AttemptMessage>("plugbay.attempt");
const circuits = channel("plugbay.circuit");
const revisions = channel("plugbay.revision");

const {
  start: runStart,
  end: runEnd,
  asyncStart: runAsyncStart,
  asyncEnd: runAsyncEnd,
  error: runError,
} = runs;
const { start, end, asyncStart, asyncEnd, error } = attempts;

/**
 * Node 20 does not say of a tracing channel whether anybody subscribes to it. Asked of constants, one by one, this takes
 * a few nanoseconds; a loop over them takes a hundred.
 */
const isFollowed = (): boolean =>
  runStart.hasSubscribers ||
  runEnd.hasSubscribers ||
  runAsyncStart.hasSubscribers ||
  runAsyncEnd.hasSubscribers ||
  runError.hasSubscribers ||
  start.hasSubscribers ||
  end.hasSubscribers ||
  asyncStart.hasSubscribers ||
  asyncEnd.hasSubscribers ||
  error.hasSubscribers;

/** Tells of calls on Node's diagnostics channels, where anybody subscribes to them. */
export class ChannelWatcher implements CallWatcher {
  readonly #namespace: string;

  constructor(namespace: string) {
    this.#namespace = namespace;
  }

  get isWatching(): boolean {
    return isFollowed();
  }

  begin(call: WatchedCall): CallSight {
    const namespace = this.#namespace;
    const message: RunMessage = { namespace, ...call };
    return {
      within: (begin) => within(runs, message, begin),
      attempt: (item, attempt) => attemptSight({ namespace, ...of(call), item: named(item), attempt }),
      ended: ({ item, attempts, durationMs, failure }: WatchedEnd) => {
        Object.assign(message, { item: item && named(item), attempts, durationMs });
        ended(runs, message, failure);
      },
    };
  }
}

/** Tells of circuits and revisions on channels. */
export function publishEvents(
  namespace: string,
  emitter: Emitter,
  stateOf: (item: PluginItem) => CircuitState,
): void {
  const told = new Map<string, CircuitState>();
  emitter.on("readiness", ({ item, readiness }) => {
    const state = stateOf(item);
    if (state === (told.get(item.id) ?? "closed")) return;
    if (state === "closed") told.delete(item.id);
    else told.set(item.id, state);
    if (!circuits.hasSubscribers) return;
    const until = state === "open" && readiness.kind === "cooling" ? readiness.until : undefined;
    circuits.publish({ namespace, type: item.type, item: named(item), state, until });
  });
  emitter.on("change", ({ revision, types }) => {
    if (revisions.hasSubscribers) revisions.publish({ namespace, revision, types });
  });
}

const of = ({ type, runId }: WatchedCall): Pick<AttemptMessage, "type" | "runId"> => ({ type, runId });

const named = ({ id, module, name, label }: PluginItem): ItemMessage => ({ id, module, name, label });

const attemptSight = (message: AttemptMessage): AttemptSight => ({
  within: (begin) => within(attempts, message, begin),
  ended: ({ outcome, durationMs, error }) => {
    Object.assign(message, { outcome, durationMs });
    ended(attempts, message, outcome === "success" ? undefined : { error });
  },
});

/** As `tracePromise` does it, whose end is told here when what surrounds the call is over, too. */
function within<M extends object>(on: TracingChannel<unknown, M>, message: M, begin: () => void): void {
  on.start.runStores(message, begin);
  on.end.publish(message);
}

function ended<M extends { error?: unknown }>(
  on: TracingChannel<unknown, M>,
  message: M,
  failure: { readonly error: unknown } | undefined,
): void {
  if (failure) {
    message.error = failure.error;
    on.error.publish(message);
  }
  on.asyncStart.publish(message);
  on.asyncEnd.publish(message);
}
