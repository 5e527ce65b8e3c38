import { describe, expect, test } from "vitest";
import { coalesce } from "../../src/following/coalesce.ts";
import { Gate } from "../runtime/gate.ts";
import { settle } from "../runtime/manual-clock.ts";

/** Work that goes on until the test ends it, and how much of it there was. */
function work() {
  const state = { started: 0, running: 0, mostAtOnce: 0, gates: [] as Gate[] };
  const run = coalesce(async () => {
    const gate = new Gate();
    state.gates.push(gate);
    state.started += 1;
    state.running += 1;
    state.mostAtOnce = Math.max(state.mostAtOnce, state.running);
    await gate.passed;
    state.running -= 1;
  });
  return { state, run };
}

describe("coalesced work", () => {
  test("starts at once when none is running", () => {
    const { state, run } = work();
    void run();
    expect(state.started).toBe(1);
  });

  test("that is asked for while it runs is done once more, for all who asked", async () => {
    const { state, run } = work();
    const first = run();
    const later = [run(), run(), run()];
    expect(new Set(later).size).toBe(1);
    state.gates[0]?.open();
    await first;
    await settle();
    expect(state.started).toBe(2);
    state.gates[1]?.open();
    await Promise.all(later);
    expect(state.started).toBe(2);
  });

  test("never runs twice at a time, also when it is asked for at the moment of its end", async () => {
    const { state, run } = work();
    const first = run();
    void run();
    const third = first.then(() => run());
    const fourth = first.then(() => undefined).then(() => run());
    state.gates[0]?.open();
    await settle();
    expect(state.mostAtOnce).toBe(1);
    for (let turn = 0; turn < 5; turn += 1) {
      for (const gate of state.gates) gate.open();
      await settle();
    }
    await Promise.all([third, fourth]);
    expect(state.mostAtOnce).toBe(1);
  });

  test("that fails, fails for those who asked for it, and is started anew for the others", async () => {
    let attempts = 0;
    const run = coalesce(async () => {
      attempts += 1;
      await settle();
      if (attempts === 1) throw new Error("down");
    });
    const first = run();
    const second = run();
    await expect(first).rejects.toThrow("down");
    await expect(second).resolves.toBeUndefined();
    await expect(run()).resolves.toBeUndefined();
    expect(attempts).toBe(3);
  });
});
