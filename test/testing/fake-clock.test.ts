import { FakeClock } from "plugbay/testing";
import { describe, expect, test } from "vitest";

describe("a fake clock", () => {
  test("stands still until it is moved", async () => {
    const clock = new FakeClock();
    expect(new Date(clock.now()).toISOString()).toBe("2030-01-01T00:00:00.000Z");
    const before = [clock.now(), clock.monotonic()];
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect([clock.now(), clock.monotonic()]).toEqual(before);
    await clock.advance(1_500);
    expect([clock.now(), clock.monotonic()]).toEqual([(before[0] ?? 0) + 1_500, 1_500]);
  });

  test("calls what is due in its order, at its time, and what that sets besides", async () => {
    const clock = new FakeClock();
    const calls: [string, number][] = [];
    const note = (name: string) => () => void calls.push([name, clock.monotonic()]);
    clock.schedule(30, note("third"));
    clock.schedule(10, () => {
      note("first")();
      clock.schedule(10, note("second, set by the first"));
    });
    clock.schedule(20, note("second"));
    clock.schedule(40, note("not yet"));
    const cancel = clock.schedule(15, note("cancelled"));
    cancel();
    await clock.advance(39);
    expect(calls).toEqual([
      ["first", 10],
      ["second", 20],
      ["second, set by the first", 20],
      ["third", 30],
    ]);
    expect(clock.pending).toBe(1);
    await clock.advance(1);
    expect(calls.at(-1)).toEqual(["not yet", 40]);
    expect(clock.pending).toBe(0);
  });

  test("has promises settle between what is due", async () => {
    const clock = new FakeClock();
    const waits = async (): Promise<number> => {
      for (let times = 0; times < 3; times += 1) {
        await new Promise<void>((resolve) => clock.schedule(100, resolve));
      }
      return clock.monotonic();
    };
    const waited = waits();
    await clock.advance(1_000);
    expect(await waited).toBe(300);
  });

  test("begins when it is told to, and steps as time servers have it", () => {
    const clock = new FakeClock({ now: "2031-03-30T01:59:59Z" });
    clock.step(2_000);
    expect(new Date(clock.now()).toISOString()).toBe("2031-03-30T02:00:01.000Z");
    clock.step(-3_600_000);
    expect(new Date(clock.now()).toISOString()).toBe("2031-03-30T01:00:01.000Z");
    expect(clock.monotonic()).toBe(0);
  });

  test("refuses what is no time", async () => {
    expect(() => new FakeClock({ now: "yesterday" })).toThrow(/ISO 8601/);
    expect(() => new FakeClock({ time: 1 } as object)).toThrow(/time/);
    await expect(new FakeClock().advance(-1)).rejects.toMatchObject({ code: "INVALID_OPTION" });
    await expect(new FakeClock().advance(Number.NaN)).rejects.toMatchObject({ code: "INVALID_OPTION" });
  });
});
