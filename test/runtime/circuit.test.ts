import { describe, expect, test } from "vitest";
import type { Outcome } from "../../src/definition/policy.ts";
import { definePolicy } from "../../src/definition/resolve-policy.ts";
import { Circuit } from "../../src/instances/circuit.ts";
import type { Aside, SeenCircuit, SeenPhase } from "../../src/instances/circuit-state.ts";
import { ManualClock } from "./manual-clock.ts";

const policy = { failures: 3, coolingMs: 100, maxCoolingMs: 400 };

function setUp() {
  const clock = new ManualClock();
  const told: (Aside | undefined)[] = [];
  const found: unknown[] = [];
  const wanted: boolean[] = [];
  const circuit: Circuit = new Circuit(clock, () => told.push(circuit.aside), {
    found: () => found.push(circuit.finding),
    wanted: (isWell) => wanted.push(isWell),
  });
  const fail = (ticket = circuit.ticket()) => circuit.record("retryable", ticket, policy);
  const succeed = (ticket = circuit.ticket()) => circuit.record("success", ticket, policy);
  const open = () => [1, 2, 3].forEach(() => void fail());
  const probe = (): number => {
    const ticket = circuit.claimProbe();
    if (ticket === undefined) throw new Error("there is no probe to be had");
    return ticket;
  };
  /** How long it is put aside from now. */
  const asideMs = (): number => (circuit.aside?.until ?? Number.NaN) - clock.now();
  return { clock, circuit, told, found, wanted, fail, succeed, open, probe, asideMs };
}

describe("a circuit opens", () => {
  test("after so many failures in a row, and tells of it, until the cooling ends", async () => {
    const { clock, circuit, fail, told } = setUp();
    fail();
    fail();
    expect(circuit.aside).toBeUndefined();
    expect(told).toEqual([]);
    fail();
    const aside = { reason: "circuit", until: clock.now() + 100 };
    expect(circuit.aside).toEqual(aside);
    expect(circuit.finding.circuit).toEqual({ kind: "open", leftMs: 100, coolingMs: 100 });
    await clock.advance(99);
    expect(circuit.aside).toEqual(aside);
    await clock.advance(1);
    expect(circuit.aside).toBeUndefined();
    expect(circuit.isHalfOpen).toBe(true);
    expect(told).toEqual([aside, undefined]);
  });

  test("by what may have taken effect as by what did not", () => {
    const { circuit } = setUp();
    for (const outcome of ["ambiguous", "retryable", "ambiguous"] as const)
      circuit.record(outcome, 0, policy);
    expect(circuit.aside?.reason).toBe("circuit");
  });

  test("not by failures with a success between them", () => {
    const { circuit, fail, succeed } = setUp();
    fail();
    fail();
    succeed();
    fail();
    fail();
    expect(circuit.aside).toBeUndefined();
  });

  test("not by what is the call's own fault, which leaves the failures in a row", () => {
    const { circuit, fail } = setUp();
    for (let times = 0; times < 9; times += 1) {
      circuit.record("rejected", 0, policy);
      circuit.record("unsuitable", 0, policy);
    }
    expect(circuit.aside).toBeUndefined();
    fail();
    fail();
    circuit.record("rejected", 0, policy);
    fail();
    expect(circuit.aside?.reason).toBe("circuit");
  });

  test("not for a call without one, whose failures count for nobody", () => {
    const { circuit, fail } = setUp();
    for (let times = 0; times < 9; times += 1) circuit.record("retryable", 0, false);
    fail();
    fail();
    expect(circuit.aside).toBeUndefined();
  });

  test("by default after 5 failures, for 30 s", () => {
    const clock = new ManualClock();
    const circuit = new Circuit(clock, () => undefined);
    const { circuit: usual } = definePolicy({});
    for (let times = 1; times <= 5; times += 1) {
      expect(circuit.aside).toBeUndefined();
      circuit.record("retryable", 0, usual);
    }
    expect(circuit.aside?.until).toBe(clock.now() + 30_000);
  });
});

describe("a success closes it", () => {
  test("only of a call that began after the opening", async () => {
    const { circuit, succeed, open } = setUp();
    const before = circuit.ticket();
    open();
    succeed(before);
    expect(circuit.aside?.reason).toBe("circuit");
    succeed();
    expect(circuit.aside).toBeUndefined();
    expect(circuit.finding.circuit).toEqual({ kind: "closed" });
  });

  test("not of a call that began before the last opening, though after the first", async () => {
    const { clock, circuit, fail, succeed, open, probe } = setUp();
    open();
    const before = circuit.ticket();
    await clock.advance(100);
    fail(probe());
    succeed(before);
    expect(circuit.aside?.reason).toBe("circuit");
  });

  test("and what failed before, and is told late, does not open it again", () => {
    const { circuit, succeed, fail, open } = setUp();
    open();
    succeed();
    for (let times = 0; times < 9; times += 1) fail(0);
    expect(circuit.aside).toBeUndefined();
    open();
    expect(circuit.aside?.reason).toBe("circuit");
  });
});

