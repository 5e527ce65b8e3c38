import type { MeterProvider, TracerProvider } from "@opentelemetry/api";
import { checkKnown, type OptionNames } from "../definition/known-options.ts";
import { watchersOf } from "../open/facade.ts";
import type { Plugbay } from "../plugbay.ts";
import { DurationWatcher } from "./duration-watcher.ts";
import { observe } from "./gauges.ts";
import { loadApi } from "./load-api.ts";
import { SpanWatcher } from "./span-watcher.ts";

/** Where `instrument` sends what it sees. */
export interface InstrumentOptions {
  /** Default: the one that is registered globally. */
  readonly tracerProvider?: TracerProvider | undefined;
  /** Default: the one that is registered globally. Until there is one, nothing is measured. */
  readonly meterProvider?: MeterProvider | undefined;
}

/** Telemetry of a plugbay, until it is ended. */
export interface Instrumentation extends Disposable {
  /** Ends it: no further spans and measurements. What is under way is still told. */
  end(): void;
}

const optionNames: OptionNames<InstrumentOptions> = { tracerProvider: true, meterProvider: true };

/** The scope of what is told. */
const scope = "plugbay";

/**
 * Tells OpenTelemetry of a plugbay: a span for each run and one below it for each attempt, how long runs take, and how
 * circuits, revision and snapshot are. docs/telemetry.md lists names and attributes. Register the SDK before: meters that
 * were asked for earlier measure nothing. No call waits for an exporter, and none hears of one that fails. It ends with plugbay.
 *
 * @throws TelemetryApiMissingError, UnknownOptionError
 * @example
 * const plugbay = await openPlugbay({ database: sqlite("app.db"), plugins: [otp, smsIr] });
 * const telemetry = await instrument(plugbay);
 */
export async function instrument(
  plugbay: Plugbay,
  options: InstrumentOptions = {},
): Promise<Instrumentation> {
  checkKnown("instrument", options, optionNames);
  const api = await loadApi();
  const tracers = options.tracerProvider ?? api.trace.getTracerProvider();
  const meters = options.meterProvider ?? api.metrics.getMeterProvider();
  const meter = meters.getMeter(scope);
  const watchers = watchersOf(plugbay);
  const stops = [
    // One beside the other, so that a tracer that throws leaves the measurements alone.
    watchers.add(new SpanWatcher(api, tracers.getTracer(scope), plugbay)),
    watchers.add(new DurationWatcher(meter, plugbay.namespace)),
    observe(meter, plugbay),
  ];
  const end = (): void => {
    for (const stop of stops.splice(0)) stop();
  };
  plugbay.on("close", end);
  return { end, [Symbol.dispose]: end };
}
