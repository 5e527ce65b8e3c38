import type { TestProject } from "vitest/node";
import { type ServerName, startServers } from "./start-servers.ts";

/** The servers that the suites need. */
const required: readonly ServerName[] = ["postgres", "mysql", "redis"];

declare module "vitest" {
  interface ProvidedContext {
    /** The address of a PostgreSQL server, or null when there is none: its suites are then skipped. */
    postgresUrl: string | null;
    /** The address of a MariaDB or MySQL server, or null when there is none: its suites are then skipped. */
    mysqlUrl: string | null;
    /** The address of a Redis server, or null when there is none: its suites are then skipped. */
    redisUrl: string | null;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const servers = await startServers(required);
  if (servers.missing.length > 0 && process.env.CI === "true") {
    await servers.stop();
    throw new Error(servers.missing.join("\n"));
  }
  for (const line of servers.missing) console.warn(`Skipped: ${line}`);
  project.provide("postgresUrl", servers.urls.postgres);
  project.provide("mysqlUrl", servers.urls.mysql);
  project.provide("redisUrl", servers.urls.redis);
  return () => servers.stop();
}