describe("the probe", () => {
  test("is for one call; for the others the item is put aside while it is out", async () => {
    const { clock, circuit, open, probe, succeed, told } = setUp();
    expect(circuit.claimProbe()).toBeUndefined();
    open();
    expect(circuit.claimProbe()).toBeUndefined();
    await clock.advance(100);
    const ticket = probe();
    expect(circuit.claimProbe()).toBeUndefined();
    expect(circuit.aside).toEqual({ reason: "circuit", until: clock.now() + 100 });
    expect(circuit.finding.circuit).toMatchObject({ kind: "probing", coolingMs: 100 });
    succeed(ticket);
    expect(circuit.aside).toBeUndefined();
    expect(told).toHaveLength(4);
    expect(clock.pending).toBe(0);
  });

  test("that fails opens it again, for twice as long each time, to the maximum", async () => {
    const { clock, fail, open, probe, asideMs } = setUp();
    open();
    const lengths = [asideMs()];
    for (let times = 0; times < 4; times += 1) {
      await clock.advance(asideMs());
      fail(probe());
      lengths.push(asideMs());
    }
    expect(lengths).toEqual([100, 200, 400, 400, 400]);
  });

  test("that never ends lets another one go out after one more cooling time", async () => {
    const { clock, circuit, open, probe, fail, succeed } = setUp();
    open();
    await clock.advance(100);
    const first = probe();
    await clock.advance(99);
    expect(circuit.claimProbe()).toBeUndefined();
    await clock.advance(1);
    const second = probe();
    fail(first);
    expect(circuit.finding.circuit.kind).toBe("probing");
    succeed(second);
    expect(circuit.finding.circuit.kind).toBe("closed");
  });

  test("that succeeds late, when it is another's turn, closes it all the same", async () => {
    const { clock, circuit, open, probe, succeed } = setUp();
    open();
    await clock.advance(100);
    const first = probe();
    await clock.advance(100);
    probe();
    succeed(first);
    expect(circuit.aside).toBeUndefined();
  });

  test.each(["rejected", "unsuitable"] as const)("is given back when its call was %s", async (outcome) => {
    const { clock, circuit, open, probe } = setUp();
    open();
    await clock.advance(100);
    circuit.record(outcome, probe(), policy);
    expect(circuit.aside).toBeUndefined();
    expect(circuit.claimProbe()).toBeDefined();
  });

  test("is given back when its caller gave up, and by nobody else", async () => {
    const { clock, circuit, open, probe } = setUp();
    open();
    await clock.advance(100);
    const ticket = probe();
    circuit.returnProbe(circuit.ticket());
    circuit.returnProbe(0);
    expect(circuit.isHalfOpen).toBe(false);
    circuit.returnProbe(ticket);
    expect(circuit.isHalfOpen).toBe(true);
    circuit.returnProbe(ticket);
    expect(circuit.isHalfOpen).toBe(true);
  });

  test("is given back by a call without a circuit, which cannot say for how long it should open", async () => {
    const { clock, circuit, open, probe } = setUp();
    open();
    await clock.advance(100);
    circuit.record("retryable", probe(), false);
    expect(circuit.isHalfOpen).toBe(true);
  });

  test("alone decides: another call that fails meanwhile changes nothing", async () => {
    const { clock, circuit, open, probe, fail, succeed } = setUp();
    open();
    fail();
    expect(circuit.aside?.until).toBe(clock.now() + 100);
    await clock.advance(100);
    const ticket = probe();
    fail();
    fail();
    fail();
    expect(circuit.finding.circuit.kind).toBe("probing");
    succeed(ticket);
    expect(circuit.aside).toBeUndefined();
  });

  test("goes out at once when a health check passed", () => {
    const { circuit, open } = setUp();
    circuit.letProbe();
    expect(circuit.isHalfOpen).toBe(false);
    open();
    circuit.letProbe();
    expect(circuit.aside).toBeUndefined();
    expect(circuit.claimProbe()).toBeDefined();
    circuit.letProbe();
    expect(circuit.isHalfOpen).toBe(false);
  });
});

