import type { Transport } from "plugbay";
import { inject } from "vitest";
import { type DatabaseKind, databaseKinds } from "../../store/database-kinds.ts";
import type { Setup } from "./setup.ts";

/** A database, and the way in which processes over it tell each other of changes. */
export interface ClusterKind {
  readonly title: string;
  readonly database: DatabaseKind;
  readonly push: Setup["push"];
  /** What `state.transport` settles at. */
  readonly transport: Transport;
  /** Why its tests cannot run here; undefined where they can. */
  readonly absence: string | undefined;
}

const redisUrl = inject("redisUrl");

export const clusterKinds: readonly ClusterKind[] = [
  kind("PostgreSQL by LISTEN", "postgres", "listen"),
  kind("MariaDB with Redis", "mysql", "redis"),
  kind("MariaDB by polling", "mysql", "poll"),
  kind("a SQLite file", "sqlite", "poll"),
].map((kind) => (kind.absence === undefined ? kind : { ...kind, title: `${kind.title} (${kind.absence})` }));

function kind(title: string, dialect: DatabaseKind["dialect"], transport: Transport): ClusterKind {
  const database = databaseKinds.find((candidate) => candidate.dialect === dialect);
  if (database === undefined) throw new Error(`there is no ${dialect}`);
  const lacksRedis = transport === "redis" && redisUrl === null;
  return {
    title,
    database,
    transport,
    push: transport === "redis" ? { redis: redisUrl ?? "" } : undefined,
    absence: database.absence ?? (lacksRedis ? "no Redis server" : undefined),
  };
}
