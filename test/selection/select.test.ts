import { SelectorError } from "plugbay";
import { describe, expect, test } from "vitest";
import { selectDefault, selectWith } from "../../src/selection/select.ts";
import { item } from "./rows.ts";

const type = { manager: "apps/otp", name: "otp" };
const a = item("a");
const b = item("b");
const c = item("c", { status: "reserve" });
const candidates = { active: [a, b], reserve: [c] };

describe("the default selection is", () => {
  test("the first active candidate", () => {
    expect(selectDefault(candidates)).toBe(a);
  });

  test("the first in reserve when none is active", () => {
    expect(selectDefault({ active: [], reserve: [c] })).toBe(c);
  });

  test("none when there are no candidates", () => {
    expect(selectDefault({ active: [], reserve: [] })).toBeUndefined();
  });
});

describe("a custom selector", () => {
  test("gets the candidates and the arguments", () => {
    const calls: unknown[][] = [];
    const selector = (...call: [typeof candidates, string, number]) => {
      calls.push(call);
      return b;
    };
    expect(selectWith<[string, number]>(selector as never, type, candidates, ["NL", 7])).toBe(b);
    expect(calls).toEqual([[candidates, "NL", 7]]);
  });

  test("may choose one in reserve while others are active", () => {
    expect(selectWith(({ reserve }) => reserve[0], type, candidates, [])).toBe(c);
  });

  test.each([undefined, null])("may choose none, by %s", (nothing) => {
    expect(selectWith(() => nothing as undefined, type, candidates, [])).toBeUndefined();
  });

  test.each([
    ["a stranger", item("stranger")],
    ["a copy of a candidate", { ...a }],
    ["a name", "a"],
  ])("is refused when it returns %s", (_title, answer) => {
    const select = () => selectWith(() => answer as never, type, candidates, []);
    expect(select).toThrow(SelectorError);
    expect(select).toThrow(
      'the selector of plugin type "otp" of "apps/otp" returned something that is not one of its candidates',
    );
  });

  test("is told to choose at once when it returns a promise of a candidate", () => {
    const select = () => selectWith(() => Promise.resolve(a) as never, type, candidates, []);
    expect(select).toThrow(SelectorError);
    expect(select).toThrow(/returned a promise; it has to choose at once$/);
  });

  test("that throws surfaces as a SelectorError with the cause", () => {
    const cause = new RangeError("no such country");
    const select = () =>
      selectWith(
        () => {
          throw cause;
        },
        type,
        candidates,
        [],
      );
    expect(select).toThrow('the selector of plugin type "otp" of "apps/otp" threw: no such country');
    expect(select).toThrow(expect.objectContaining({ code: "SELECTOR_FAILED", type, cause }));
  });
});
