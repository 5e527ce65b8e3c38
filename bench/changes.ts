import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openPlugbay, type Plugbay, type PluginItem, type PluginType } from "plugbay";
import { sqlite } from "plugbay/sqlite";
import { type Echo, makeDefinitions } from "./definitions.ts";
import { cpuMs, median, quantile, report } from "./report.ts";
import { revisionOf } from "./revision-of.ts";

const changes = 60;
const callsAChange = 200;

/** What one change by another process costs a process that has 100,000 items, and the calls right after it. */
export async function benchChanges(): Promise<void> {
  for (const [typeCount, itemsAType, limit] of [
    [100, 1_000, 1],
    [10, 10_000, 2],
    [1, 100_000, 5],
    [100_000, 1, 5],
  ] as const) {
    const folder = await mkdtemp(join(tmpdir(), "plugbay-bench-"));
    const { types, all } = makeDefinitions(typeCount, typeCount * itemsAType);
    const options = { pollIntervalMs: false, heartbeatMs: false } as const;
    const open = () => ({ ...options, database: sqlite(join(folder, "bench.db")) });
    const plugbay = await openPlugbay({ ...open(), plugins: all });
    const other = await openPlugbay({ ...open(), plugins: [], sync: false });
    const type = types[0] as PluginType<Echo>;
    const items = plugbay.items(type);
    const name = `${typeCount.toLocaleString("en")} x ${itemsAType.toLocaleString("en")}`;

    const cpu: number[] = [];
    const calls = new Map<string, number[]>();
    for (let index = 0; index < changes; index += 1) {
      const item = items[(index * 7_919) % items.length] as PluginItem;
      await other.control.updateItem(item.id, { priority: index + 1 }, { actor: "alice" });
      const before = cpuMs();
      await plugbay.refresh();
      cpu.push(cpuMs() - before);
      if (revisionOf(plugbay) !== revisionOf(other)) throw new Error("the change was not taken over");
      for (const [call, make] of Object.entries(callsOf(plugbay, type, item))) {
        calls.set(call, [...(calls.get(call) ?? []), nsACall(make)]);
      }
    }
    report({ name: `one change, CPU, ${name}`, value: median(cpu), limit, unit: "ms" });
    report({
      name: `one change, CPU, p95, ${name}`,
      value: quantile(cpu, 0.95),
      limit: limit * 4,
      unit: "ms",
    });
    for (const [call, ns] of calls) {
      report({ name: `${call} after a change, ${name}`, value: median(ns), limit: 200, unit: "ns" });
    }
    await other.close();
    await plugbay.close();
    await rm(folder, { recursive: true });
  }
}

const callsOf = (plugbay: Plugbay, type: PluginType<Echo>, { id }: PluginItem) => ({
  getAll: () => plugbay.getAll(type),
  items: () => plugbay.items(type),
  getById: () => plugbay.getById(type, id),
});

function nsACall(call: () => unknown): number {
  const start = performance.now();
  for (let index = 0; index < callsAChange; index += 1) call();
  return ((performance.now() - start) * 1e6) / callsAChange;
}
