import { readFile } from "node:fs/promises";
import { instrument } from "plugbay/opentelemetry";
import { describe, expect, onTestFinished, test } from "vitest";
import { coded, openSenders } from "../calling/senders.ts";
import { openTelemetry } from "./telemetry.ts";

const down = coded("ECONNREFUSED");

async function openMeasured() {
  const telemetry = openTelemetry();
  const senders = await openSenders();
  await instrument(senders.plugbay, telemetry.providers);
  return { ...telemetry, ...senders };
}

describe("metrics", () => {
  test("say how long runs took, in seconds, and of failures of which kind they were", async () => {
    const { plugbay, type, bench, points } = await openMeasured();
    const run = plugbay.run(type, () => new Promise<void>((resolve) => bench.clock.schedule(250, resolve)));
    await bench.clock.advance(250);
    await run;
    await expect(plugbay.run(type, () => Promise.reject(down))).rejects.toThrow();
    const about = {
      "feature_flag.key": "apps/otp/otp",
      "feature_flag.provider.name": "plugbay",
      "plugbay.namespace": "default",
      "plugbay.run.kind": "run",
    };
    expect(await points("plugbay.run.duration")).toMatchObject([
      {
        attributes: { ...about, "feature_flag.result.variant": "apps/channels:a" },
        value: { count: 1, sum: 0.25 },
      },
      {
        attributes: {
          ...about,
          "feature_flag.result.variant": "apps/channels:spare",
          "error.type": "ALL_PLUGINS_FAILED",
        },
      },
    ]);
    const [good] = await points("plugbay.run.duration");
    expect(good?.attributes).not.toHaveProperty("error.type");
    expect(good?.value).toHaveProperty("buckets.boundaries.0", 0.005);
  });

  test("show which circuits are open", async () => {
    const { plugbay, type, points } = await openMeasured();
    const states = async () =>
      (await points("plugbay.circuit.state")).map(({ attributes, value }) => {
        return `${attributes["feature_flag.result.variant"]} ${value}`;
      });
    expect(await states()).toEqual(["apps/channels:a 0", "apps/channels:b 0", "apps/channels:spare 0"]);
    for (let n = 0; n < 5; n += 1) {
      await plugbay.run(type, (sender) => {
        if (sender.by === "a") throw down;
      });
    }
    expect(await states()).toEqual(["apps/channels:a 2", "apps/channels:b 0", "apps/channels:spare 0"]);
  });

  test("show how far behind the database this process is", async () => {
    const { plugbay, type, bench, points } = await openMeasured();
    const value = async (name: string) => (await points(name)).map((point) => point.value);
    expect(await value("plugbay.revision.lag")).toEqual([0]);
    await bench.edit(plugbay.items(type)[0], { priority: 7 });
    await bench.clock.advance(2_000);
    expect(await value("plugbay.revision.lag")).toEqual([1]);
    expect(await value("plugbay.snapshot.age")).toEqual([2]);
    await plugbay.refresh();
    expect(await value("plugbay.revision.lag")).toEqual([0]);
    expect(await value("plugbay.snapshot.age")).toEqual([0]);
  });

  test("are in docs/metrics.md, each with its attributes", async () => {
    const { plugbay, type, descriptors } = await openMeasured();
    await plugbay.service(type).sendOtp("+1 555 0100", "123456");
    await expect(plugbay.run(type, () => Promise.reject(down))).rejects.toThrow();
    const page = await readFile(new URL("../../docs/metrics.md", import.meta.url), "utf8");
    const [about = "", ...sections] = page.split(/^## /m);
    const found = await descriptors();
    const told = sections
      .map((section) => section.split("\n")[0])
      .filter((name) => name !== "What to alert on");
    expect(told.sort()).toEqual(found.map(({ name }) => name).sort());
    for (const { name, attributes } of found) {
      const section = sections.find((one) => one.startsWith(`${name}\n`)) ?? "";
      expect(attributes.filter((one) => !`${about}${section}`.includes(`\`${one}\``))).toEqual([]);
    }
  });

  test("say nothing of the revision while the database does not answer", async () => {
    const { bench, points } = await openMeasured();
    bench.database.failure = coded("ECONNREFUSED");
    expect(await points("plugbay.revision.lag")).toEqual([]);
    expect(await points("plugbay.snapshot.age")).toHaveLength(1);
  });

  test("say nothing after the end", async () => {
    const { plugbay, points } = await openMeasured();
    await plugbay.close();
    expect(await points("plugbay.snapshot.age")).toEqual([]);
    expect(await points("plugbay.circuit.state")).toEqual([]);
  });
});

describe("calls go on undisturbed", () => {
  test.each(["fails", "throws", "hangs"])("when an exporter of metrics %s", async (what) => {
    const unhandled: unknown[] = [];
    const hear = (error: unknown): void => void unhandled.push(error);
    process.on("unhandledRejection", hear);
    onTestFinished(() => void process.off("unhandledRejection", hear));
    let exports = 0;
    const telemetry = openTelemetry(undefined, {
      export: (_metrics, done) => {
        exports += 1;
        if (what === "throws") throw new Error("no collector");
        if (what === "fails") done({ code: 1, error: new Error("no collector") });
      },
      forceFlush: () => Promise.resolve(),
      shutdown: () => Promise.resolve(),
    });
    const { plugbay, type } = await openSenders();
    await instrument(plugbay, telemetry.providers);
    const call = () => plugbay.run(type, (sender) => sender.by);
    expect(await call()).toBe("a");
    await expect.poll(() => exports).toBeGreaterThan(2);
    expect(await call()).toBe("a");
    const before = exports;
    await expect.poll(() => exports).toBeGreaterThan(before);
    expect(await telemetry.points("plugbay.run.duration")).toMatchObject([{ value: { count: 2 } }]);
    expect(unhandled).toEqual([]);
  });
});
