import { spawn } from "node:child_process";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import { mysql } from "../test/servers/mysql.ts";
import { startServer } from "../test/servers/start-server.ts";
import { unpackMysql } from "../test/servers/unpack-mysql.ts";

/**
 * Runs the tests of MySQL on a real one, which it fetches (60 MB, root on Debian alone); elsewhere they run on MariaDB.
 * Arguments are those of vitest; default: the suites that ask the database.
 */

const chosen = process.argv.slice(2);
const suites = ["--project", "suites", "test/store", "test/control", "test/servers", "test/sync"];
const { program, folder } = await unpackMysql();
try {
  const server = await startServer(mysql, program);
  try {
    const vitest = spawn(
      "npx",
      ["vitest", "run", "-t", "MariaDB|MySQL", ...(chosen.length > 0 ? chosen : suites)],
      {
        stdio: "inherit",
        env: { ...process.env, [mysql.addressVariable]: server.url },
      },
    );
    [process.exitCode] = await once(vitest, "exit");
  } finally {
    await server.stop();
  }
} finally {
  await rm(folder, { recursive: true });
}
