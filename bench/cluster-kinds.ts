import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freshMysql, freshPostgres } from "../test/servers/databases.ts";
import type { Servers } from "../test/servers/start-servers.ts";
import type { ClusterSetup } from "./cluster-process.ts";

/** A database, and the way in which processes hear of changes in it. */
export interface ClusterKind {
  readonly name: string;
  readonly isPushed: boolean;
  /** Whether it is also measured with many followers. */
  readonly isBusy: boolean;
  /** How many changes are made in a round. */
  readonly changes: number;
  /** How soon all followers serve by a change, in milliseconds. */
  readonly limitMs: number;
  /** What a process may cost in a minute in which nothing changes, in milliseconds of CPU. */
  readonly idleCpuMs: number;
  fresh(): Promise<ClusterSetup & { drop(): Promise<void> }>;
}

/** Those that the servers of this machine allow. */
export function clusters({ postgres, mysql, redis }: Servers["urls"]): ClusterKind[] {
  const kinds: ClusterKind[] = [];
  const pushed = { isPushed: true, isBusy: true, changes: 60, limitMs: 30, idleCpuMs: 100 };
  if (postgres !== null) {
    kinds.push({
      ...pushed,
      name: "PostgreSQL, LISTEN",
      fresh: async () => {
        const { url, drop } = await freshPostgres(postgres);
        return { kind: "postgres", address: url, drop };
      },
    });
  }
  if (mysql !== null && redis !== null) {
    kinds.push({
      ...pushed,
      name: "MariaDB, Redis",
      fresh: async () => {
        const { url, drop } = await freshMysql(mysql);
        return { kind: "mysql", address: url, redisUrl: redis, drop };
      },
    });
  }
  const polled = { isPushed: false, changes: 15 };
  kinds.push({
    ...polled,
    name: "SQLite, polling",
    isBusy: true,
    limitMs: 120,
    idleCpuMs: 217,
    fresh: async () => {
      const folder = await mkdtemp(join(tmpdir(), "plugbay-bench-"));
      const drop = () => rm(folder, { recursive: true, force: true });
      return { kind: "sqlite", address: join(folder, "bench.db"), drop };
    },
  });
  if (mysql !== null) {
    kinds.push({
      ...polled,
      name: "MariaDB, polling",
      isBusy: false,
      limitMs: 1_200,
      idleCpuMs: 217,
      fresh: async () => {
        const { url, drop } = await freshMysql(mysql);
        return { kind: "mysql", address: url, drop };
      },
    });
  }
  return kinds;
}
