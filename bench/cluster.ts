import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { type Database, openPlugbay, type Plugbay } from "plugbay";
import { freshMysql, freshPostgres } from "../test/servers/databases.ts";
import { startServers } from "../test/servers/start-servers.ts";
import {
  type ClusterMessage,
  type ClusterSetup,
  databases,
  now,
  plugins,
  pushOf,
  types,
} from "./cluster-process.ts";
import { broken, quantile, report } from "./report.ts";

// From the commit in one process to the changed answer of `get` in others, and what these cost while nothing changes.

const processCount = 8;
const idleMs = 30_000;

interface Transport {
  readonly name: string;
  readonly changes: number;
  readonly limitMs: number;
  fresh(): Promise<ClusterSetup & { drop(): Promise<void> }>;
}

/** A process of the cluster, and when it gave which answer first. */
class Reader {
  readonly #child: ChildProcess;
  readonly #answers = new Map<string | undefined, number>();
  #waiting: (() => void) | undefined;

  static async start({ kind, address, redisUrl }: ClusterSetup): Promise<Reader> {
    const program = fileURLToPath(new URL("cluster-process.js", import.meta.url));
    const child = fork(program, [JSON.stringify({ kind, address, redisUrl })]);
    const opened = await Promise.race([once(child, "message"), once(child, "exit").then(() => undefined)]);
    if (opened === undefined) throw new Error("a process ended before it was open");
    return new Reader(child);
  }

  private constructor(child: ChildProcess) {
    this.#child = child;
    child.on("message", (message: ClusterMessage) => {
      if (message.kind !== "answer") return;
      this.#answers.set(message.itemId, message.at);
      this.#waiting?.();
    });
  }

  /** When `get` began to answer with the item. */
  async answered(itemId: string): Promise<number> {
    for (;;) {
      const at = this.#answers.get(itemId);
      this.#answers.delete(itemId);
      if (at !== undefined) return at;
      await new Promise<void>((resolve) => {
        this.#waiting = resolve;
      });
    }
  }

  async usage(): Promise<{ queries: number; cpuMs: number }> {
    const reply = once(this.#child, "message");
    this.#child.send("usage");
    const [message] = (await reply) as [ClusterMessage];
    if (message.kind !== "usage") throw new Error("a process that should idle answered otherwise");
    return message;
  }

  stop(): void {
    this.#child.disconnect();
  }
}

/** A database that notes when its last transaction was about to be committed. */
function noting(database: Database, committing: () => void): Database {
  const { dialect } = database;
  return {
    ...database,
    dialect: {
      ...dialect,
      write: (db, work) =>
        dialect.write(db, async (transaction) => {
          const result = await work(transaction);
          committing();
          return result;
        }),
    },
  };
}

async function bench({ name, changes, limitMs, fresh }: Transport): Promise<void> {
  const setup = await fresh();
  let committedAt = 0;
  const database = noting(databases[setup.kind](setup.address), () => {
    committedAt = now();
  });
  const writer = await openPlugbay({
    database,
    plugins: [...types, ...plugins],
    migrate: true,
    heartbeatMs: false,
    ...pushOf(setup),
  });
  const readers = await Promise.all(Array.from({ length: processCount }, () => Reader.start(setup)));

  const latencies: number[] = [];
  for (let change = 0; change < changes; change += 1) {
    const { id } = await promoteNext(writer, change);
    const answers = await Promise.all(readers.map((reader) => reader.answered(id)));
    latencies.push(...answers.map((at) => at - committedAt));
    // Each on its own: not in step with the polls, and not so soon that it is read together with the one before.
    await sleep(40 + Math.random() * 60);
  }
  report({
    name: `${name}: p50 of ${latencies.length}`,
    value: quantile(latencies, 0.5),
    limit: limitMs,
    unit: "ms",
  });
  report({ name: `${name}: p99`, value: quantile(latencies, 0.99), limit: limitMs, unit: "ms" });

  const before = await Promise.all(readers.map((reader) => reader.usage()));
  await sleep(idleMs);
  const after = await Promise.all(readers.map((reader) => reader.usage()));
  const aMinute = (use: (usage: { queries: number; cpuMs: number }) => number): string => {
    const sum = (usages: typeof before): number => usages.reduce((total, usage) => total + use(usage), 0);
    return (((sum(after) - sum(before)) / processCount) * (60_000 / idleMs)).toFixed(0);
  };
  console.log(
    `     ${`${name}: an idle process, a minute`.padEnd(62)} ${aMinute(({ queries }) => queries)} queries, ` +
      `${aMinute(({ cpuMs }) => cpuMs)} ms of CPU`,
  );
  for (const reader of readers) reader.stop();
  await writer.close();
  await setup.drop();
}

/** Makes another one of two items the first in order. */
async function promoteNext(writer: Plugbay, change: number): Promise<{ id: string }> {
  const [type] = types;
  if (type === undefined) throw new Error("there is no type");
  const item = writer.items(type)[1];
  if (item === undefined) throw new Error("there is no second item");
  return writer.control.updateItem(item.id, { priority: -1 - change }, { actor: "bench" });
}

const servers = await startServers(["postgres", "mysql", "redis"]);
try {
  for (const line of servers.missing) console.log(`skipped: ${line}`);
  const { postgres, mysql, redis } = servers.urls;
  const transports: Transport[] = [];
  if (postgres !== null) {
    transports.push({
      name: "PostgreSQL, LISTEN",
      changes: 200,
      limitMs: 50,
      fresh: async () => {
        const { url, drop } = await freshPostgres(postgres);
        return { kind: "postgres", address: url, drop };
      },
    });
  }
  if (mysql !== null && redis !== null) {
    transports.push({
      name: "MariaDB, Redis",
      changes: 200,
      limitMs: 50,
      fresh: async () => {
        const { url, drop } = await freshMysql(mysql);
        return { kind: "mysql", address: url, redisUrl: redis, drop };
      },
    });
  }
  transports.push({
    name: "SQLite, polling",
    changes: 40,
    limitMs: 300,
    fresh: async () => {
      const folder = await mkdtemp(join(tmpdir(), "plugbay-bench-"));
      const drop = () => rm(folder, { recursive: true, force: true });
      return { kind: "sqlite", address: join(folder, "bench.db"), drop };
    },
  });
  if (mysql !== null) {
    transports.push({
      name: "MariaDB, polling",
      changes: 40,
      limitMs: 1_200,
      fresh: async () => {
        const { url, drop } = await freshMysql(mysql);
        return { kind: "mysql", address: url, drop };
      },
    });
  }
  console.log(`Node ${process.version}, ${processCount} processes that follow one that writes.\n`);
  for (const transport of transports) await bench(transport);
} finally {
  await servers.stop();
}
const over = broken();
console.log(over.length === 0 ? "\nAll within their bounds." : `\n${over.length} over their bounds.`);
process.exitCode = over.length === 0 ? 0 : 1;
