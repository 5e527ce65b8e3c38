import { openPlugbay, type PluginType } from "plugbay";
import { sqlite } from "plugbay/sqlite";
import { type Echo, makeDefinitions } from "./definitions.ts";
import { median, report } from "./report.ts";

const callsARound = 200_000;
const rounds = 15;

/** `get` on a warm snapshot against `Map.get` with the same keys, in turns, in one process. */
export async function benchGet(): Promise<void> {
  for (const [typeCount, itemCount] of [
    [1, 1],
    [100, 100],
    [100, 100_000],
    [10_000, 100_000],
    [100_000, 100_000],
  ] as const) {
    const { types, all } = makeDefinitions(typeCount, itemCount);
    const plugbay = await openPlugbay({ database: sqlite(":memory:"), plugins: all, pollIntervalMs: false });
    const map = new Map(types.map((type) => [type, plugbay.require(type)]));
    const keys = Array.from(
      { length: callsARound },
      (_, index) => types[(index * 7_919) % typeCount] as PluginType<Echo>,
    );

    const viaMap = (): number => count(keys, (type) => map.get(type));
    const viaGet = (): number => count(keys, (type) => plugbay.get(type));
    const ratios = Array.from({ length: rounds }, () => {
      const bare = time(viaMap);
      return time(viaGet) / bare;
    });
    // Apart from the timing: a forced collection throws away optimized code.
    const heap = Array.from({ length: rounds }, () => {
      globalThis.gc?.();
      const before = process.memoryUsage().heapUsed;
      time(viaGet);
      return (process.memoryUsage().heapUsed - before) / callsARound;
    });
    const name = `${typeCount.toLocaleString("en")} types, ${itemCount.toLocaleString("en")} items`;
    report({ name: `get against Map.get, ${name}`, value: median(ratios), limit: 2, unit: "x" });
    report({ name: `heap a call of get, ${name}`, value: median(heap), limit: 1, unit: "B" });
    await plugbay.close();
  }
}

function time(work: () => number): number {
  const start = performance.now();
  if (work() !== callsARound) throw new Error("a look-up found nothing");
  return performance.now() - start;
}

function count<Key>(keys: readonly Key[], look: (key: Key) => Echo | undefined): number {
  let found = 0;
  for (const key of keys) if (look(key) !== undefined) found += 1;
  return found;
}