describe("the cooling", () => {
  /** Opens it for 400 ms and closes it again. */
  const afterLongCooling = async () => {
    const parts = setUp();
    const { clock, fail, open, probe, succeed } = parts;
    open();
    await clock.advance(100);
    fail(probe());
    await clock.advance(200);
    fail(probe());
    await clock.advance(400);
    succeed(probe());
    return parts;
  };

  test.each([
    [0, 400],
    [3_999, 400],
    [4_000, 200],
    [5_999, 200],
    [6_000, 100],
    [1_000_000, 100],
  ])("after %d healthy ms is %d ms: ten cooling times halve it", async (healthyMs, coolingMs) => {
    const { clock, open, asideMs } = await afterLongCooling();
    await clock.advance(healthyMs);
    open();
    expect(asideMs()).toBe(coolingMs);
  });

  test("follows the policy of the call that opens it, in both directions", async () => {
    const { clock, circuit, probe } = await afterLongCooling();
    const short = { failures: 1, coolingMs: 10, maxCoolingMs: 20 };
    circuit.record("retryable", circuit.ticket(), short);
    expect(circuit.aside?.until).toBe(clock.now() + 20);
    await clock.advance(20);
    circuit.record("retryable", probe(), { failures: 1, coolingMs: 1_000, maxCoolingMs: 2_000 });
    expect(circuit.aside?.until).toBe(clock.now() + 1_000);
  });

  test("is not changed by a step of the time of day", async () => {
    const { clock, circuit, open } = setUp();
    open();
    clock.step(-3_600_000);
    await clock.advance(100);
    expect(circuit.isHalfOpen).toBe(true);
  });
});

describe("credentials that are refused", () => {
  test("put it aside without an end, whatever succeeds meanwhile, until an operator releases it", async () => {
    const { clock, circuit, succeed, told } = setUp();
    circuit.record("unauthorized", 0, policy);
    expect(circuit.aside).toEqual({ reason: "unauthorized", until: undefined });
    expect(clock.pending).toBe(0);
    await clock.advance(1e9);
    succeed();
    expect(circuit.aside?.reason).toBe("unauthorized");
    circuit.release();
    expect(circuit.aside).toBeUndefined();
    expect(told).toHaveLength(2);
  });

  test("of a call that began before the release are forgiven with it", () => {
    const { circuit } = setUp();
    circuit.record("unauthorized", 0, policy);
    const before = circuit.ticket();
    circuit.release();
    circuit.record("unauthorized", before, policy);
    expect(circuit.aside).toBeUndefined();
    circuit.record("unauthorized", circuit.ticket(), policy);
    expect(circuit.aside?.reason).toBe("unauthorized");
  });

  test("give the probe back, which is to be had after the release", async () => {
    const { clock, circuit, open, probe } = setUp();
    open();
    await clock.advance(100);
    circuit.record("unauthorized", probe(), policy);
    expect(circuit.aside?.reason).toBe("unauthorized");
    circuit.release();
    expect(circuit.finding.circuit.kind).toBe("closed");
  });
});

describe("a provider that says when to come again", () => {
  test("is left alone until then; the later of two times holds", async () => {
    const { clock, circuit } = setUp();
    circuit.record({ exhausted: 500 }, 0, policy);
    circuit.record({ exhausted: 50 }, 0, policy);
    const aside = { reason: "exhausted", until: clock.now() + 500 };
    expect(circuit.aside).toEqual(aside);
    await clock.advance(50);
    expect(circuit.aside).toEqual(aside);
    circuit.record({ exhausted: 600 }, 0, policy);
    expect(circuit.aside?.until).toBe(clock.now() + 600);
    await clock.advance(600);
    expect(circuit.aside).toBeUndefined();
    expect(clock.pending).toBe(0);
  });

  test("is not left alone at all for 0 ms", () => {
    const { circuit } = setUp();
    circuit.record({ exhausted: 0 }, 0, policy);
    expect(circuit.aside).toBeUndefined();
  });

  test("counts as no failure, and does without a circuit", () => {
    const { circuit } = setUp();
    for (let times = 0; times < 9; times += 1) circuit.record({ exhausted: 10 }, 0, false);
    expect(circuit.aside?.reason).toBe("exhausted");
    expect(circuit.finding.circuit.kind).toBe("closed");
  });

  test("is told for as long as that or the circuit holds, whichever is longer", async () => {
    const { clock, circuit, open } = setUp();
    circuit.record({ exhausted: 60 }, 0, policy);
    open();
    expect(circuit.aside).toEqual({ reason: "circuit", until: clock.now() + 100 });
    circuit.record({ exhausted: 150 }, circuit.ticket(), policy);
    expect(circuit.aside).toEqual({ reason: "exhausted", until: clock.now() + 150 });
    await clock.advance(100);
    expect(circuit.aside?.reason).toBe("exhausted");
    expect(circuit.isHalfOpen).toBe(true);
    await clock.advance(50);
    expect(circuit.aside).toBeUndefined();
    expect(circuit.claimProbe()).toBeDefined();
  });

  test("gets the probe back from a call that was told to come later", async () => {
    const { clock, circuit, open, probe } = setUp();
    open();
    await clock.advance(100);
    circuit.record({ exhausted: 20 }, probe(), policy);
    expect(circuit.aside?.reason).toBe("exhausted");
    await clock.advance(20);
    expect(circuit.claimProbe()).toBeDefined();
  });
});

