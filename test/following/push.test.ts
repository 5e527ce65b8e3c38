import type { PushChannel } from "plugbay";
import { describe, expect, test } from "vitest";
import { Push } from "../../src/following/push.ts";
import type { PushHandlers } from "../../src/store/push-channel.ts";
import { otp, senderPlugin } from "../definition/otp.ts";
import { collectWarnings } from "../runtime/collect-warnings.ts";
import { Gate } from "../runtime/gate.ts";
import { ManualClock } from "../runtime/manual-clock.ts";
import { Workbench } from "../runtime/workbench.ts";

/** A line within the test, that fails as it is told. */
class Line implements PushChannel {
  readonly transport = "listen";
  readonly publishes = "in transaction";
  readonly attempts: number[] = [];
  readonly open = new Set<PushHandlers>();
  deliversNothing = false;
  subscribing: () => Promise<unknown> = async () => undefined;
  publishing: () => Promise<unknown> = async () => undefined;
  pinging: () => Promise<unknown> = async () => undefined;
  readonly #clock: ManualClock;

  constructor(clock: ManualClock) {
    this.#clock = clock;
  }

  async subscribe(_topic: string, on: PushHandlers) {
    this.attempts.push(this.#clock.now());
    await this.subscribing();
    this.open.add(on);
    return {
      ping: async () => void (await this.pinging()),
      close: async () => void this.open.delete(on),
    };
  }

  async publish(_topic: string, message: string) {
    await this.publishing();
    if (!this.deliversNothing) for (const { message: hear } of this.open) hear(message);
  }

  async close() {}

  /** The connection of every subscription is lost. */
  cut(cause: unknown): void {
    for (const on of [...this.open]) {
      this.open.delete(on);
      on.end(cause);
    }
  }
}

function start() {
  const clock = new ManualClock();
  const line = new Line(clock);
  const standings: [works: boolean, reason?: unknown][] = [];
  let notices = 0;
  const begin = () =>
    new Push({
      clock,
      channel: line,
      topic: "changes",
      onNotice: () => {
        notices += 1;
      },
      onStanding: (...standing) => standings.push(standing),
    });
  return { clock, line, standings, begin, notices: () => notices };
}

const never = () => new Promise<never>(() => undefined);

describe("a push channel", () => {
  test("works once it has heard itself, and has all read that may have been missed before", async () => {
    const { clock, line, standings, begin, notices } = start();
    begin();
    await clock.advance(0);
    expect(standings).toEqual([[true]]);
    expect(notices()).toBe(1);
    await line.publish("changes", "changed");
    await line.publish("changes", "");
    expect(notices()).toBe(3);
  });

  test("does not mind that others probe", async () => {
    const { clock, line, begin, notices } = start();
    begin();
    await clock.advance(0);
    await line.publish("changes", "probe of another process");
    expect(notices()).toBe(1);
  });

  test("through which nothing comes does not work after 5 s, says why, and is tried again within 30 to 90 s", async () => {
    const { clock, line, standings, begin, notices } = start();
    line.deliversNothing = true;
    begin();
    await clock.advance(5_000);
    expect(standings).toEqual([
      [false, expect.objectContaining({ message: expect.stringContaining("pooler") })],
    ]);
    expect(line.open.size).toBe(0);
    await clock.advance(29_999);
    expect(line.attempts).toHaveLength(1);
    line.deliversNothing = false;
    await clock.advance(60_001);
    expect(standings.at(-1)).toEqual([true]);
    expect(notices()).toBe(1);
  });

  test("through which nothing comes is warned of once, however often it is tried", async () => {
    const bench = await Workbench.create();
    const line = new Line(bench.clock);
    line.deliversNothing = true;
    const warnings = collectWarnings();
    await bench.open([otp, senderPlugin("sms")], { push: line, pollIntervalMs: 1_000 });
    await bench.clock.advance(300_000);
    expect(line.attempts.length).toBeGreaterThan(2);
    expect(warnings).toEqual([expect.stringContaining("pooler")]);
  });

  test("that cannot be had is tried for ever, with pauses that grow to 7.5 s at most", async () => {
    const { clock, line, standings, begin } = start();
    line.subscribing = () => Promise.reject(new Error("refused"));
    begin();
    await clock.advance(600_000);
    const pauses = line.attempts.slice(1).map((at, index) => at - (line.attempts[index] ?? 0));
    expect(pauses[0]).toBeLessThanOrEqual(150);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(7_500);
    expect(pauses.length).toBeGreaterThan(75);
    line.subscribing = async () => undefined;
    await clock.advance(7_500);
    expect(standings.at(-1)).toEqual([true]);
  });

  test("that is lost is replaced within 150 ms, and what was missed is read", async () => {
    const { clock, line, standings, begin, notices } = start();
    begin();
    await clock.advance(0);
    const cause = new Error("terminated");
    line.cut(cause);
    expect(standings.at(-1)).toEqual([false, cause]);
    await clock.advance(150);
    expect(standings.at(-1)).toEqual([true]);
    expect(notices()).toBe(2);
    expect(line.open.size).toBe(1);
  });

  test("whose other side has gone without a word is found out and replaced within 21.7 s", async () => {
    const { clock, line, standings, begin } = start();
    begin();
    await clock.advance(0);
    line.pinging = never;
    await clock.advance(21_700);
    expect(standings.map(([works]) => works)).toEqual([true, false, true]);
    expect(line.open.size).toBe(1);
  });

  test("that answers is left as it is, for an hour", async () => {
    const { clock, line, standings, begin } = start();
    begin();
    await clock.advance(3_600_000);
    expect(line.attempts).toHaveLength(1);
    expect(standings).toEqual([[true]]);
  });

  test("that comes too late is closed again", async () => {
    const { clock, line, standings, begin } = start();
    const gate = new Gate();
    line.subscribing = () => gate.passed;
    begin();
    await clock.advance(5_000);
    expect(standings).toEqual([
      [false, expect.objectContaining({ message: expect.stringContaining("5000 ms") })],
    ]);
    line.subscribing = async () => undefined;
    await clock.advance(150);
    gate.open();
    await clock.advance(0);
    expect(line.open.size).toBe(1);
    expect(standings.at(-1)).toEqual([true]);
  });

  test("over which nothing can be sent does not work after 5 s, and is tried again", async () => {
    const { clock, line, standings, begin } = start();
    line.publishing = never;
    begin();
    await clock.advance(5_000);
    expect(standings).toHaveLength(1);
    line.publishing = async () => undefined;
    await clock.advance(150);
    expect(standings.at(-1)).toEqual([true]);
    expect(line.open.size).toBe(1);
  });

  test.each([
    ["while it works", async () => undefined, 0],
    ["while it is subscribed to", never, 0],
    ["between two attempts", () => Promise.reject(new Error("refused")), 0],
  ])("ends when it is told to, %s: nothing is left open, and no timer", async (_when, subscribing, ms) => {
    const { clock, line, begin } = start();
    line.subscribing = subscribing;
    const push = begin();
    await clock.advance(ms);
    await push.stop();
    await clock.advance(60_000);
    expect(line.open.size).toBe(0);
    expect(clock.pending).toBe(0);
    expect(line.attempts).toHaveLength(1);
  });
});
