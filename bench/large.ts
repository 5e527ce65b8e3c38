import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { type ListQuery, openPlugbay, type Plugbay } from "plugbay";
import type { BenchDatabase } from "./databases.ts";
import { makeDefinitions } from "./definitions.ts";
import { median, quantile, report, timed } from "./report.ts";
import { revisionOf } from "./revision-of.ts";

const itemCount = 100_000;

const queries: Record<string, ListQuery> = {
  "first page": {},
  "page 700": { page: 700 },
  "by status": { status: "active", page: 3 },
  "two words": { search: "provider-55 module-2" },
  "two columns": { sort: ["-priority", "name"], page: 2 },
  "by name, deep": { sort: ["name"], page: 500 },
  "by readiness": { readiness: "ready", type: "type-7" },
};

const repeats = 150;

/** What 100,000 items cost: opening, memory, taking over one change, the panel's list. */
export async function benchLarge(databases: readonly BenchDatabase[]): Promise<void> {
  for (const { name, fresh } of databases) {
    const { database, drop } = await fresh();
    const options = {
      database,
      plugins: makeDefinitions(100, itemCount).all,
      pollIntervalMs: false,
    } as const;
    await (await openPlugbay({ ...options, migrate: true })).close();

    globalThis.gc?.();
    const before = process.memoryUsage().heapUsed;
    let opened: Plugbay | undefined;
    const open = await timed(async () => {
      opened = await openPlugbay(options);
    });
    if (opened === undefined) throw new Error("it did not open");
    const plugbay = opened;
    globalThis.gc?.();
    const heap = (process.memoryUsage().heapUsed - before) / itemCount;
    report({ name: `${name}: open over 100,000 items`, value: open, limit: 2_000, unit: "ms" });
    report({ name: `${name}: heap an item`, value: heap, limit: 400, unit: "B" });

    await benchChange(name, database, plugbay);
    for (const [label, query] of Object.entries(queries)) {
      await plugbay.control.list(query);
      const samples: number[] = [];
      for (let index = 0; index < repeats; index += 1) {
        samples.push(await timed(() => plugbay.control.list(query)));
      }
      report({ name: `${name}: list p99, ${label}`, value: quantile(samples, 0.99), limit: 25, unit: "ms" });
    }
    await plugbay.close();
    await benchSnapshotFile(name, options);
    await drop();
  }
}

/** How long nothing else gets its turn while the snapshot file is written: whole at the start, then after a change. */
async function benchSnapshotFile(name: string, options: Parameters<typeof openPlugbay>[0]): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "plugbay-bench-"));
  const file = join(folder, "snapshot.json");
  // The first heartbeat, which tells all plugins, would be measured with it.
  const plugbay = await openPlugbay({ ...options, bootstrap: { file }, heartbeatMs: false });
  globalThis.gc?.();
  const whole = await longestBlock(() => changeOf(file, 0));
  report({
    name: `${name}: longest block, snapshot file of 100,000 items`,
    value: whole,
    limit: 50,
    unit: "ms",
  });
  const { items } = await plugbay.control.list({ pageSize: 5, page: 9 });
  const samples: number[] = [];
  for (const [index, item] of items.entries()) {
    const before = (await stat(file)).mtimeMs;
    await plugbay.control.updateItem(item.id, { priority: -index - 1 }, { actor: "alice" });
    samples.push(await longestBlock(() => changeOf(file, before)));
  }
  report({
    name: `${name}: longest block, snapshot file after one change`,
    value: Math.max(...samples),
    limit: 25,
    unit: "ms",
  });
  await plugbay.close();
  await rm(folder, { recursive: true });
}

/** Resolves when the file was written after that time. */
async function changeOf(file: string, mtimeMs: number): Promise<void> {
  const hasChanged = () =>
    stat(file).then(
      (now) => now.mtimeMs > mtimeMs,
      () => false,
    );
  while (!(await hasChanged())) await turn();
}

/** The longest time in milliseconds from one turn of the event loop to the next, until `work` is done. */
async function longestBlock(work: () => Promise<void>): Promise<number> {
  let isOver = false;
  const done = work().finally(() => {
    isOver = true;
  });
  let longest = 0;
  let before = performance.now();
  while (!isOver) {
    await turn();
    const now = performance.now();
    longest = Math.max(longest, now - before);
    before = now;
  }
  await done;
  return longest;
}

/** One item changed by another process, again and again, and taken over by this one. */
async function benchChange(
  name: string,
  database: Parameters<typeof openPlugbay>[0]["database"],
  plugbay: Plugbay,
): Promise<void> {
  const other = await openPlugbay({ database, plugins: [], sync: false, pollIntervalMs: false });
  const { items } = await other.control.list({ pageSize: 40, page: 9 });
  const samples: number[] = [];
  for (const [index, item] of items.entries()) {
    await other.control.updateItem(item.id, { priority: index }, { actor: "alice" });
    samples.push(await timed(() => plugbay.refresh()));
    if (revisionOf(plugbay) !== revisionOf(other)) throw new Error("the change was not taken over");
  }
  await other.close();
  report({
    name: `${name}: take over one change at 100,000 items`,
    value: median(samples),
    limit: 10,
    unit: "ms",
  });
}
