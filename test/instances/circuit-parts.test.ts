import { expect, test, vi } from "vitest";
import { Alarm } from "../../src/instances/alarm.ts";
import { coolingAfter } from "../../src/instances/circuit-phase.ts";
import { PutOff } from "../../src/instances/put-off.ts";
import { ManualClock } from "../runtime/manual-clock.ts";

const at = (ms: number) => ({ at: ms, until: 1e12 + ms });

test.each([
  [1_000, false],
  [1_249, false],
  [1_250, true],
])("what a provider says for 1000 ms is news when its end moves from 1000 to %d: %s", (end, isNews) => {
  const putOff = new PutOff();
  expect(putOff.extend(at(1_000), 1_000)).toBe(true);
  expect(putOff.extend(at(end), 1_000)).toBe(isNews);
  expect(putOff.end).toEqual(at(end));
});

test("what all processes know is no news to them", () => {
  const putOff = new PutOff();
  putOff.adopt(at(1_000));
  expect(putOff.extend(at(1_100), 1_000)).toBe(false);
  putOff.adopt(undefined);
  expect(putOff.extend(at(1_100), 1_000)).toBe(true);
});

test.each([
  [400, 400],
  [200, 100],
  [100, 100],
  [50, 50],
])("the cooling after a healthy day that followed one of %d ms is %d ms", (lastMs, coolingMs) => {
  const healthyMs = lastMs === 400 ? 3_999 : 86_400_000;
  expect(coolingAfter(healthyMs, lastMs, { failures: 3, coolingMs: 100, maxCoolingMs: 400 })).toBe(coolingMs);
});

test("an alarm that is set to the time that it has keeps its timer, for each call of a busy item may set it", async () => {
  const clock = new ManualClock();
  const schedule = vi.spyOn(clock, "schedule");
  let rings = 0;
  const alarm = new Alarm(clock, () => {
    rings += 1;
  });
  for (let calls = 0; calls < 9; calls += 1) alarm.set([at(100), undefined, at(200)]);
  expect(schedule).toHaveBeenCalledTimes(1);
  await clock.advance(100);
  alarm.set([at(100)]);
  await clock.advance(0);
  expect(rings).toBe(2);
});
