import { describe, expect, test, vi } from "vitest";
import { systemClock } from "../../src/time/clock.ts";

describe("the system's clock", () => {
  test("has Date's time", () => {
    expect(Math.abs(systemClock.now() - Date.now())).toBeLessThan(1_000);
  });

  test("has a time that does not step with Date's", () => {
    const before = systemClock.monotonic();
    vi.useFakeTimers({ toFake: ["Date"], now: 0 });
    const after = systemClock.monotonic();
    vi.useRealTimers();
    expect(after - before).toBeGreaterThanOrEqual(0);
    expect(after - before).toBeLessThan(1_000);
  });

  test("calls back once the time has passed, unless it is cancelled", async () => {
    const calls: string[] = [];
    const cancel = systemClock.schedule(1, () => void calls.push("cancelled"));
    cancel();
    systemClock.schedule(2, () => void calls.push("called"));
    await expect.poll(() => calls, { interval: 2 }).toEqual(["called"]);
  });

  test.each([2 ** 31, Number.POSITIVE_INFINITY])(
    "does not call back at once when the time is %d ms",
    async (ms) => {
      vi.useFakeTimers();
      let called = false;
      const cancel = systemClock.schedule(ms, () => {
        called = true;
      });
      await vi.advanceTimersByTimeAsync(86_400_000);
      vi.useRealTimers();
      cancel();
      expect(called).toBe(false);
    },
  );
});
