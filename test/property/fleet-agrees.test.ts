import fc from "fast-check";
import { expect, test } from "vitest";
import { FleetModel, type FleetStep } from "./fleet-model.ts";

const size = 3;
const member = fc.nat({ max: size - 1 });

const step: fc.Arbitrary<FleetStep> = fc.oneof(
  {
    weight: 14,
    arbitrary: fc.record({ kind: fc.constant("call" as const), member, ms: fc.constantFrom(0, 5, 60) }),
  },
  {
    weight: 7,
    arbitrary: fc.record({
      kind: fc.constant("wait" as const),
      ms: fc.constantFrom(1, 5, 20, 110, 410, 1_700),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constantFrom("dies" as const, "dies" as const, "recovers" as const) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constantFrom("refuses" as const, "exhausted" as const, "release" as const),
      member,
    }),
  },
);
const withOutages: fc.Arbitrary<FleetStep> = fc.oneof(
  { weight: 15, arbitrary: step },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom("away" as const, "back" as const) }) },
);
const stepsOf = (one: fc.Arbitrary<FleetStep>) => fc.array(one, { minLength: 10, maxLength: 80 });

async function play(steps: readonly FleetStep[]): Promise<FleetModel> {
  const fleet = await FleetModel.open(size);
  for (const one of steps) await fleet.play(one);
  return fleet;
}

const call = (member: number): FleetStep => ({ kind: "call", member, ms: 0 });
const wait = (ms: number): FleetStep => ({ kind: "wait", ms });
const release = (member: number): FleetStep => ({ kind: "release", member });

/** What a process told is deleted before its next look. */
const releasedAtOnce: FleetStep[] = [
  ...[wait(20), wait(110), wait(20), wait(110), call(2), release(0), call(2), { kind: "dies" } as const],
  ...[wait(1), call(0), call(0), { kind: "recovers" } as const, wait(1), wait(1), call(0), call(0), wait(1)],
  call(0),
];
/** The database goes while an operator releases. */
const releasedInVain: FleetStep[] = [
  ...[{ kind: "refuses", member: 0 } as const, wait(410), wait(1), call(0), call(0), wait(1)],
  ...[{ kind: "dies" } as const, { kind: "away" } as const, release(0), call(0), wait(20), wait(1)],
];

/** Whatever happened: the processes say the same, and a provider that is well has all of them back. */
async function expectAgreement(fleet: FleetModel, caller: number): Promise<void> {
  await fleet.play({ kind: "back" });
  await fleet.quiet();
  await fleet.play({ kind: "recovers" });
  await fleet.quiet();
  const asides = new Set(fleet.members.map(({ aside }) => aside));
  expect([...asides]).toHaveLength(1);
  if (asides.has("unauthorized")) {
    await fleet.play({ kind: "release", member: caller });
    await fleet.quiet();
  }
  let isBack = false;
  // Each process that took over the right to try it, and made nothing of it, may have kept it for twice as long.
  for (let calls = 0; calls < 2_000 && !isBack; calls += 1) {
    isBack = fleet.call(caller, 5);
    await fleet.clock.advance(100);
  }
  expect(isBack).toBe(true);
  await fleet.quiet();
  for (const { aside, slot } of fleet.members) {
    expect(aside).toBe("none");
    expect(slot.circuit?.finding.circuit.kind ?? "closed").toBe("closed");
  }
  expect(fleet.table.row?.state?.phase ?? null).toBeNull();
}

test("no two processes probe at once, and all of them agree, in whatever order things happen", async () => {
  let probes = 0;
  await fc.assert(
    fc.asyncProperty(stepsOf(step), member, async (steps, caller) => {
      const fleet = await play(steps);
      expect(fleet.mostProbes).toBeLessThanOrEqual(1);
      probes += fleet.probes;
      await expectAgreement(fleet, caller);
      expect(fleet.mostProbes).toBeLessThanOrEqual(1);
    }),
    { numRuns: 300, examples: [[releasedAtOnce, 0]] },
  );
  expect(probes).toBeGreaterThan(10);
});

test("while the database is away each goes by itself, and they agree when it is back", async () => {
  await fc.assert(
    fc.asyncProperty(stepsOf(withOutages), member, async (steps, caller) => {
      await expectAgreement(await play(steps), caller);
    }),
    { numRuns: 300, examples: [[releasedInVain, 0]] },
  );
});
