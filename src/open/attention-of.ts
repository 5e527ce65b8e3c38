import { missesOf } from "../control/diagnosis/process-info.ts";
import { namesToUse } from "../control/item-names.ts";
import { keysInUse } from "../control/keys/keys-in-use.ts";
import { bringUpToDate, type View } from "../control/view.ts";
import type { KeyRing } from "../secrets/key-ring.ts";
import { Attention } from "../seeing/attention/attention.ts";
import type { Serving } from "../serving/serving.ts";
import type { Store } from "../store/store.ts";
import type { Clock } from "../time/clock.ts";

/** A process that missed so many heartbeats is silent. */
const silentBeats = 3;

/** Where the interval of the others is not known. */
const usualHeartbeatMs = 15_000;

interface Observed {
  readonly options: {
    readonly store: Store;
    readonly clock: Clock;
    readonly keys: KeyRing;
    readonly heartbeatMs: number | false;
  };
  readonly view: View;
  readonly serving: Serving;
  readonly openedAt: string;
}

/** Puts together what attention goes by. */
export function attentionOf({ options, view, serving, openedAt }: Observed): Attention {
  const { store, clock, keys, heartbeatMs } = options;
  const beatMs = Math.max(heartbeatMs || 0, usualHeartbeatMs);
  return new Attention({
    ...{ store, clock, openedAt },
    silentMs: silentBeats * beatMs,
    state: () => view.state,
    snapshot: () => serving.snapshot,
    catchUp: () => bringUpToDate(view),
    keys: () =>
      keysInUse(serving.snapshot, keys.ids).flatMap(({ id, use, items }) =>
        use === "current" || items === 0 ? [] : { id, use, items },
      ),
    missesOf: (process) => missesOf(process, serving.snapshot),
    operands: ({ items }) => namesToUse(items),
  });
}
