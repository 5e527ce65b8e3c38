import { expect, test } from "vitest";
import type { Found } from "../../src/seeing/attention/attention-entry.ts";
import { lasting, type Remembered, remember } from "../../src/seeing/attention/remember.ts";
import { at } from "./fleet.ts";

const time = (seconds: number): number => Date.parse(at(seconds));

const found = (key: string, since: number): Found => ({
  ...{
    key,
    code: "item-circuit",
    gravity: "warning",
    message: "it fails",
    fix: "mend it",
    details: {},
    mend: { code: "wait-or-release" },
    since: at(since),
  },
});

const again = (known: readonly Remembered[], keys: readonly string[], seconds: number): Remembered[] =>
  remember(
    known,
    keys.map((key) => found(key, seconds)),
    time(seconds),
  );

test("an entry that comes back within five minutes is the same one, and counted", () => {
  const first = again([], ["a"], 0);
  const gone = again(first, [], 60);
  expect(lasting(gone)).toEqual([]);
  const back = again(gone, ["a"], 300);
  expect(lasting(back)).toMatchObject([{ key: "a", since: at(0), times: 2 }]);
  expect(lasting(again(back, ["a"], 310))).toMatchObject([{ since: at(0), times: 2 }]);
});

test("later it is another one", () => {
  const gone = again(again([], ["a"], 0), [], 60);
  expect(lasting(again(gone, ["a"], 360))).toMatchObject([{ key: "a", since: at(360), times: 1 }]);
});

test("the end is remembered as it was first seen", () => {
  const gone = again(again([], ["a", "b"], 0), ["b"], 60);
  const still = again(gone, ["b"], 120);
  expect(still.map(({ entry, endedAt }) => [entry.key, endedAt])).toEqual([
    ["b", null],
    ["a", time(60)],
  ]);
});
