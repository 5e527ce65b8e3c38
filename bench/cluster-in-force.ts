import { setTimeout as sleep } from "node:timers/promises";
import type { ClusterKind } from "./cluster-kinds.ts";
import { now } from "./cluster-process.ts";
import { Reader } from "./cluster-reader.ts";
import { Writer } from "./cluster-writer.ts";
import { median, report } from "./report.ts";

const processes = 8;
const changes = 10;

/** How soon all processes are known to serve by a change, in milliseconds. */
const limitMs = 1_000;

/** News that come sooner than a second after the last are told together; operators do not click so fast. */
const pauseMs = 1_500;

/** How soon after its commit a change is reported as in force by all processes, each change on its own. */
export async function benchInForce(kind: ClusterKind): Promise<void> {
  const setup = await kind.fresh();
  const writer = await Writer.open(setup);
  const readers = await Promise.all(Array.from({ length: processes }, () => Reader.start(setup, 1)));
  const { control } = writer.plugbay;
  const isInForce = async (revision: number): Promise<boolean> =>
    (await control.inForce(revision)).inForce === processes;
  while (!(await isInForce(0))) await sleep(20);
  const latencies: number[] = [];
  for (let change = 0; change <= changes; change += 1) {
    await sleep(pauseMs);
    const { revision, committedAt } = await writer.promoteNext();
    while (!(await isInForce(revision))) await sleep(10);
    // Of the first one, code is compiled.
    if (change > 0) latencies.push(now() - committedAt);
  }
  const half = median(latencies).toFixed(0);
  report({
    name: `${kind.name}: in force in ${processes} processes, max of ${changes} (p50 ${half})`,
    value: Math.max(...latencies),
    limit: limitMs,
    unit: "ms",
  });
  for (const reader of readers) await reader.stop();
  await writer.close();
  await setup.drop();
}
