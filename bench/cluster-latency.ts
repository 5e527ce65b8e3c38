import { setTimeout as sleep } from "node:timers/promises";
import type { ClusterKind } from "./cluster-kinds.ts";
import { Reader, type Usage } from "./cluster-reader.ts";
import { type Change, Writer } from "./cluster-writer.ts";
import { median, quantile, report } from "./report.ts";

/** The first one is not measured: processes that serve have long been running, and their code is compiled. */
const rounds = 6;
const idleMs = 60_000;

/**
 * How soon every follower serves by a change, each change on its own; and, with a process for each of them, what one
 * costs while nothing changes.
 */
export async function benchLatency(kind: ClusterKind, processes: number, followers: number): Promise<void> {
  const setup = await kind.fresh();
  const writer = await Writer.open(setup);
  const readers = await Promise.all(Array.from({ length: processes }, () => Reader.start(setup, followers)));
  const name = `${kind.name}, ${processes * followers} followers`;
  const measured: { half: number; most: number }[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    const latencies: number[] = [];
    for (let change = 0; change < kind.changes; change += 1) {
      latencies.push(...(await latenciesOf(await writer.promoteNext(), readers)));
      // Each on its own: not in step with the polls, and not so soon that it is read together with the one before.
      await sleep(40 + Math.random() * 60);
    }
    if (round > 1) measured.push({ half: quantile(latencies, 0.5), most: quantile(latencies, 0.99) });
  }
  // What else runs on the machine disturbs a round, not most of them.
  const half = median(measured.map((round) => round.half)).toFixed(0);
  report({
    name: `${name}: p99 (p50 ${half}), median of ${rounds - 1} rounds`,
    value: median(measured.map((round) => round.most)),
    limit: kind.limitMs,
    unit: "ms",
  });
  if (followers === 1) await benchIdle(kind, readers);
  for (const reader of readers) await reader.stop();
  await writer.close();
  await setup.drop();
}

async function latenciesOf(
  { revision, itemId, committedAt }: Change,
  readers: readonly Reader[],
): Promise<number[]> {
  const served = await Promise.all(readers.map((reader) => reader.served(revision)));
  const answers = readers.flatMap((reader) => reader.answers());
  if (answers.some((answer) => answer !== itemId)) throw new Error("a follower serves by another choice");
  for (const reader of readers) reader.forget();
  return served.flat().map((at) => at - committedAt);
}

async function benchIdle({ name, idleCpuMs }: ClusterKind, readers: readonly Reader[]): Promise<void> {
  const usages = (): Promise<Usage[]> => Promise.all(readers.map((reader) => reader.usage()));
  const before = await usages();
  await sleep(idleMs);
  const after = await usages();
  const aMinute = (use: (usage: Usage) => number): number => {
    const sum = (all: readonly Usage[]): number => all.reduce((total, usage) => total + use(usage), 0);
    return ((sum(after) - sum(before)) / readers.length) * (60_000 / idleMs);
  };
  const queries = aMinute((usage) => usage.queries).toFixed(0);
  report({
    name: `${name}: an idle process, CPU a minute (${queries} queries)`,
    value: aMinute(({ cpuMs }) => cpuMs),
    limit: idleCpuMs,
    unit: "ms",
  });
}
