import type { Attempt } from "../src/calling/attempt.ts";
import { Counter } from "../src/seeing/traffic/counter.ts";
import { Ledger } from "../src/seeing/traffic/ledger.ts";
import { systemClock } from "../src/time/clock.ts";
import { report } from "./report.ts";

const rounds = 60;
const calls = 50_000;
const items = 20;

/** What counting a call adds to it, with the look at the clock that its duration takes. */
export function benchCounting(): void {
  const counter = new Counter(systemClock, new Ledger());
  const attempts = Array.from({ length: items }, (_, index) => {
    const item = { id: `00000000-0000-4000-8000-${String(index).padStart(12, "0")}`, typeId: "type" };
    return { item, startedAt: systemClock.monotonic(), openedAt: undefined } as unknown as Attempt;
  });
  const samples = Array.from({ length: rounds }, () => {
    const start = performance.now();
    for (let call = 0; call < calls; call += 1) {
      const attempt = attempts[call % items];
      if (attempt) counter.attempted(attempt, "success");
    }
    return ((performance.now() - start) / calls) * 1_000_000;
  });
  // The quickest: what others on the machine do is none of its cost.
  report({ name: "a call counted", value: Math.min(...samples), limit: 100, unit: "ns" });
}
