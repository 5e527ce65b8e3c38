import { context } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
  type SpanExporter,
} from "@opentelemetry/sdk-trace-base";
import { onTestFinished } from "vitest";

/** The real SDK, with exporters that keep everything, and perhaps another one of spans. It ends with the test. */
export function openTelemetry(another?: SpanExporter) {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  const kept = new InMemorySpanExporter();
  const exporters = another ? [another, kept] : [kept];
  const tracerProvider = new BasicTracerProvider({
    spanProcessors: exporters.map((exporter) => new SimpleSpanProcessor(exporter)),
  });
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });
  const meterProvider = new MeterProvider({ readers: [reader] });
  onTestFinished(async () => {
    context.disable();
    await meterProvider.shutdown();
  });
  return {
    providers: { tracerProvider, meterProvider },
    tracerProvider,
    spans: (): ReadableSpan[] => kept.getFinishedSpans(),
    /** The points of a metric, as they are now. */
    async points(name: string) {
      exporter.reset();
      await meterProvider.forceFlush();
      return exporter
        .getMetrics()
        .flatMap(({ scopeMetrics }) => scopeMetrics)
        .flatMap(({ metrics }) => metrics)
        .filter(({ descriptor }) => descriptor.name === name)
        .flatMap(({ dataPoints }) => dataPoints.map(({ attributes, value }) => ({ attributes, value })));
    },
  };
}
