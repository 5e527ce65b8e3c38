import { canInstallPackages, installPackages } from "./install-packages.ts";
import { mysql } from "./mysql.ts";
import { postgres } from "./postgres.ts";
import { redis } from "./redis.ts";
import type { Server } from "./server.ts";
import { type RunningServer, startServer } from "./start-server.ts";

const servers = { postgres, mysql, redis } satisfies Record<string, Server>;

export type ServerName = keyof typeof servers;

/** What the tests may use. */
export interface Servers {
  /** The address of each server that was asked for; null for one that this machine cannot have. */
  readonly urls: Readonly<Record<ServerName, string | null>>;

  /** For each server that this machine cannot have, a line that says what to do. */
  readonly missing: readonly string[];

  /** Stops what was started; a server that was given by its address is left alone. */
  stop(): Promise<void>;
}

/**
 * Gets the servers of these names, in parallel. Each is the one whose address is in its environment variable; else
 * one that is started here with the program on this machine; else, for root on Debian, with a program installed
 * now.
 *
 * A server whose address is given but that does not answer is an error, and so is a program that does not start.
 *
 * @example
 * const servers = await startServers(["postgres", "mysql"]);
 * try { await measure(servers.urls.postgres); } finally { await servers.stop(); }
 */
export async function startServers(names: readonly ServerName[]): Promise<Servers> {
  await installMissing(names);
  const results = await Promise.allSettled(names.map((name) => obtain(servers[name])));
  const running = results.map((result) => (result.status === "fulfilled" ? result.value : undefined));
  const stop = async () => {
    await Promise.all(running.map((server) => server?.stop()));
  };
  const failures = results.filter((result) => result.status === "rejected");
  if (failures.length > 0) {
    await stop();
    throw failures.length === 1
      ? failures[0]?.reason
      : new AggregateError(
          failures.map((failure) => failure.reason),
          "Several servers failed.",
        );
  }
  const urlOf = (name: ServerName) => running[names.indexOf(name)]?.url ?? null;
  return {
    urls: { postgres: urlOf("postgres"), mysql: urlOf("mysql"), redis: urlOf("redis") },
    missing: names.filter((name) => urlOf(name) === null).map((name) => advice(servers[name])),
    stop,
  };
}

async function obtain(server: Server): Promise<RunningServer | undefined> {
  const url = givenAddress(server);
  if (url !== undefined) {
    await server.ping(url).catch((error) => {
      throw new Error(`${server.title} at ${server.addressVariable} does not answer.`, { cause: error });
    });
    return { url, stop: async () => {} };
  }
  const program = server.findProgram();
  return program === undefined ? undefined : startServer(server, program);
}

async function installMissing(names: readonly ServerName[]): Promise<void> {
  if (!canInstallPackages()) return;
  const packages = names
    .map((name): Server => servers[name])
    .filter((server) => givenAddress(server) === undefined && server.findProgram() === undefined)
    .flatMap((server) => server.debianPackages);
  if (packages.length === 0) return;
  console.log(`Installing ${packages.join(", ")} with apt-get, for the tests.`);
  await installPackages(packages).catch((error) => {
    console.warn(`apt-get could not install ${packages.join(", ")}: ${error.stderr || error.message}`);
  });
}

function givenAddress(server: Server): string | undefined {
  return process.env[server.addressVariable] || undefined;
}

function advice({ title, debianPackages, addressVariable }: Server): string {
  const install = `apt-get install ${debianPackages.join(" ")}`;
  return `${title} is missing: install it (on Debian: ${install}) or set ${addressVariable}.`;
}
