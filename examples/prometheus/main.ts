import { metrics } from "@opentelemetry/api";
import { PrometheusExporter } from "@opentelemetry/exporter-prometheus";
import { MeterProvider } from "@opentelemetry/sdk-metrics";
import { openPlugbay } from "plugbay";
import { instrument } from "plugbay/opentelemetry";
import { sqlite } from "plugbay/sqlite";
import { couriers, drone, van } from "./couriers.ts";

const port = Number(process.env.PORT ?? 9_464);

// What Prometheus collects, at /metrics. The SDK comes before `instrument`, which finds it by the API.
const exporter = new PrometheusExporter({ host: "127.0.0.1", port });
metrics.setGlobalMeterProvider(new MeterProvider({ readers: [exporter] }));

await using plugbay = await openPlugbay({ database: sqlite(":memory:"), plugins: [couriers, drone, van] });
using _telemetry = await instrument(plugbay);

console.log(`http://127.0.0.1:${port}/metrics`);

// A parcel every 20 ms, until Ctrl+C. Drones do not fly when it storms, which it does for half of each two minutes.
const isOver = new Promise<"over">((resolve) => process.once("SIGINT", () => resolve("over")));
const service = plugbay.service(couriers);
for (let parcel = 1; ; parcel += 1) {
  void service.deliver(`parcel ${parcel}`).catch((error: unknown) => console.error(String(error)));
  const pause = new Promise<"next">((resolve) => setTimeout(resolve, 20, "next"));
  if ((await Promise.race([pause, isOver])) === "over") break;
}
await exporter.shutdown();
