import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { createServer, type Socket, type Server as TcpServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type Database,
  DatabaseUnavailableError,
  type OpenOptions,
  openPlugbay,
  type Plugbay,
} from "plugbay";
import { mysql } from "plugbay/mysql";
import { postgres } from "plugbay/postgres";
import { sqlite } from "plugbay/sqlite";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { collectWarnings } from "../runtime/collect-warnings.ts";
import { freshMysql, freshPostgres } from "../servers/databases.ts";
import { mysql as mysqlServer } from "../servers/mysql.ts";
import { postgres as postgresServer } from "../servers/postgres.ts";
import { defineOne } from "./define-one.ts";
import { type MortalServer, startMortalServer } from "./harness/mortal-server.ts";
import { waitFor } from "./harness/wait-for.ts";

const returnBound = 15_000;
const followBound = 10_000;

const { type: otp, plugins } = defineOne({
  name: "otp",
  plugins: [
    { name: "off", priority: 0, status: "disable" },
    { name: "second", priority: 2 },
    { name: "first", priority: 1 },
    { name: "spare", priority: 0, status: "reserve" },
  ],
});

const nameServed = (plugbay: Plugbay): string | undefined => {
  const id = plugbay.get(otp)?.itemId();
  return plugbay.items(otp).find((item) => item.id === id)?.name;
};

async function open(database: Database, options: Partial<OpenOptions> = {}): Promise<Plugbay> {
  const plugbay = await openPlugbay({ database, plugins: [otp, ...plugins], ...options });
  onTestFinished(() => plugbay.close());
  return plugbay;
}

/** An operator makes "second" the one that serves. */
async function decide(database: Database, options: Partial<OpenOptions> = {}): Promise<void> {
  const plugbay = await openPlugbay({ database, plugins: [otp, ...plugins], migrate: true, ...options });
  const first = plugbay.items(otp).find(({ name }) => name === "first");
  await plugbay.control.updateItem(first?.id ?? "", { status: "disable" }, { actor: "alice" });
  await plugbay.close();
}

/** An operator disables what serves here, by another process; this one follows. */
async function expectToFollow(plugbay: Plugbay, database: Database, next: string): Promise<void> {
  const operator = await openPlugbay({ database, plugins: [otp, ...plugins] });
  const id = operator.get(otp)?.itemId() ?? "";
  await operator.control.updateItem(id, { status: "disable" }, { actor: "alice" });
  await operator.close();
  await waitFor(`the answer "${next}"`, followBound, () => nameServed(plugbay) === next);
}

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "plugbay-bootstrap-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

const servers = [
  { server: postgresServer, fresh: freshPostgres, database: postgres },
  { server: mysqlServer, fresh: freshMysql, database: mysql },
];

for (const { server, fresh, database: databaseAt } of servers) {
  describe.skipIf(server.findProgram() === undefined)(`${server.title} that is down at the start`, () => {
    let mortal: MortalServer;
    beforeAll(async () => {
      mortal = await startMortalServer(server);
    }, 120_000);
    afterAll(() => mortal.stop());

    test(`is refused, or waited for, or stood in for by the code or a file, and is followed within ${returnBound / 1_000} s of its return`, async () => {
      const warnings = collectWarnings();
      const database = databaseAt((await fresh(mortal.url)).url);
      const file = join(await temporaryFolder(), "snapshot.json");
      await decide(database, { bootstrap: { file } });
      await mortal.kill();

      const start = performance.now();
      const refusal = await open(database, { readyTimeoutMs: 700 }).catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(DatabaseUnavailableError);
      expect(String(refusal)).toMatch(
        /127\.0\.0\.1:\d+.* is not available: .*ECONNREFUSED.*; tried \d+ times in/,
      );
      expect(performance.now() - start).toBeGreaterThanOrEqual(700);
      expect(performance.now() - start).toBeLessThan(5_000);

      const byCode = await open(database, { bootstrap: "code", readyTimeoutMs: 200 });
      expect(byCode.state).toMatchObject({
        kind: "bootstrapped",
        from: "code",
        revision: 0,
        ageMs: Infinity,
      });
      expect(byCode.items(otp).map(({ name }) => name)).toEqual(["first", "second", "spare", "off"]);
      expect(nameServed(byCode)).toBe("first");
      const id = byCode.get(otp)?.itemId() ?? "";
      await expect(byCode.control.updateItem(id, { priority: 9 }, { actor: "alice" })).rejects.toBeInstanceOf(
        DatabaseUnavailableError,
      );

      const byFile = await open(database, { bootstrap: { file }, readyTimeoutMs: 200 });
      expect(byFile.state).toMatchObject({ kind: "bootstrapped", from: "file", revision: 2 });
      expect(nameServed(byFile)).toBe("second");

      const waiting = open(database, { readyTimeoutMs: returnBound });
      await mortal.revive();
      expect(nameServed(await waiting)).toBe("second");
      for (const plugbay of [byCode, byFile]) {
        await waitFor("the state live", returnBound, () => plugbay.state.kind === "live");
        expect(nameServed(plugbay)).toBe("second");
      }
      await expectToFollow(byCode, database, "spare");
      await waitFor('the answer "spare"', followBound, () => nameServed(byFile) === "spare");
      expect(warnings).toEqual([]);
    }, 120_000);
  });
}

describe("a SQLite file that cannot be opened at the start", () => {
  test(`is stood in for by the code, and is followed within ${returnBound / 1_000} s of its return`, async () => {
    const folder = await temporaryFolder();
    const [here, away] = [join(folder, "here"), join(folder, "away")];
    await mkdir(here);
    const database = sqlite(join(here, "app.db"));
    await decide(database);
    await rename(here, away);

    await expect(open(database)).rejects.toBeInstanceOf(DatabaseUnavailableError);
    const plugbay = await open(database, { bootstrap: "code" });
    expect(plugbay.state).toMatchObject({ kind: "bootstrapped", from: "code" });
    expect(nameServed(plugbay)).toBe("first");

    await rename(away, here);
    await waitFor("the state live", returnBound, () => plugbay.state.kind === "live");
    expect(nameServed(plugbay)).toBe("second");
    await expectToFollow(plugbay, database, "spare");
  });
});

describe("a server that takes connections and never answers", () => {
  const sockets: Socket[] = [];
  let silent: TcpServer;
  let port: number;
  beforeAll(async () => {
    silent = createServer((socket) => sockets.push(socket.on("error", () => undefined)));
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
    const address = silent.address();
    port = typeof address === "object" && address !== null ? address.port : 0;
  });
  afterAll(() => {
    for (const socket of sockets) socket.destroy();
    silent.close();
  });

  test.each([
    ["PostgreSQL", () => postgres(`postgres://user@127.0.0.1:${port}/app`)],
    ["MySQL", () => mysql(`mysql://user@127.0.0.1:${port}/app`)],
  ])(
    "counts as down when readyTimeoutMs is over, 1 s and at most 3 s, and does not hold up the end for 4 s: %s",
    async (_name, database) => {
      const start = performance.now();
      const plugbay = await open(database(), { bootstrap: "code", readyTimeoutMs: 1_000 });
      expect(performance.now() - start).toBeLessThan(3_000);
      expect(plugbay.state).toMatchObject({ kind: "bootstrapped" });
      expect(String((plugbay.state as { cause?: unknown }).cause)).toContain(
        "connecting took longer than 1000 ms",
      );
      expect(nameServed(plugbay)).toBe("first");
      const closing = performance.now();
      await plugbay.close();
      expect(performance.now() - closing).toBeLessThan(4_000);
    },
  );
});
