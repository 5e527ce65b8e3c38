import { ClosedError, type Connection, type Database } from "plugbay";
import { sqlite } from "plugbay/sqlite";
import { expect, test } from "vitest";
import { openStore } from "../../src/open/open-plugbay.ts";
import { Gate } from "../runtime/gate.ts";
import { ManualClock, settle } from "../runtime/manual-clock.ts";

/** A database that opens when a test lets it, and counts what was opened and closed. */
class CountedDatabase {
  readonly gate = new Gate();
  opened = 0;
  closed = 0;
  readonly database: Database;

  constructor() {
    const memory = sqlite(":memory:");
    this.database = { ...memory, connect: () => this.#connect(memory) };
  }

  async #connect(memory: Database): Promise<Connection> {
    this.opened += 1;
    await this.gate.passed;
    const connection = await memory.connect();
    return {
      ...connection,
      close: async () => {
        this.closed += 1;
        await connection.close();
      },
    };
  }
}

test("a store that is told to connect twice at once connects once", async () => {
  const counted = new CountedDatabase();
  const store = openStore({ database: counted.database, plugins: [] });
  const both = Promise.all([store.connect(), store.connect()]);
  counted.gate.open();
  await both;
  await store.ping();
  expect([counted.opened, counted.closed]).toEqual([1, 0]);
  await store.close();
  expect([counted.opened, counted.closed]).toEqual([1, 1]);
});

test("a store that is closed while it connects closes what arrives late, and says that it is closed", async () => {
  const counted = new CountedDatabase();
  const clock = new ManualClock();
  const store = openStore({ database: counted.database, plugins: [], clock });
  const connecting = store.connect().catch((error: unknown) => error);
  const closing = Promise.all([store.close(), store.close()]);
  await clock.advance(3_000);
  await closing;
  counted.gate.open();
  expect(await connecting).toBeInstanceOf(ClosedError);
  await settle();
  expect([counted.opened, counted.closed]).toEqual([1, 1]);
  await expect(store.connect()).rejects.toThrow(ClosedError);
  expect(clock.pending).toBe(0);
});

test("a database that takes for ever to open is given up, and closed when it comes after all", async () => {
  const counted = new CountedDatabase();
  const clock = new ManualClock();
  const store = openStore({ database: counted.database, plugins: [], clock });
  const connecting = store.connect().catch((error: unknown) => error);
  await clock.advance(60_000);
  expect(await connecting).toMatchObject({ code: "DATABASE_UNAVAILABLE" });
  counted.gate.open();
  await settle();
  expect([counted.opened, counted.closed]).toEqual([1, 1]);
  await store.connect();
  expect([counted.opened, counted.closed]).toEqual([2, 1]);
  await store.close();
});
