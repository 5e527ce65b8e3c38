import { describe, expect, test } from "vitest";
import type { AttemptReport } from "../../src/calling/run-options.ts";
import { type CallSight, type CallWatcher, type WatchedCall, Watchers } from "../../src/calling/watchers.ts";
import { collectWarnings } from "../runtime/collect-warnings.ts";

const call: WatchedCall = {
  type: { manager: "apps/otp", name: "otp" },
  runId: "1",
  kind: "run",
  method: undefined,
};
const report = { outcome: "success" } as AttemptReport;
const end = { item: undefined, attempts: 1, durationMs: 5, failure: undefined };
const item = report.item;

const watching = (sight: CallSight = {}): CallWatcher => ({ isWatching: true, begin: () => sight });

/** A watcher that notes what it sees of calls, and of their attempts. */
const noting = (name: string, notes: string[]): CallWatcher =>
  watching({
    within: (begin) => {
      notes.push(`${name} in`);
      begin();
      notes.push(`${name} out`);
    },
    attempt: (_item, attempt) => {
      notes.push(`${name} attempt ${attempt}`);
      return { ended: ({ outcome }) => void notes.push(`${name} ${outcome}`) };
    },
    ended: ({ durationMs }) => void notes.push(`${name} ended after ${durationMs}`),
  });

describe("who watches calls", () => {
  test("is told of those that begin from then on, until that is ended", () => {
    const notes: string[] = [];
    const watchers = new Watchers();
    expect(watchers.isWatching).toBe(false);
    const [stop] = [watchers.add(noting("a", notes)), watchers.add(noting("b", notes))];
    expect(watchers.isWatching).toBe(true);
    watchers.begin(call).ended(end);
    stop();
    expect(watchers.isWatching).toBe(true);
    watchers.begin(call).ended(end);
    expect(notes).toEqual(["a ended after 5", "b ended after 5", "b ended after 5"]);
  });

  test("is told of nothing while it does not want to be", () => {
    const warnings = collectWarnings();
    const notes: string[] = [];
    const watchers = new Watchers();
    watchers.add({ ...noting("a", notes), isWatching: false });
    expect(watchers.isWatching).toBe(false);
    watchers.add(noting("b", notes));
    expect(watchers.isWatching).toBe(true);
    watchers.begin(call).ended(end);
    expect([notes, warnings]).toEqual([["b ended after 5"], []]);
  });

  test("surrounds what those do that came later", () => {
    const notes: string[] = [];
    const watchers = new Watchers();
    for (const name of ["a", "b"]) watchers.add(noting(name, notes));
    expect(watchers.begin(call).within(() => notes.push("call"))).toBe(3);
    expect(notes).toEqual(["a in", "b in", "call", "b out", "a out"]);
  });

  test("cannot begin a call again while it begins", () => {
    let again = (): void => undefined;
    const watchers = new Watchers();
    watchers.add(
      watching({
        within: (begin) => {
          again = begin;
          begin();
        },
      }),
    );
    let begun = 0;
    watchers.begin(call).within(() => {
      begun += 1;
      again();
    });
    expect(begun).toBe(1);
  });

  test("is told of each attempt, and once", () => {
    const warnings = collectWarnings();
    const notes: string[] = [];
    const watchers = new Watchers();
    watchers.add(noting("a", notes));
    const sight = watchers.begin(call);
    sight.attempted(report);
    sight.attempt(item, 1, () => undefined);
    sight.attempted(report);
    sight.attempted(report);
    expect([notes, warnings]).toEqual([["a attempt 1", "a success"], []]);
  });

  test("may leave out whatever it does not want to see", () => {
    const warnings = collectWarnings();
    const watchers = new Watchers();
    watchers.add(watching());
    watchers.add(watching({ attempt: () => ({}) }));
    const sight = watchers.begin(call);
    expect(sight.within(() => sight.attempt(item, 1, () => "well"))).toBe("well");
    sight.attempted(report);
    sight.ended(end);
    expect(warnings).toEqual([]);
  });
});

describe("a watcher that misbehaves", () => {
  const fail = (): never => {
    throw new Error("the exporter is gone");
  };

  test.each<[string, CallWatcher]>([
    ["as a call begins", { isWatching: true, begin: fail }],
    ["around it", watching({ within: fail })],
    ["as an attempt begins", watching({ attempt: fail })],
    ["around an attempt", watching({ attempt: () => ({ within: fail }) })],
    ["when an attempt ends", watching({ attempt: () => ({ ended: fail }) })],
    ["when the call ends", watching({ ended: fail })],
  ])("by throwing %s is warned of once, and the others go on", (_title, broken) => {
    const warnings = collectWarnings();
    const notes: string[] = [];
    const watchers = new Watchers();
    watchers.add(broken);
    watchers.add(noting("b", notes));
    for (let time = 0; time < 2; time += 1) {
      const sight = watchers.begin(call);
      expect(sight.within(() => sight.attempt(item, 1, () => "well"))).toBe("well");
      sight.attempted(report);
      sight.ended(end);
    }
    const once = ["b in", "b attempt 1", "b out", "b success", "b ended after 5"];
    expect(notes).toEqual([...once, ...once]);
    expect(warnings).toEqual(["what watches the calls of plugbay threw; calls go on without it"]);
  });

  test.each<[string, (begin: () => void) => void]>([
    ["never", () => undefined],
    ["twice", (begin) => [begin(), begin()]],
    [
      "and throws",
      (begin) => {
        begin();
        fail();
      },
    ],
  ])("by beginning the call %s begins it once, and hears nothing of what that throws", (_title, within) => {
    collectWarnings();
    const watchers = new Watchers();
    watchers.add(watching({ within }));
    let begun = 0;
    const begin = (): never => {
      begun += 1;
      throw new Error("of the call");
    };
    expect(() => watchers.begin(call).within(begin)).toThrow("of the call");
    expect(begun).toBe(1);
  });
});
