import { expect, test } from "vitest";
import { takeOver } from "../../src/following/circuits/take-over.ts";
import type { StoredCircuit } from "../../src/store/stored-circuit.ts";

const opened: StoredCircuit = {
  config: "00",
  phase: { kind: "open", until: 30_000, coolingMs: 30_000, owner: "a", claimableAt: 31_000, leaseMs: 0 },
  isUnauthorized: false,
  exhaustedUntil: null,
  failures: null,
};

/** For how long each of the next processes may keep the right to try it, in seconds. */
function leases(before: StoredCircuit, times: number): number[] {
  let known = before;
  return Array.from({ length: times }, (_, index) => {
    const now = known.phase?.claimableAt ?? 0;
    expect(takeOver(known, { me: `process ${index}`, now: now - 1, isWell: false })).toBeUndefined();
    known = takeOver(known, { me: `process ${index}`, now, isWell: false }) ?? known;
    return (known.phase?.leaseMs ?? 0) / 1_000;
  });
}

test("each process that takes the right over and makes nothing of it keeps it for twice as long, up to 10 minutes", () => {
  expect(leases(opened, 8)).toEqual([30, 60, 120, 240, 480, 600, 600, 600]);
});

test("a cooling that is longer than that is the shortest time", () => {
  const phase = opened.phase && { ...opened.phase, coolingMs: 3_600_000 };
  expect(leases({ ...opened, phase }, 3)).toEqual([3_600, 3_600, 3_600]);
});
