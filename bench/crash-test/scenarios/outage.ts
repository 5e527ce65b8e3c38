import { setTimeout as pause } from "node:timers/promises";
import type { AttemptReport } from "plugbay";
import { says } from "../provider/answers.ts";
import type { Scenario, Told } from "../scenario.ts";

const coolingMs = 200;
const callEveryMs = 10;
const downMs = 900;

export const outage: Scenario = {
  name: "down for a while and then well, under steady calls",
  right:
    "No call fails, the dead provider is hardly asked, and it serves again within one cooling of its recovery.",
  policy: { timeoutMs: 1_000, circuit: { failures: 5, coolingMs, maxCoolingMs: coolingMs } },
  first: says("hello from first"),
  async act({ ask, first, second, check }) {
    const calls: { readonly at: number; readonly told: Promise<Told> }[] = [];
    let failures = 0;
    const onAttempt = ({ outcome }: AttemptReport): void => {
      if (outcome !== "success") failures += 1;
    };
    const call = () => calls.push({ at: performance.now(), told: ask("steady", { onAttempt }) });
    const timer = setInterval(call, callEveryMs);
    await pause(300);
    const before = first.requests.length;
    await first.stop();
    await pause(downMs);
    const duringSecond = second.requests.length;
    await first.resume();
    const wellAt = performance.now();
    await pause(coolingMs + 300);
    clearInterval(timer);
    const told = await Promise.all(calls.map((call) => call.told));
    const errors = told.flatMap(({ error }) => (error === undefined ? [] : [error]));
    check.equal("calls that failed", errors, []);
    check.between("calls before it died", before, 10, 40);
    // Five open the circuit, a few were under way by then, and after each cooling one probes.
    check.between("attempts at the dead one", failures, 5, 5 + 3 + Math.ceil(downMs / coolingMs));
    check.between("calls that the second answered meanwhile", duringSecond, 50, 110);
    const back = first.requests.find(({ at }) => at > wellAt);
    check.between(
      "after how long it serves again, in ms",
      (back?.at ?? Number.NaN) - wellAt,
      0,
      coolingMs + 60,
    );
    const late = calls.filter(({ at }) => at > wellAt + coolingMs + 100);
    const lateTexts = await Promise.all(late.map(async (call) => (await call.told).text));
    check.equal("who answers then", [...new Set(lateTexts)], ["hello from first"]);
  },
};
