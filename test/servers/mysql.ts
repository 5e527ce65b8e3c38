import { realpathSync } from "node:fs";
import { basename, join } from "node:path";
import { createConnection } from "mysql2/promise";
import { findCompanion, findProgram } from "./find-program.ts";
import type { Command, Place, Server } from "./server.ts";

export const mysql: Server = {
  title: "MariaDB or MySQL",
  addressVariable: "PLUGBAY_TEST_MYSQL_URL",
  debianPackages: ["mariadb-server-core", "mariadb-client-core"],
  stopSignal: "KILL",

  findProgram() {
    const program = findProgram(["mariadbd", "mysqld"], ["/usr/sbin", "/usr/libexec"]);
    if (program === undefined || !isMariadb(program)) return program;
    // Debian's server package leaves it to the client's package to bring a program that the installer runs.
    const installer = ["mariadb-install-db", "my_print_defaults"];
    return installer.every((name) => findCompanion(program, name) !== undefined) ? program : undefined;
  },

  preparation: (program, place) => [
    isMariadb(program) ? mariadbInstallation(program, place) : mysqlInitialization(program, place),
  ],

  command: (program, { folder, port }) => [
    program,
    "--no-defaults",
    `--datadir=${join(folder, "data")}`,
    // A server that starts empties its folder for temporary tables, those of others included.
    `--tmpdir=${folder}`,
    `--socket=${join(folder, "socket")}`,
    `--pid-file=${join(folder, "pid")}`,
    "--bind-address=127.0.0.1",
    `--port=${port}`,
    "--max-connections=400",
    "--character-set-server=utf8mb4",
    "--skip-log-bin",
    // The data is thrown away, so it need not survive a power cut. Times measured here are without disk waits.
    "--innodb-flush-log-at-trx-commit=2",
    "--skip-innodb-doublewrite",
    // Not the zone of this process: a time that is stored or read as local time comes back wrong.
    "--default-time-zone=+05:45",
  ],

  url: ({ port }) => `mysql://root@127.0.0.1:${port}`,

  async ping(url) {
    const connection = await createConnection({ uri: url, connectTimeout: 5_000 });
    try {
      await connection.query("select 1");
    } finally {
      await connection.end();
    }
  },
};

function isMariadb(program: string): boolean {
  return basename(realpathSync(program)).startsWith("mariadb");
}

function mariadbInstallation(program: string, { folder }: Place): Command {
  const installer = findCompanion(program, "mariadb-install-db");
  if (installer === undefined) throw new Error(`There is no mariadb-install-db for ${program}.`);
  return [
    installer,
    "--no-defaults",
    `--datadir=${join(folder, "data")}`,
    "--auth-root-authentication-method=normal",
    "--skip-test-db",
  ];
}

function mysqlInitialization(program: string, { folder }: Place): Command {
  return [program, "--no-defaults", "--initialize-insecure", `--datadir=${join(folder, "data")}`];
}
