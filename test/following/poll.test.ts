import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openPlugbay } from "plugbay";
import { sqlite } from "plugbay/sqlite";
import { describe, expect, onTestFinished, test } from "vitest";
import { poll } from "../../src/following/poll.ts";
import { otp, senderPlugin } from "../definition/otp.ts";
import { Gate } from "../runtime/gate.ts";
import { ManualClock } from "../runtime/manual-clock.ts";
import { Workbench } from "../runtime/workbench.ts";

describe("a poll", () => {
  test("checks again and again, a tenth of the interval early or late at most", async () => {
    const clock = new ManualClock();
    const times: number[] = [clock.now()];
    poll(
      clock,
      () => 1_000,
      async () => void times.push(clock.now()),
    );
    await clock.advance(100_000);
    const pauses = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    expect(pauses.length).toBeGreaterThan(90);
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(900);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(1_100);
    expect(new Set(pauses).size).toBeGreaterThan(50);
  });

  test("waits for a check to end before it pauses for the next one", async () => {
    const clock = new ManualClock();
    const gate = new Gate();
    let checks = 0;
    poll(
      clock,
      () => 1_000,
      async () => {
        checks += 1;
        await gate.passed;
      },
    );
    await clock.advance(10_000);
    expect(checks).toBe(1);
    gate.open();
    await clock.advance(1_100);
    expect(checks).toBe(2);
  });

  test("goes on after a check that failed", async () => {
    const clock = new ManualClock();
    let checks = 0;
    poll(
      clock,
      () => 1_000,
      async () => {
        checks += 1;
        throw new Error("down");
      },
    );
    await clock.advance(2_200);
    expect(checks).toBe(2);
  });

  test("ends when it is told to, also during a check", async () => {
    const clock = new ManualClock();
    const gate = new Gate();
    let checks = 0;
    const { stop } = poll(
      clock,
      () => 1_000,
      async () => {
        checks += 1;
        await gate.passed;
      },
    );
    await clock.advance(1_100);
    stop();
    gate.open();
    await clock.advance(10_000);
    expect(checks).toBe(1);
    expect(clock.pending).toBe(0);
  });
});

describe("two processes over one database", () => {
  const plugins = [otp, senderPlugin("sms"), senderPlugin("mail", { priority: 1 })];

  test("see each other's changes within a poll", async () => {
    const bench = await Workbench.create();
    const one = await bench.open(plugins);
    const other = await bench.open(plugins, { pollIntervalMs: 1_000 });
    await one.control.bulk([one.items(otp)[0]?.id ?? ""], "disable", { actor: "alice" });
    expect(other.get(otp)?.by).toBe("sms");
    await bench.clock.advance(1_100);
    expect(other.get(otp)?.by).toBe("mail");
  });

  test("ask one question while nothing changes", async () => {
    const bench = await Workbench.create();
    await bench.open(plugins, { pollIntervalMs: 1_000 });
    const before = bench.database.statements.length;
    await bench.clock.advance(1_100);
    expect(bench.database.statements.slice(before)).toEqual([
      expect.stringMatching(/ from "plugbay_revision" as "head" .*"head"."namespace" = \?/),
    ]);
  });

  test("do not see what happens in another namespace", async () => {
    const bench = await Workbench.create();
    const one = await bench.open(plugins, { namespace: "one" });
    const other = await bench.open(plugins, { namespace: "other" });
    await one.control.bulk([one.items(otp)[0]?.id ?? ""], "disable", { actor: "alice" });
    await other.refresh();
    expect(other.get(otp)?.by).toBe("sms");
  });

  test("where one renamed the type: the other, which does not know the name, serves nothing by the old one", async () => {
    const bench = await Workbench.create();
    const old = await bench.open(plugins);
    await bench.database.db.updateTable("plugbay_type").set({ name: "code", revision: 2 }).execute();
    await bench.database.db.updateTable("plugbay_revision").set({ revision: 2 }).execute();
    await old.refresh();
    expect(old.items(otp)).toEqual([]);
    expect(old.get(otp)).toBeUndefined();
  });

  test("over one file, in real time", async () => {
    const folder = await mkdtemp(join(tmpdir(), "plugbay-poll-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    const open = async () => {
      const plugbay = await openPlugbay({
        database: sqlite(join(folder, "app.db")),
        plugins,
        pollIntervalMs: 5,
      });
      onTestFinished(() => plugbay.close());
      return plugbay;
    };
    const [one, other] = [await open(), await open()];
    await one.control.bulk([one.items(otp)[0]?.id ?? ""], "disable", { actor: "alice" });
    await expect.poll(() => other.get(otp)?.by, { interval: 5 }).toBe("mail");
    await other.control.bulk([one.items(otp)[0]?.id ?? ""], "disable", { actor: "bob" });
    await expect.poll(() => one.get(otp), { interval: 5 }).toBeUndefined();
  });
});
