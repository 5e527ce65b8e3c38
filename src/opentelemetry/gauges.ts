import type { Meter, ObservableResult } from "@opentelemetry/api";
import { circuitOf, revisionLag } from "../open/facade.ts";
import type { Plugbay } from "../plugbay.ts";
import { isInUse } from "../selection/retirement.ts";
import { itemAttributes, typeAttributes } from "./attributes.ts";

const circuitNumbers = { closed: 0, "half-open": 1, open: 2 } as const;

type Observe = (result: ObservableResult) => void | Promise<void>;

/** What is measured when somebody collects. Returns what ends it. */
export function observe(meter: Meter, plugbay: Plugbay): () => void {
  const { namespace } = plugbay;
  const gauges: [name: string, description: string, unit: string, Observe][] = [
    [
      "plugbay.circuit.state",
      "Circuit of an item in this process: 0 closed, 1 half-open, 2 open.",
      "1",
      (result) => observeCircuits(result, plugbay),
    ],
    [
      "plugbay.revision.lag",
      "How many revisions the database is ahead of what this process serves by.",
      "{revision}",
      async (result) => {
        const lag = await revisionLag(plugbay);
        if (lag !== undefined) result.observe(lag, { "plugbay.namespace": namespace });
      },
    ],
    [
      "plugbay.snapshot.age",
      "How long ago the snapshot was last known to be what the database has.",
      "s",
      (result) => {
        const { state } = plugbay;
        if (state.kind === "closed") return;
        result.observe(state.ageMs / 1_000, { "plugbay.namespace": namespace, "plugbay.state": state.kind });
      },
    ],
  ];
  const stops = gauges.map(([name, description, unit, callback]) => {
    const gauge = meter.createObservableGauge(name, { description, unit });
    gauge.addCallback(callback);
    return () => gauge.removeCallback(callback);
  });
  return () => {
    for (const stop of stops) stop();
  };
}

function observeCircuits(result: ObservableResult, plugbay: Plugbay): void {
  if (plugbay.state.kind === "closed") return;
  for (const type of plugbay.registry.types()) {
    for (const item of plugbay.items(type).filter(isInUse)) {
      const attributes = { ...typeAttributes(type, plugbay.namespace), ...itemAttributes(item) };
      result.observe(circuitNumbers[circuitOf(plugbay, item)], attributes);
    }
  }
}
