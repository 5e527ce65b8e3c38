import { snapshotOf } from "../open/facade.ts";
import type { Plugbay } from "../plugbay.ts";
import type { Snapshot } from "../selection/snapshot.ts";
import type { PanelEvents } from "./contract/contract.ts";
import { presentReadiness } from "./present/readiness.ts";
import { presentState } from "./present/state.ts";

const pingMs = 15_000;

/** So often a reader has to come back, past what the application has in front of the panel. */
const mostPings = 4;

/** Messages that may wait for a reader; one that takes none is given up, and comes back by itself. */
const mostWaiting = 1_000;

/** Who follows the events. */
interface Follower {
  readonly stillKnown: () => Promise<boolean>;
  /** Is called as soon as the events have ended for this reader, however they did. */
  readonly ended: () => void;
}

/**
 * What happens in this process as server-sent events, until `signal` aborts, the reader leaves, plugbay
 * closes, or `stillKnown` denies the reader, who is asked for at each ping. It ends after a minute in any
 * case: a sign-in in front of the panel sees no more of a reader than the request.
 */
export function panelEvents(
  plugbay: Plugbay,
  signal: AbortSignal,
  { stillKnown, ended }: Follower,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let end = (): void => undefined;
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const stops: (() => void)[] = [];
        const finish = (): void => {
          for (const stop of stops.splice(0)) stop();
        };
        end = finish;
        const close = (): void => {
          if (stops.length === 0) return;
          finish();
          controller.close();
        };
        const write = (text: string): void => {
          if ((controller.desiredSize ?? 0) <= -mostWaiting) close();
          else controller.enqueue(encoder.encode(text));
        };
        const send = <Name extends keyof PanelEvents>(name: Name, data: PanelEvents[Name]): void =>
          write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
        const sendState = (): void => send("state", presentState(plugbay.state));

        let shown = snapshotOf(plugbay);
        let pings = 0;
        const ping = setInterval(() => {
          pings += 1;
          if (pings === mostPings) {
            send("end", {});
            close();
            return;
          }
          write(": ping\n\n");
          stillKnown().then((is) => is || close(), close);
        }, pingMs);
        ping.unref();
        signal.addEventListener("abort", close);
        stops.push(
          ended,
          () => clearInterval(ping),
          () => signal.removeEventListener("abort", close),
          plugbay.on("change", ({ revision }) => {
            const before = shown;
            shown = snapshotOf(plugbay);
            send("change", { revision, typeIds: changedTypes(before, shown) });
          }),
          plugbay.on("readiness", ({ item, readiness }) =>
            send("readiness", { itemId: item.id, readiness: presentReadiness(readiness) }),
          ),
          plugbay.control.onFleet(() => send("processes", {})),
          plugbay.on("live", sendState),
          plugbay.on("stale", sendState),
          plugbay.on("transport", sendState),
          plugbay.on("close", close),
        );
        sendState();
        if (signal.aborted || plugbay.state.kind === "closed") close();
      },
      cancel: () => end(),
    },
    { highWaterMark: 0 },
  );
}

/** Types that did not change are the same objects in both snapshots. */
function changedTypes(before: Snapshot, after: Snapshot): string[] {
  const changed = [...after.types].filter(([id, type]) => before.types.get(id) !== type).map(([id]) => id);
  const gone = [...before.types.keys()].filter((id) => !after.types.has(id));
  return [...changed, ...gone];
}
