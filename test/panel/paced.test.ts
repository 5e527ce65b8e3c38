import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { paced } from "../../ui/src/api/paced.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** When something that takes `lastsMs` was begun, if it is asked for every `everyMs` for `forMs`. */
async function begunAt(everyMs: number, forMs: number, lastsMs: number): Promise<number[]> {
  const begun: number[] = [];
  const start = performance.now();
  const act = () => {
    begun.push(performance.now() - start);
    return new Promise((resolve) => setTimeout(resolve, lastsMs));
  };
  const pace = paced(act, { pauseMs: 800, burst: 3 });
  for (let at = 0; at < forMs; at += everyMs) {
    pace.ask();
    await vi.advanceTimersByTimeAsync(everyMs);
  }
  await vi.advanceTimersByTimeAsync(10_000);
  return begun;
}

test("what is asked for a few times is done at once, each time", async () => {
  expect(await begunAt(300, 900, 10)).toEqual([0, 300, 600]);
});

test("what is asked for again and again is done once in a pause after the first few, and once more at the end", async () => {
  expect(await begunAt(50, 2_000, 10)).toEqual([0, 50, 100, 800, 1_600, 2_400]);
});

test("it is not begun while it is still being done, and what was asked meanwhile is done once after it", async () => {
  expect(await begunAt(100, 500, 1_000)).toEqual([0, 1_000]);
});

test("what failed is not in the way of the next", async () => {
  const act = vi.fn(() => Promise.reject(new Error("no answer")));
  const pace = paced(act, { pauseMs: 800, burst: 1 });
  pace.ask();
  pace.ask();
  await vi.advanceTimersByTimeAsync(799);
  expect(act).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(act).toHaveBeenCalledTimes(2);
});

test("nothing is done after the end", async () => {
  const act = vi.fn(() => Promise.resolve());
  const pace = paced(act, { pauseMs: 800, burst: 1 });
  pace.ask();
  pace.ask();
  pace.stop();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(act).toHaveBeenCalledTimes(1);
});
