import fc from "fast-check";
import { expect, test } from "vitest";
import { Circuit } from "../../src/instances/circuit.ts";
import type { Aside } from "../../src/instances/circuit-state.ts";
import { ManualClock } from "../runtime/manual-clock.ts";
import { CircuitModel, type ModelCall, type ModelOutcome } from "./circuit-model.ts";
import { seed, times } from "./times.ts";

const policy = { failures: 3, coolingMs: 100, maxCoolingMs: 400 };

const outcome: fc.Arbitrary<ModelOutcome> = fc.oneof(
  { weight: 8, arbitrary: fc.constant("failure" as const) },
  { weight: 2, arbitrary: fc.constant("success" as const) },
  { weight: 2, arbitrary: fc.constantFrom("rejected" as const, "aborted" as const) },
  { weight: 1, arbitrary: fc.record({ exhausted: fc.constantFrom(0, 40, 150, 900) }) },
  { weight: 1, arbitrary: fc.constantFrom("unauthorized" as const, "failure" as const) },
);

/** What may happen: a call that ends at once, one that begins, one that asks for no probe, one that ends, and the rest. */
const step = fc.oneof(
  { weight: 10, arbitrary: fc.record({ kind: fc.constant("call" as const), outcome }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom("begin" as const, "beside" as const) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("end" as const), index: fc.nat(), outcome }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant("wait" as const),
      ms: fc.constantFrom(1, 50, 99, 100, 200, 400, 1_000, 4_000),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom("check" as const, "release" as const) }) },
);

interface Call {
  readonly ticket: number;
  readonly model: ModelCall;
}

/** A circuit and its model, to which the same happens. */
class Pair {
  readonly clock = new ManualClock();
  readonly told: (Aside | undefined)[] = [undefined];
  readonly circuit: Circuit = new Circuit(this.clock, () => this.told.push(this.circuit.aside));
  readonly model = new CircuitModel(policy);

  begin(): Call {
    const model = this.model.begin(this.clock.monotonic());
    const ticket = this.circuit.isHalfOpen ? this.circuit.claimProbe() : this.circuit.ticket();
    return { ticket: ticket ?? -1, model };
  }

  beside(): Call {
    return { ticket: this.circuit.ticket(), model: this.model.beginBeside() };
  }

  end({ ticket, model }: Call, ended: ModelOutcome): void {
    this.model.end(model, ended, this.clock.monotonic());
    if (ended === "aborted") this.circuit.returnProbe(ticket);
    else this.circuit.record(ended === "failure" ? "ambiguous" : ended, ticket, policy);
  }

  check(): void {
    this.model.check(this.clock.monotonic());
    this.circuit.letProbe();
  }

  release(): void {
    this.model.release(this.clock.monotonic());
    this.circuit.release();
  }

  compare(): void {
    const { clock, circuit, model, told } = this;
    const now = clock.monotonic();
    const { aside } = circuit;
    const zero = clock.now() - now;
    const found = aside && { ...aside, until: aside.until === undefined ? undefined : aside.until - zero };
    expect(found).toEqual(model.aside(now));
    expect(circuit.isHalfOpen).toBe(model.isHalfOpen(now));
    expect(clock.pending).toBeLessThanOrEqual(1);
    expect(told.at(-1)).toBe(aside);
  }
}

test("a circuit is put aside as a naive model says, tells of each change, and has one timer at most", async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 120 }), async (steps) => {
      const pair = new Pair();
      const calls: Call[] = [];
      for (const one of steps) {
        if (one.kind === "call") pair.end(pair.begin(), one.outcome);
        else if (one.kind === "begin") calls.push(pair.begin());
        else if (one.kind === "beside") calls.push(pair.beside());
        else if (one.kind === "end") {
          const [call] = calls.length === 0 ? [] : calls.splice(one.index % calls.length, 1);
          if (call) pair.end(call, one.outcome);
        } else if (one.kind === "wait") await pair.clock.advance(one.ms);
        else pair[one.kind]();
        pair.compare();
        seen.add(pair.circuit.aside?.reason ?? pair.circuit.finding.circuit.kind);
        if (pair.circuit.finding.circuit.kind === "probing") seen.add("probing");
      }
      const { told } = pair;
      for (const [index, aside] of told.slice(1).entries()) expect(aside).not.toEqual(told[index]);
      pair.circuit.close();
      expect(pair.clock.pending).toBe(0);
    }),
    { ...seed, numRuns: Math.ceil(1_000 * times) },
  );
  if (times < 1) return;
  expect([...seen].sort()).toEqual([
    "circuit",
    "closed",
    "exhausted",
    "half-open",
    "probing",
    "unauthorized",
  ]);
});
