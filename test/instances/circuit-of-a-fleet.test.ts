import { describe, expect, test } from "vitest";
import { Circuit } from "../../src/instances/circuit.ts";
import type { SeenCircuit, SeenPhase } from "../../src/instances/circuit-state.ts";
import { ManualClock } from "../runtime/manual-clock.ts";

const policy = { failures: 3, coolingMs: 100, maxCoolingMs: 400 };

async function setUp() {
  const clock = new ManualClock();
  await clock.advance(1_000);
  const told: unknown[] = [];
  const found: unknown[] = [];
  const wanted: boolean[] = [];
  const circuit: Circuit = new Circuit(clock, () => told.push(circuit.aside), {
    found: () => found.push(circuit.finding),
    wanted: (isWell) => wanted.push(isWell),
  });
  const fail = (times: number, ticket = circuit.ticket()) => {
    for (let calls = 0; calls < times; calls += 1) circuit.record("retryable", ticket, policy);
  };
  const succeed = (ticket = circuit.ticket()) => circuit.record("success", ticket, policy);
  return { clock, circuit, told, found, wanted, fail, succeed };
}

/** What all processes found, the right to try it being another's. */
const seen = (phase: Partial<SeenPhase> | undefined, rest: Partial<SeenCircuit> = {}): SeenCircuit => ({
  phase: phase && { kind: "open", leftMs: 100, coolingMs: 100, isOurs: false, claimableMs: 125, ...phase },
  isUnauthorized: false,
  exhaustedMs: undefined,
  ...rest,
});

describe("a process tells the others", () => {
  test("for how long it leaves an instance alone from now", async () => {
    const { clock, circuit, fail } = await setUp();
    fail(3);
    await clock.advance(30);
    expect(circuit.finding.circuit).toEqual({ kind: "open", leftMs: 70, coolingMs: 100 });
    await clock.advance(70);
    expect(circuit.finding.circuit).toEqual({ kind: "half-open", leftMs: 0, coolingMs: 100 });
    circuit.claimProbe();
    await clock.advance(40);
    expect(circuit.finding.circuit).toEqual({ kind: "probing", leftMs: 60, coolingMs: 100 });
  });

  test("for how long a provider wants to be left alone from now", async () => {
    const { clock, circuit } = await setUp();
    circuit.record({ exhausted: 500 }, 0, policy);
    await clock.advance(200);
    expect(circuit.finding.exhaustedMs).toBe(300);
  });

  test("that another one is to try it, and no more than that", async () => {
    const { circuit } = await setUp();
    expect(circuit.isElsewhere).toBe(false);
    circuit.adopt(seen({}));
    expect(circuit.isElsewhere).toBe(true);
    expect(circuit.finding.circuit).toEqual({ kind: "elsewhere" });
    circuit.adopt(seen({ isOurs: true }));
    expect(circuit.isElsewhere).toBe(false);
  });

  test("nothing of a provider that may be called again at once", async () => {
    const { circuit, found } = await setUp();
    circuit.record({ exhausted: 0 }, 0, policy);
    expect(found).toEqual([]);
  });
});

describe("the right to try an instance is not asked for", () => {
  test.each([
    ["whose circuit is closed", 0, 0],
    ["that is left alone", 3, 0],
    ["that may be tried here", 3, 100],
  ])("for one %s", async (_, failures, ms) => {
    const { clock, circuit, fail, wanted } = await setUp();
    fail(failures);
    await clock.advance(ms);
    const before = circuit.finding;
    circuit.want();
    circuit.want(true);
    await clock.advance(1);
    circuit.want();
    expect(wanted).toEqual([]);
    expect(circuit.finding.circuit.kind).toBe(before.circuit.kind);
  });

  test("while its credentials are refused, which no call would change", async () => {
    const { clock, circuit, wanted } = await setUp();
    circuit.adopt(seen({}, { isUnauthorized: true }));
    await clock.advance(1_000);
    circuit.want();
    circuit.letProbe();
    expect(wanted).toEqual([]);
  });
});

test("to ask for the right to try it keeps an instance from calls no longer than it was", async () => {
  const { clock, circuit, wanted } = await setUp();
  circuit.adopt(seen({}));
  const until = clock.now() + 100;
  await clock.advance(150);
  circuit.want();
  expect(wanted).toEqual([false]);
  expect(circuit.aside?.until).toBe(until);
});

test.each([
  ["closed", 0, "closed"],
  ["left alone", 3, "open"],
])("a process without others leaves what is %s as it is", async (_, failures, kind) => {
  const { circuit, fail } = await setUp();
  fail(failures);
  circuit.goAlone();
  expect(circuit.finding.circuit.kind).toBe(kind);
});

test("that the others find nothing wrong forgives no failures that were counted here", async () => {
  const { circuit, fail } = await setUp();
  fail(2);
  circuit.adopt(seen(undefined));
  fail(1);
  expect(circuit.aside?.reason).toBe("circuit");
});

describe("a success does not close what another process found broken", () => {
  test("since the call began, though it was broken before, too", async () => {
    const { circuit, succeed } = await setUp();
    circuit.adopt(seen({}));
    const between = circuit.ticket();
    circuit.adopt(seen({}));
    succeed(between);
    expect(circuit.aside).toBeDefined();
    succeed();
    expect(circuit.aside).toBeUndefined();
  });

  test.each(["half-open", "probing"] as const)(
    "since the call began, when it is heard of as it is %s",
    async (kind) => {
      const { circuit, succeed } = await setUp();
      const before = circuit.ticket();
      circuit.adopt(seen({ kind }));
      succeed(before);
      expect(circuit.aside).toBeDefined();
    },
  );

  test("but counts where the call began after the opening, and another tries it since", async () => {
    const { circuit, succeed } = await setUp();
    circuit.adopt(seen({}));
    const between = circuit.ticket();
    circuit.adopt(seen({ kind: "probing" }));
    succeed(between);
    expect(circuit.aside).toBeUndefined();
  });
});

describe("a probe that all processes know as this one's", () => {
  test("is not to be had twice while it is under way", async () => {
    const { clock, circuit, fail } = await setUp();
    fail(3);
    await clock.advance(100);
    expect(circuit.claimProbe()).toBeDefined();
    circuit.adopt(seen({ kind: "probing", isOurs: true }));
    expect(circuit.isHalfOpen).toBe(false);
    expect(circuit.claimProbe()).toBeUndefined();
  });

  test("is to be had at once where none is under way", async () => {
    const { circuit, fail } = await setUp();
    fail(3);
    circuit.adopt(seen({ kind: "probing", isOurs: true }));
    expect(circuit.aside).toBeUndefined();
    expect(circuit.claimProbe()).toBeDefined();
  });
});

test("a success that is told of later, of a call from the very moment of the opening, closes nothing", async () => {
  const { clock, circuit, fail, succeed } = await setUp();
  fail(3);
  succeed(circuit.ticketOf(clock.now()));
  expect(circuit.aside).toBeDefined();
});

test("of two reasons that end together the failures are told", async () => {
  const { circuit, fail } = await setUp();
  circuit.record({ exhausted: 100 }, 0, policy);
  fail(3);
  expect(circuit.aside?.reason).toBe("circuit");
});

test("a circuit that has ended takes over nothing of what others find", async () => {
  const { circuit, fail } = await setUp();
  fail(1);
  circuit.close();
  const before = circuit.finding;
  circuit.adopt(seen({}, { isUnauthorized: true, exhaustedMs: 50 }));
  expect(circuit.finding).toEqual(before);
});
