import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { createConnection } from "mysql2/promise";
import pg from "pg";
import { describe, inject, type TestContext, test } from "vitest";
import { loadSqliteDriver } from "../../src/store/sqlite/load-driver.ts";
import { bundleProgram } from "../bundle-program.ts";
import { freshMysql, freshPostgres } from "../servers/databases.ts";
import { databaseKinds } from "../store/database-kinds.ts";
import { TcpProxy } from "./proxy/tcp-proxy.ts";

const program = await bundleProgram(fileURLToPath(new URL("harness/closing-process.ts", import.meta.url)));

/** How long a process may take from the close of plugbay to its end, with what a busy machine adds. */
const endLimitMs = 6_500;
/** What `close` promises, with what a busy machine adds. */
const closeLimitMs = 5_500;

const statement = "select * from plugbay_revision for update";

interface Kind {
  readonly kind: "postgres" | "mysql";
  readonly serverUrl: string | null;
  readonly fresh: typeof freshPostgres;
  /** Locks the revision's row, and resolves with what unlocks it. */
  lock(url: string): Promise<() => Promise<void>>;
}

const kinds: readonly Kind[] = [
  {
    kind: "postgres",
    serverUrl: inject("postgresUrl"),
    fresh: freshPostgres,
    async lock(url) {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      await client.query("begin");
      await client.query(statement);
      return () => client.end();
    },
  },
  {
    kind: "mysql",
    serverUrl: inject("mysqlUrl"),
    fresh: freshMysql,
    async lock(url) {
      const connection = await createConnection({ uri: url });
      await connection.query("start transaction");
      await connection.query(statement);
      return () => connection.end();
    },
  },
];

class ClosingProcess {
  readonly lines: string[] = [];
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;

  constructor(args: readonly string[]) {
    this.#child = spawn(process.execPath, [program, ...args], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    this.#ended = once(this.#child, "exit");
    if (this.#child.stdout) createInterface(this.#child.stdout).on("line", (line) => this.lines.push(line));
  }

  async until(line: string): Promise<void> {
    while (!this.lines.includes(line)) {
      if (this.#child.exitCode !== null) throw new Error(`the process ended: ${this.lines.join(", ")}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** Has it close plugbay; resolves with how long it took to end, and what it said. */
  async close(): Promise<{ readonly ms: number; readonly said: Record<string, unknown> }> {
    const start = performance.now();
    this.#child.stdin?.write("close\n");
    const ms = await this.end(start);
    return { ms, said: Object.assign({}, ...this.lines.slice(1).map((line) => JSON.parse(line))) };
  }

  async end(start = performance.now()): Promise<number> {
    const timer = setTimeout(() => this.#child.kill("SIGKILL"), 60_000);
    await this.#ended;
    clearTimeout(timer);
    return performance.now() - start;
  }

  kill(): void {
    this.#child.kill("SIGKILL");
  }
}

function start(onTestFinished: TestContext["onTestFinished"], ...args: string[]): ClosingProcess {
  const closing = new ClosingProcess(args);
  onTestFinished(() => closing.kill());
  return closing;
}

describe.concurrent("a process that closes plugbay", () => {
  for (const { kind, serverUrl, fresh, lock } of kinds) {
    test.skipIf(serverUrl === null)(
      `while ${kind} says nothing ends within seconds, as its calls do`,
      async ({ expect, onTestFinished }) => {
        const database = await fresh(serverUrl ?? "");
        const network = await TcpProxy.before(database.url);
        const process = start(onTestFinished, kind, network.url);
        await process.until("open");
        network.silence();
        const { ms, said } = await process.close();
        expect(said.ms).toBeLessThan(closeLimitMs);
        expect(ms).toBeLessThan(endLimitMs);
        expect(said).toMatchObject({ refreshed: "CLOSED", written: "CLOSED" });
        await network.close();
        await database.drop();
      },
      120_000,
    );

    test.skipIf(serverUrl === null)(
      `while a write waits for a lock of ${kind} ends within seconds, and the write is not made`,
      async ({ expect, onTestFinished }) => {
        const database = await fresh(serverUrl ?? "");
        const process = start(onTestFinished, kind, database.url);
        await process.until("open");
        const unlock = await lock(database.url);
        const { ms, said } = await process.close();
        expect(said.ms).toBeLessThan(closeLimitMs);
        expect(ms).toBeLessThan(endLimitMs);
        expect(said).toMatchObject({ refreshed: expect.stringMatching(/done|CLOSED/), written: "CLOSED" });
        await unlock();
        const again = start(onTestFinished, kind, database.url);
        await again.until("open");
        expect((await again.close()).said).toMatchObject({ written: "done" });
        await database.drop();
      },
      120_000,
    );

    test.skipIf(serverUrl === null)(
      `after ${kind} said nothing at the start ends within seconds`,
      async ({ expect, onTestFinished }) => {
        const database = await fresh(serverUrl ?? "");
        const network = await TcpProxy.before(database.url);
        network.silence();
        const process = start(onTestFinished, kind, network.url, "without the database");
        await process.until("DATABASE_UNAVAILABLE");
        expect(await process.end()).toBeLessThan(3_000);
        await network.close();
        await database.drop();
      },
      120_000,
    );
  }

  test("while a write waits for the lock of a SQLite file ends within seconds", async ({
    expect,
    onTestFinished,
  }) => {
    const empty = await databaseKinds[0]?.create();
    if (empty === undefined) throw new Error("SQLite is always there");
    const process = start(onTestFinished, "sqlite", empty.address);
    await process.until("open");
    const Driver = await loadSqliteDriver();
    const file = new Driver(empty.address);
    file.exec("begin immediate");
    const { ms, said } = await process.close();
    file.close();
    expect(said.ms).toBeLessThan(closeLimitMs);
    expect(ms).toBeLessThan(endLimitMs);
    expect(said).toMatchObject({ written: "CLOSED" });
    await empty.drop();
  }, 120_000);
});
