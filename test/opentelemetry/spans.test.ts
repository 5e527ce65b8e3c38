import { context, SpanStatusCode, trace } from "@opentelemetry/api";
import { instrument } from "plugbay/opentelemetry";
import { describe, expect, onTestFinished, test } from "vitest";
import { coded, openSenders, status } from "../calling/senders.ts";
import { settle } from "../runtime/manual-clock.ts";
import { openTelemetry } from "./telemetry.ts";

const down = coded("ECONNREFUSED");

async function openTraced() {
  const telemetry = openTelemetry();
  const senders = await openSenders();
  const instrumentation = await instrument(senders.plugbay, telemetry.providers);
  return { ...telemetry, ...senders, instrumentation };
}

describe("spans", () => {
  test("are one for a run and one for each attempt, below the caller's", async () => {
    const { plugbay, type, spans, tracerProvider } = await openTraced();
    const caller = tracerProvider.getTracer("test").startSpan("request");
    await context.with(trace.setSpan(context.active(), caller), () => plugbay.run(type, () => "sent"));
    const [attempt, run] = spans();
    expect(run?.name).toBe("plugbay.run otp");
    expect(run?.parentSpanContext?.spanId).toBe(caller.spanContext().spanId);
    expect(run?.attributes).toMatchObject({
      "feature_flag.key": "apps/otp/otp",
      "feature_flag.provider.name": "plugbay",
      "feature_flag.result.variant": "apps/channels:a",
      "feature_flag.version": "1",
      "plugbay.namespace": "default",
      "plugbay.run.kind": "run",
      "plugbay.run.attempts": 1,
    });
    expect(attempt?.name).toBe("plugbay.attempt");
    expect(attempt?.parentSpanContext?.spanId).toBe(run?.spanContext().spanId);
    expect(attempt?.attributes).toMatchObject({ "plugbay.attempt": 1, "plugbay.outcome": "success" });
    expect(attempt?.attributes["plugbay.run.id"]).toBe(run?.attributes["plugbay.run.id"]);
  });

  test("of a rescued run have an error at the attempt that failed, and nowhere else", async () => {
    const { plugbay, type, spans } = await openTraced();
    await plugbay.run(type, (sender) => {
      if (sender.by === "a") throw down;
    });
    const [failed, succeeded, run] = spans();
    expect(failed?.status).toEqual({ code: SpanStatusCode.ERROR, message: "ECONNREFUSED" });
    expect(failed?.attributes).toMatchObject({
      "error.type": "ECONNREFUSED",
      "plugbay.outcome": "retryable",
    });
    for (const span of [succeeded, run]) {
      expect(span?.status.code).toBe(SpanStatusCode.UNSET);
      expect(span?.attributes).not.toHaveProperty("error.type");
    }
    expect(run?.attributes).toMatchObject({
      "feature_flag.result.variant": "apps/channels:b",
      "plugbay.run.attempts": 2,
    });
  });

  test("of a run that failed have its error", async () => {
    const { plugbay, type, spans } = await openTraced();
    await expect(plugbay.run(type, () => Promise.reject(down))).rejects.toThrow();
    await expect(plugbay.run(type, () => Promise.reject(status(400)))).rejects.toThrow();
    const runs = spans().filter(({ name }) => name === "plugbay.run otp");
    expect(runs.map(({ attributes }) => attributes["error.type"])).toEqual(["ALL_PLUGINS_FAILED", "400"]);
    expect(runs.map((run) => run.status.code)).toEqual([SpanStatusCode.ERROR, SpanStatusCode.ERROR]);
  });

  test("of a service and of a stream say so, and a stream's last until its end", async () => {
    const { plugbay, type, spans } = await openTraced();
    await plugbay.service(type).sendOtp("+1 555 0100", "123456");
    const stream = plugbay.stream(type, () => [1, 2]);
    await stream.next();
    expect(spans()).toHaveLength(2);
    expect(spans()[1]?.attributes).toMatchObject({
      "plugbay.run.kind": "service",
      "plugbay.method": "sendOtp",
    });
    for await (const _part of stream);
    await settle();
    expect(
      spans()
        .map(({ name }) => name)
        .slice(2),
    ).toEqual(["plugbay.attempt", "plugbay.run otp"]);
    expect(spans()[3]?.attributes["plugbay.run.kind"]).toBe("stream");
  });

  test("of an attempt are active while its task runs, also after it has waited", async () => {
    const { plugbay, type, spans, tracerProvider } = await openTraced();
    await plugbay.run(type, async (sender) => {
      await Promise.resolve();
      tracerProvider.getTracer("http").startSpan(`request of ${sender.by}`).end();
      if (sender.by === "a") throw down;
    });
    const [ofA, a, ofB, b] = spans();
    expect(ofA?.parentSpanContext?.spanId).toBe(a?.spanContext().spanId);
    expect(ofB?.name).toBe("request of b");
    expect(ofB?.parentSpanContext?.spanId).toBe(b?.spanContext().spanId);
  });

  test("end with the instrumentation", async () => {
    const { plugbay, type, spans, instrumentation } = await openTraced();
    instrumentation.end();
    await plugbay.run(type, () => "sent");
    expect(spans()).toEqual([]);
  });
});

describe("calls go on undisturbed", () => {
  test.each(["fails", "hangs"])("when an exporter %s", async (what) => {
    const { providers, spans } = openTelemetry({
      export: (_spans, done) => {
        if (what === "fails") done({ code: 1, error: new Error("no collector") });
      },
      shutdown: () => Promise.resolve(),
    });
    const { plugbay, type } = await openSenders();
    await instrument(plugbay, providers);
    expect(await plugbay.run(type, (sender) => sender.by)).toBe("a");
    expect(spans()).toHaveLength(2);
  });

  test("when a tracer throws, which is told once, and what is measured is not lost", async () => {
    const heard: string[] = [];
    const hear = (warning: Error): void => void heard.push(warning.message);
    process.on("warning", hear);
    onTestFinished(() => void process.off("warning", hear));
    const { providers, points } = openTelemetry();
    const { plugbay, type } = await openSenders();
    const broken = (): never => {
      throw new Error("no spans");
    };
    const tracerProvider = { getTracer: () => ({ startSpan: broken, startActiveSpan: broken }) };
    await instrument(plugbay, { ...providers, tracerProvider });
    expect(await plugbay.run(type, (sender) => sender.by)).toBe("a");
    expect(await plugbay.run(type, (sender) => sender.by)).toBe("a");
    await expect
      .poll(() => heard)
      .toEqual(["what watches the calls of plugbay threw; calls go on without it"]);
    expect(await points("plugbay.run.duration")).toMatchObject([{ value: { count: 2 } }]);
  });
});
