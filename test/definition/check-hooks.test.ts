import { InvalidOptionError, UnknownOptionError } from "plugbay";
import { describe, expect, test } from "vitest";
import { checkHooks } from "../../src/definition/check-hooks.ts";

const stage = () => undefined;

describe("hooks", () => {
  test("are none where none are given", () => {
    expect(checkHooks(undefined)).toEqual([]);
    expect(checkHooks([])).toEqual([]);
  });

  test("are kept in a list of their own, frozen", () => {
    const hooks = [
      { before: stage },
      { after: stage, error: undefined },
      { error: stage },
      { finally: stage },
    ];
    const checked = checkHooks(hooks);
    expect(checked).toEqual(hooks);
    expect(checked).not.toBe(hooks);
    expect(checked).toSatisfy(Object.isFrozen);
  });

  test("may be of a class, which has things of its own", () => {
    class Counter {
      count = 0;
      after(): void {
        this.count += 1;
      }
    }
    expect(checkHooks([new Counter()])).toHaveLength(1);
  });

  test.each([
    ["one that is in no list", { before: stage }, "they are a list of hooks"],
    ["null", [null], "each is an object with a before, after, error or finally"],
    ["a function", [stage], "each is an object with a before, after, error or finally"],
    ["one without a stage", [{}], "each has at least one of before, after, error and finally, a function"],
    ["one whose stage is none", [{ before: stage, after: 3 }], "each has at least one of before"],
  ])("are refused with %s", (_, hooks, message) => {
    expect(() => checkHooks(hooks)).toThrow(InvalidOptionError);
    expect(() => checkHooks(hooks)).toThrow(message);
    expect(() => checkHooks(hooks)).toThrow("hooks");
  });

  test("are refused with their name and what they are", () => {
    expect(() => checkHooks("trace")).toThrow('option "hooks" is "trace"; they are a list of hooks');
  });

  test("are refused with a misspelt stage", () => {
    expect(() => checkHooks([{ before: stage, afer: stage }])).toThrow(UnknownOptionError);
    expect(() => checkHooks([{ before: stage, afer: stage }])).toThrow("a hook");
  });
});
