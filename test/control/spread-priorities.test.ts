import { describe, expect, test } from "vitest";
import { type Placed, spreadPriorities } from "../../src/control/items/spread-priorities.ts";

const ascending = () => true;
const descending = () => false;
const of = (...priorities: number[]): Placed[] => priorities.map((priority) => ({ priority }));

describe("the priorities of items in a wanted order", () => {
  test.each([
    ["stay, when they are in order already", of(-5, 0, 7), [-5, 0, 7]],
    ["use the middle of a gap", of(10, 30, 20, 40), [10, 15, 20, 40]],
    ["leave room before the first", of(30, 10, 20), [0, 10, 20]],
    ["leave room behind the last", of(20, 30, 10), [20, 30, 40]],
    ["part equal ones", of(0, 0, 0), [-20, -10, 0]],
    ["move the fewest neighbours where there is no gap", of(0, 1, 5, 2, 3, 4), [-28, -18, -8, 2, 3, 4]],
    [
      "leave the highest there is, where it has nothing above it",
      of(32_767, 32_767, 32_766),
      [32_746, 32_756, 32_766],
    ],
    ["begin at the lowest there is", of(5, -32_767), [-32_768, -32_767]],
    ["of one item are its own", of(4), [4]],
    ["of none are none", [], []],
  ])("%s", (_title, places, expected) => {
    expect(spreadPriorities(places, descending)).toEqual(expected);
  });

  test("stay where they are equal and the names are in order", () => {
    expect(spreadPriorities(of(0, 0, 0), ascending)).toEqual([0, 0, 0]);
  });

  test("are taken from those that are written anyway", () => {
    const places = [{ priority: 20 }, { priority: 5, isWritten: true }, { priority: 10, isWritten: true }];
    expect(spreadPriorities(places, descending)).toEqual([20, 30, 40]);
  });
});