describe("a release", () => {
  test("forgives everything: failures, cooling, and what comes late", async () => {
    const { clock, circuit, fail, open, probe, asideMs } = setUp();
    open();
    await clock.advance(100);
    fail(probe());
    const before = circuit.ticket();
    circuit.record({ exhausted: 5_000 }, before, policy);
    circuit.release();
    expect(circuit.aside).toBeUndefined();
    for (let times = 0; times < 9; times += 1) fail(before);
    expect(circuit.aside).toBeUndefined();
    open();
    expect(asideMs()).toBe(100);
  });
});

describe("an outcome that is told long after", () => {
  test("counts as of the time that its call began at: a success from before the opening closes nothing", async () => {
    const { clock, circuit, succeed, open } = setUp();
    const before = clock.now();
    await clock.advance(5);
    open();
    succeed(circuit.ticketOf(before));
    expect(circuit.aside).toBeDefined();
    await clock.advance(5);
    succeed(circuit.ticketOf(clock.now()));
    expect(circuit.aside).toBeUndefined();
  });

  test("of a call from before a release says nothing", async () => {
    const { clock, circuit } = setUp();
    const before = clock.now();
    await clock.advance(5);
    circuit.release();
    circuit.record("unauthorized", circuit.ticketOf(before), policy);
    expect(circuit.aside).toBeUndefined();
    circuit.record("unauthorized", circuit.ticketOf(clock.now() + 1), policy);
    expect(circuit.aside).toBeDefined();
  });

  test("counts as any other where the circuit never opened", () => {
    const { circuit, fail } = setUp();
    for (let times = 0; times < 3; times += 1) fail(circuit.ticketOf(0));
    expect(circuit.aside?.reason).toBe("circuit");
  });
});

/** What all processes found, the right to try it being another's. */
const seen = (phase: Partial<SeenPhase> | undefined, rest: Partial<SeenCircuit> = {}): SeenCircuit => ({
  phase: phase && { kind: "open", leftMs: 100, coolingMs: 100, isOurs: false, claimableMs: 125, ...phase },
  isUnauthorized: false,
  exhaustedMs: undefined,
  ...rest,
});

