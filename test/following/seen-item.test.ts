import { expect, test } from "vitest";
import { seenItem } from "../../src/following/circuits/seen-item.ts";
import type { StoredCircuit, StoredPhase } from "../../src/store/stored-circuit.ts";

const now = 1_000_000;
const by = { me: "me", now, localNow: 5_000 };
const stored = (phase: Partial<StoredPhase> | null, rest: Partial<StoredCircuit> = {}): StoredCircuit => ({
  ...{ config: "00", isUnauthorized: false, exhaustedUntil: null, failures: null },
  phase: phase && {
    ...{ kind: "open", until: now + 300, coolingMs: 400, owner: "you", claimableAt: now + 400, leaseMs: 0 },
    ...phase,
  },
  ...rest,
});

test("times are told from now, and by the process's own clock", () => {
  const failures = { count: 3, error: "HTTP 503", at: now - 50 };
  expect(seenItem(stored({ owner: "me" }, { exhaustedUntil: now + 70, failures }), by)).toEqual({
    phase: { kind: "open", leftMs: 300, coolingMs: 400, isOurs: true, claimableMs: 400 },
    isUnauthorized: false,
    exhaustedMs: 70,
    failures: { count: 3, error: new Error("HTTP 503"), at: 4_950 },
  });
});

test("what is over says nothing", () => {
  expect(seenItem(stored(null, { exhaustedUntil: now - 1 }), by)).toBeUndefined();
});

test("a clock of the database that was set back leaves nothing aside for longer than was meant", () => {
  const hour = 3_600_000;
  const row = stored({ until: now + hour, claimableAt: now + hour });
  expect(seenItem(row, by)?.phase).toMatchObject({ leftMs: 400, claimableMs: 800 });
  const taken = stored({ kind: "half-open", until: now, claimableAt: now + hour, leaseMs: 1_600 });
  expect(seenItem(taken, by)?.phase).toMatchObject({ leftMs: 0, claimableMs: 1_600 });
});
