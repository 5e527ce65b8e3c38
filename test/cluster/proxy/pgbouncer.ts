import { findProgram } from "../../servers/find-program.ts";
import { canInstallPackages, installPackages } from "../../servers/install-packages.ts";
import { postgres } from "../../servers/postgres.ts";
import type { Server } from "../../servers/server.ts";
import { type RunningServer, startServer } from "../../servers/start-server.ts";

/** PgBouncer in transaction mode, before the PostgreSQL server at an address. */
function pgbouncer(postgresUrl: string): Server {
  const { hostname, port, username, password, pathname } = new URL(postgresUrl);
  const target = { host: hostname, port: port || "5432", user: username, password };
  const settings = Object.entries(target).filter(([, value]) => value !== "");
  return {
    title: "PgBouncer",
    addressVariable: "",
    debianPackages: ["pgbouncer"],
    stopSignal: "INT",
    findProgram: () => findProgram(["pgbouncer"], ["/usr/sbin"]),
    preparation: (_program, place) => [
      [
        "/bin/sh",
        "-c",
        'printf "%s\\n" "$@" > pgbouncer.ini',
        "preparation",
        "[databases]",
        `* = ${settings.map(([name, value]) => `${name}=${value}`).join(" ")}`,
        "[pgbouncer]",
        "listen_addr = 127.0.0.1",
        `listen_port = ${place.port}`,
        "unix_socket_dir =",
        "auth_type = any",
        "pool_mode = transaction",
        "default_pool_size = 5",
      ],
    ],
    command: (program) => [program, "pgbouncer.ini"],
    url: ({ port: own }) => `postgres://${username}@127.0.0.1:${own}${pathname}`,
    ping: postgres.ping,
  };
}

/** Starts one, and installs it before where that is possible; else gives the reason why there is none. */
export async function startPgbouncer(postgresUrl: string): Promise<RunningServer | string> {
  const server = pgbouncer(postgresUrl);
  if (server.findProgram() === undefined && canInstallPackages()) {
    await installPackages(server.debianPackages).catch(() => undefined);
  }
  const program = server.findProgram();
  if (program !== undefined) return startServer(server, program);
  return `PgBouncer is missing: install it (on Debian: apt-get install ${server.debianPackages.join(" ")})`;
}