describe("what another process found", () => {
  test("is taken over: an opening, whose end a success of a call that began before does not bring nearer", async () => {
    const { clock, circuit, succeed, told } = setUp();
    const before = circuit.ticket();
    circuit.adopt(seen({ leftMs: 70, coolingMs: 200, claimableMs: 120 }));
    expect(circuit.aside).toEqual({ reason: "circuit", until: clock.now() + 70 });
    succeed(before);
    expect(circuit.aside).toBeDefined();
    succeed(circuit.ticket());
    expect(circuit.aside).toBeUndefined();
    expect(told).toHaveLength(2);
  });

  test("is not tried here when its cooling ends, and is asked for once its owner made nothing of that", async () => {
    const { clock, circuit, wanted } = setUp();
    circuit.adopt(seen({}));
    for (const [ms, times] of [
      [100, 0],
      [24, 0],
      [1, 1],
      [50, 2],
    ] as const) {
      await clock.advance(ms);
      circuit.want();
      expect(wanted).toHaveLength(times);
      expect(circuit.claimProbe()).toBeUndefined();
      expect(circuit.aside?.reason).toBe("circuit");
    }
  });

  test("is offered again when nobody in the fleet makes anything of it, until a call asks to try it", async () => {
    const { clock, circuit, wanted } = setUp();
    circuit.adopt(seen({}));
    await clock.advance(199);
    expect(circuit.aside).toBeDefined();
    await clock.advance(1);
    expect(circuit.aside).toBeUndefined();
    expect(circuit.isHalfOpen).toBe(false);
    circuit.want();
    expect(wanted).toEqual([false]);
    expect(circuit.aside?.until).toBe(clock.now() + 100);
  });

  test("may be tried before its time where a health check passed", () => {
    const { circuit, wanted } = setUp();
    circuit.adopt(seen({}));
    circuit.letProbe();
    expect(wanted).toEqual([true]);
    circuit.adopt(seen({ kind: "probing" }));
    circuit.letProbe();
    expect(wanted).toEqual([true]);
  });

  test("is this process's to try where the right to it is, for as long as it takes", async () => {
    const { clock, circuit, probe } = setUp();
    circuit.adopt(seen({ isOurs: true, leftMs: 40, coolingMs: 200 }));
    expect(circuit.aside?.until).toBe(clock.now() + 40);
    await clock.advance(40);
    expect(circuit.isHalfOpen).toBe(true);
    await clock.advance(1e6);
    circuit.record("retryable", probe(), policy);
    expect(circuit.aside?.until).toBe(clock.now() + 400);
  });

  test("a probe that is under way here goes on, whatever the others know of it", async () => {
    const { clock, circuit, open, probe, succeed } = setUp();
    open();
    await clock.advance(100);
    const ticket = probe();
    circuit.adopt(seen({ kind: "probing", isOurs: true }));
    succeed(ticket);
    expect(circuit.finding.circuit).toEqual({ kind: "closed" });
  });

  test("a closing closes it, and what else puts it aside comes and goes as the others know it", async () => {
    const { clock, circuit, open } = setUp();
    open();
    circuit.adopt(seen(undefined, { isUnauthorized: true, exhaustedMs: 30 }));
    expect(circuit.aside).toEqual({ reason: "unauthorized", until: undefined });
    circuit.adopt(seen(undefined, { exhaustedMs: 30 }));
    expect(circuit.aside).toEqual({ reason: "exhausted", until: clock.now() + 30 });
    await clock.advance(30);
    expect(circuit.aside).toBeUndefined();
    expect(circuit.finding).toEqual({
      circuit: { kind: "closed" },
      isUnauthorized: false,
      exhaustedMs: undefined,
    });
  });

  test("without anybody to ask, it is tried here", () => {
    const { circuit } = setUp();
    circuit.adopt(seen({}));
    circuit.goAlone();
    expect(circuit.claimProbe()).toBeDefined();
  });
});

test("the others hear of all that is found here, and of nothing else", async () => {
  const { clock, circuit, found, open, fail, succeed, probe } = setUp();
  const news = (times: number) => expect(found.splice(0)).toHaveLength(times);
  fail();
  succeed();
  circuit.record("rejected", circuit.ticket(), policy);
  circuit.adopt(seen({}));
  circuit.adopt(seen(undefined));
  news(0);
  open();
  news(1);
  await clock.advance(100);
  news(0);
  circuit.returnProbe(probe());
  news(2);
  succeed(probe());
  news(2);
  circuit.record("unauthorized", circuit.ticket(), policy);
  circuit.record({ exhausted: 10 }, circuit.ticket(), policy);
  news(2);
});

test("the others hear of it once where calls go on, for there is nothing else", async () => {
  const { clock, circuit, found } = setUp();
  const record = (outcome: Outcome) => circuit.record(outcome, circuit.ticket(), policy);
  for (let calls = 0; calls < 9; calls += 1) record("unauthorized");
  expect(found.splice(0)).toHaveLength(1);
  for (let calls = 0; calls < 20; calls += 1) {
    record({ exhausted: 1_000 });
    await clock.advance(10);
  }
  expect(found.splice(0)).toHaveLength(1);
  for (let calls = 0; calls < 100; calls += 1) {
    record({ exhausted: 1_000 });
    await clock.advance(10);
  }
  expect(found.splice(0)).toHaveLength(4);
  circuit.release();
  record("unauthorized");
  record({ exhausted: 10 });
  expect(found).toHaveLength(2);
});

test("has one timer at most, and none once it has ended, after which it does not change", async () => {
  const { clock, circuit, open, fail, told } = setUp();
  circuit.record({ exhausted: 50 }, 0, policy);
  open();
  circuit.record({ exhausted: 500 }, circuit.ticket(), policy);
  expect(clock.pending).toBe(1);
  circuit.close();
  expect(clock.pending).toBe(0);
  const before = [...told];
  const { aside } = circuit;
  for (let times = 0; times < 9; times += 1) fail();
  circuit.record("success", circuit.ticket(), policy);
  circuit.letProbe();
  circuit.release();
  circuit.adopt(seen({ leftMs: 1e6 }));
  await clock.advance(1_000);
  expect(told).toEqual(before);
  expect(circuit.aside).toBe(aside);
  expect(clock.pending).toBe(0);
});
