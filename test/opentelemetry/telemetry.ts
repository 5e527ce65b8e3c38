import { context } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
  type PushMetricExporter,
} from "@opentelemetry/sdk-metrics";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
  type SpanExporter,
} from "@opentelemetry/sdk-trace-base";
import { onTestFinished } from "vitest";

/** The real SDK, with exporters that keep everything, and perhaps others beside them. It ends with the test. */
export function openTelemetry(another?: SpanExporter, anotherOfMetrics?: PushMetricExporter) {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  const kept = new InMemorySpanExporter();
  const exporters = another ? [another, kept] : [kept];
  const tracerProvider = new BasicTracerProvider({
    spanProcessors: exporters.map((exporter) => new SimpleSpanProcessor(exporter)),
  });
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });
  const often = { exportIntervalMillis: 20, exportTimeoutMillis: 20 };
  const others = anotherOfMetrics
    ? [new PeriodicExportingMetricReader({ exporter: anotherOfMetrics, ...often })]
    : [];
  const meterProvider = new MeterProvider({ readers: [reader, ...others] });
  onTestFinished(async () => {
    context.disable();
    await meterProvider.shutdown();
  });
  async function collect() {
    exporter.reset();
    await reader.forceFlush();
    return exporter
      .getMetrics()
      .flatMap(({ scopeMetrics }) => scopeMetrics)
      .flatMap(({ metrics }) => metrics);
  }
  return {
    providers: { tracerProvider, meterProvider },
    tracerProvider,
    spans: (): ReadableSpan[] => kept.getFinishedSpans(),
    /** What is known of all metrics that have points. */
    async descriptors() {
      return (await collect()).map(({ descriptor, dataPoints }) => ({
        name: descriptor.name,
        attributes: [...new Set(dataPoints.flatMap(({ attributes }) => Object.keys(attributes)))],
      }));
    },
    /** The points of a metric, as they are now. */
    async points(name: string) {
      return (await collect())
        .filter(({ descriptor }) => descriptor.name === name)
        .flatMap(({ dataPoints }) => dataPoints.map(({ attributes, value }) => ({ attributes, value })));
    },
  };
}
