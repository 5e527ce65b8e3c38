import type { View } from "../control/view.ts";
import type { AlertTarget } from "../seeing/alerts/alert-target.ts";
import { Alerts } from "../seeing/alerts/alerts.ts";
import type { Attention } from "../seeing/attention/attention.ts";
import type { Serving } from "../serving/serving.ts";
import type { Store } from "../store/store.ts";
import type { Clock } from "../time/clock.ts";

interface Alerting {
  readonly options: { readonly store: Store; readonly clock: Clock };
  readonly view: View;
  readonly serving: Serving;
}

/** Puts together what sends alerts. */
export const alertsOf = (
  { options: { store, clock }, view, serving }: Alerting,
  targets: readonly AlertTarget[],
  attention: Attention,
): Alerts =>
  new Alerts({
    ...{ targets, store, clock, attention },
    snapshot: () => serving.snapshot,
    isLive: () => view.state.kind === "live",
  });
