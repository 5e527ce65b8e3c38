import { execFileSync } from "node:child_process";
import { join } from "node:path";
import pg from "pg";
import { findCompanion, findProgram, versionedFolders } from "./find-program.ts";
import type { Server } from "./server.ts";

export const postgres: Server = {
  title: "PostgreSQL",
  addressVariable: "PLUGBAY_TEST_POSTGRES_URL",
  debianPackages: ["postgresql"],
  stopSignal: "QUIT",

  findProgram: () => findProgram(["postgres"], versionedFolders("/usr/lib/postgresql")),

  preparation(program, { folder }) {
    const initdb = findCompanion(program, "initdb");
    if (initdb === undefined) throw new Error(`There is no initdb beside ${program}.`);
    return [
      [
        initdb,
        `--pgdata=${join(folder, "data")}`,
        "--username=plugbay",
        "--auth=trust",
        "--encoding=UTF8",
        "--no-sync",
        ...linguisticCollation(initdb),
      ],
    ];
  },

  command: (program, { folder, port }) => [
    program,
    "-D",
    join(folder, "data"),
    ...settings({
      listen_addresses: "127.0.0.1",
      port,
      unix_socket_directories: "",
      max_connections: 400,
      // The data is thrown away, so it need not survive a power cut. Times measured here are without disk waits.
      fsync: "off",
      // Not the zone of this process: a time that is stored or read as local time comes back wrong.
      timezone: "Asia/Kathmandu",
    }),
  ],

  url: ({ port }) => `postgres://plugbay@127.0.0.1:${port}/postgres`,

  async ping(url) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
    client.on("error", () => {});
    try {
      await client.connect();
      await client.query("select 1");
    } finally {
      await client.end();
    }
  },
};

/**
 * A collation that sorts as people do ("a" before "B"), as most servers have and the C locale has not: code that
 * leaves an order to the database is then seen. Since PostgreSQL 15 it does not depend on the machine's locales.
 */
function linguisticCollation(initdb: string): string[] {
  const version = execFileSync(initdb, ["--version"], { encoding: "utf8" });
  const major = Number(/(\d+)/.exec(version)?.[1]);
  return major >= 15 ? ["--locale=C", "--locale-provider=icu", "--icu-locale=en-US"] : ["--locale=C"];
}

function settings(values: Record<string, string | number>): string[] {
  return Object.entries(values).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}
