import { setTimeout as sleep } from "node:timers/promises";
import type { ClusterKind } from "./cluster-kinds.ts";
import { Reader } from "./cluster-reader.ts";
import { type Change, Writer } from "./cluster-writer.ts";
import { median, quantile, report } from "./report.ts";

const rounds = 3;
const processes = 6;
const changes = 300;
const intervalMs = 20;
const limitMs = 60;

/** How soon every follower serves by each of many changes that come one after the other, 50 a second. */
export async function benchBurst(kind: ClusterKind): Promise<void> {
  const setup = await kind.fresh();
  const writer = await Writer.open(setup);
  const readers = await Promise.all(Array.from({ length: processes }, () => Reader.start(setup, 1)));
  const measured: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const made = await change(writer);
    const latencies: number[] = [];
    for (const { revision, committedAt } of made) {
      const served = await Promise.all(readers.map((reader) => reader.served(revision)));
      latencies.push(...served.flat().map((at) => at - committedAt));
    }
    measured.push(quantile(latencies, 0.99));
    for (const reader of readers) reader.forget();
  }
  report({
    name: `${kind.name}, ${changes} changes at 50 a second: p99, median of ${rounds} rounds`,
    value: median(measured),
    limit: limitMs,
    unit: "ms",
  });
  for (const reader of readers) await reader.stop();
  await writer.close();
  await setup.drop();
}

async function change(writer: Writer): Promise<Change[]> {
  const made: Change[] = [];
  const start = performance.now();
  while (made.length < changes) {
    made.push(await writer.promoteNext());
    await sleep(Math.max(0, start + made.length * intervalMs - performance.now()));
  }
  return made;
}
