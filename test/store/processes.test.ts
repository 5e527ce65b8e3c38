import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "kysely";
import type { Clock, OpenOptions, Plugbay } from "plugbay";
import { mysql } from "plugbay/mysql";
import { postgres } from "plugbay/postgres";
import { expect, test } from "vitest";
import { systemClock } from "../../src/time/clock.ts";
import { collectWarnings } from "../runtime/collect-warnings.ts";
import { ManualClock } from "../runtime/manual-clock.ts";
import { alice, bob, greeting } from "./definitions.ts";
import { onEveryDatabase, type TestDatabase } from "./test-database.ts";

const plugins = [greeting, alice, bob];
const minutes = 60_000;

/** A clock whose time of day is off, by more or less as the test goes on. */
class OffClock implements Clock {
  offset: number;
  constructor(offset: number) {
    this.offset = offset;
  }
  now = (): number => systemClock.now() + this.offset;
  monotonic = systemClock.monotonic;
  schedule = systemClock.schedule;
}

const versionsOf = async (watcher: Plugbay): Promise<string[]> =>
  (await watcher.control.processes()).map(({ version }) => version).sort();

onEveryDatabase((home) => {
  const start = (version: string, options: Partial<OpenOptions> = {}) =>
    home.open(plugins, { version, heartbeatMs: 100, ...options });

  test("processes whose clocks are 5 minutes apart are alive to each other, and were all seen just now", async () => {
    const slow = await start("slow", { clock: new OffClock(-5 * minutes) });
    const fast = await start("fast", { clock: new OffClock(5 * minutes) });
    await start("right");
    for (let round = 0; round < 5; round += 1) {
      await sleep(100);
      for (const watcher of [slow, fast]) {
        await expect.poll(() => versionsOf(watcher)).toEqual(["fast", "right", "slow"]);
        for (const process of await watcher.control.processes()) {
          expect(process.seenAgoMs).toBeLessThan(10_000);
          expect(Math.abs(Date.parse(process.seenAt) - Date.now())).toBeLessThan(20_000);
        }
      }
    }
  });

  test.each([-60 * minutes, 60 * minutes])(
    "a process whose clock steps by %d ms is alive as before, and so are the others to it",
    async (step) => {
      const clock = new OffClock(0);
      const stepping = await start("stepping", { clock });
      const other = await start("other");
      await expect.poll(() => versionsOf(other)).toEqual(["other", "stepping"]);
      clock.offset = step;
      const { seenAt } =
        (await other.control.processes()).find(({ version }) => version === "stepping") ?? {};
      await expect
        .poll(async () => {
          const processes = await other.control.processes();
          return processes.find(({ version }) => version === "stepping")?.seenAt;
        })
        .not.toBe(seenAt);
      expect(await versionsOf(stepping)).toEqual(["other", "stepping"]);
      expect(await versionsOf(other)).toEqual(["other", "stepping"]);
    },
  );

  test("a process that beats often does not forget one that beats rarely", async () => {
    await start("rare", { heartbeatMs: 60_000 });
    const often = await start("often", { heartbeatMs: 20 });
    await expect.poll(() => versionsOf(often)).toEqual(["often", "rare"]);
    await sleep(800);
    expect(await versionsOf(often)).toContain("rare");
  });

  test("one that went silent is listed for 8 of its own heartbeats, and then forgotten", async () => {
    await start("silent", { heartbeatMs: 250, clock: new ManualClock() });
    const watcher = await start("watcher", { heartbeatMs: 60_000 });
    await expect.poll(() => versionsOf(watcher)).toEqual(["silent", "watcher"]);
    await expect.poll(() => versionsOf(watcher), { timeout: 10_000 }).toEqual(["watcher"]);
    // Not listed though its row is there: who looks is not who cleans up.
    expect(await idsStored(home)).toHaveLength(2);
    await start("cleaner", { heartbeatMs: 60_000 });
    await expect.poll(() => versionsOf(watcher)).toEqual(["cleaner", "watcher"]);
    await expect.poll(() => idsStored(home)).toHaveLength(2);
  });

  test("one that was frozen for longer than that is listed again, with its plugins, when it comes back", async () => {
    const clock = new ManualClock();
    const frozen = await start("frozen", { clock, heartbeatMs: 100 });
    const watcher = await start("watcher", { heartbeatMs: 50 });
    await expect.poll(() => versionsOf(watcher)).toEqual(["frozen", "watcher"]);
    await expect.poll(() => idsStored(home), { timeout: 10_000 }).toHaveLength(1);
    await clock.advance(110);
    await expect.poll(() => versionsOf(watcher)).toEqual(["frozen", "watcher"]);
    const back = (await watcher.control.processes()).find(({ version }) => version === "frozen");
    expect(back?.id).toBe(frozen.processId);
    expect(back?.plugins.map(({ name }) => name)).toEqual(["alice", "bob"]);
  });

  if (home.kind.dialect !== "sqlite") {
    test("one that may not write says so once, and serves without being listed", async () => {
      const warnings = collectWarnings();
      const watcher = await start("watcher", { heartbeatMs: 60_000 });
      const database = await readOnly(home);
      const clock = new ManualClock();
      const reader = await start("reader", { database, sync: false, clock });
      const told = () => warnings.filter((warning) => warning.includes("this process only reads"));
      await expect.poll(told).toHaveLength(1);
      await clock.advance(1_000);
      expect(reader.get(greeting)?.greet()).toBe("alice");
      expect(await versionsOf(watcher)).toEqual(["watcher"]);
      expect(told()).toHaveLength(1);
    });
  }

  test("a row of code that does not say until when counts for two minutes", async () => {
    const watcher = await start("watcher", { heartbeatMs: 60_000 });
    await start("older", { heartbeatMs: 60_000 });
    await expect.poll(() => versionsOf(watcher)).toEqual(["older", "watcher"]);
    const db = await home.kysely();
    const note = (ago: number) =>
      db
        .updateTable("plugbay_process")
        .set({ expires_at: null, seen_at: new Date(Date.now() - ago).toISOString() })
        .where("namespace", "=", home.namespace)
        .where("version", "=", "older")
        .execute();
    await note(60_000);
    expect(await versionsOf(watcher)).toEqual(["older", "watcher"]);
    await note(180_000);
    expect(await versionsOf(watcher)).toEqual(["watcher"]);
  });
});

async function idsStored(home: TestDatabase): Promise<unknown[]> {
  const db = await home.kysely({}, home.here, 1);
  return db.selectFrom("plugbay_process").select("id").where("namespace", "=", home.namespace).execute();
}

/** The database by the way of a user who may only read. */
async function readOnly(home: TestDatabase): Promise<OpenOptions["database"]> {
  const db = await home.kysely();
  const { dialect } = home.kind;
  const user = `reader_${randomBytes(6).toString("hex")}`;
  const run = (statement: string) => sql.raw(statement).execute(db);
  const url = new URL(home.here.address);
  if (dialect === "postgres") {
    await run(`create role ${user} login password 'secret'`);
    home.afterwards(() => run(`drop owned by ${user}`).then(() => run(`drop role ${user}`)));
    await run(`grant usage on schema public to ${user}`);
    await run(`grant select on all tables in schema public to ${user}`);
  } else {
    await run(`create user ${user} identified by 'secret'`);
    home.afterwards(() => run(`drop user ${user}`));
    await run(`grant select on ${url.pathname.slice(1)}.* to ${user}`);
  }
  url.username = user;
  url.password = "secret";
  return dialect === "postgres" ? postgres(url.href) : mysql(url.href);
}
