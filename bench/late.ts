import { openPlugbay } from "plugbay";
import { sqlite } from "plugbay/sqlite";
import { makeDefinitions } from "./definitions.ts";
import { cpuMs, report } from "./report.ts";

const typeCount = 8_000;

/** Definitions that reach an open plugbay one by one, as when modules are loaded late. */
export async function benchLate(): Promise<void> {
  const options = { plugins: [], pollIntervalMs: false, heartbeatMs: false } as const;
  const plugbay = await openPlugbay({ ...options, database: sqlite(":memory:") });
  const { types, all } = makeDefinitions(typeCount, typeCount);

  const start = cpuMs();
  for (const type of types) plugbay.registry.register(type);
  const typesMs = cpuMs() - start;
  await plugbay.refresh();
  const typesServedMs = cpuMs() - start;
  const before = cpuMs();
  for (const plugin of all.slice(typeCount)) plugbay.registry.register(plugin);
  const pluginsMs = cpuMs() - before;
  await plugbay.refresh();
  const pluginsServedMs = cpuMs() - before;
  if (plugbay.getAll(types[typeCount - 1] as (typeof types)[number]).length !== 1)
    throw new Error("it does not serve");

  const name = `${typeCount.toLocaleString("en")}`;
  report({ name: `${name} types registered one by one, late`, value: typesMs, limit: 200, unit: "ms" });
  report({ name: `${name} types, until they are synced`, value: typesServedMs, limit: 2_000, unit: "ms" });
  report({ name: `${name} plugins registered one by one, late`, value: pluginsMs, limit: 200, unit: "ms" });
  report({ name: `${name} plugins, until they serve`, value: pluginsServedMs, limit: 2_000, unit: "ms" });
  await plugbay.close();
}
