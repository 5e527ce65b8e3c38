import { describe, expect, test } from "vitest";
import { spreadPriorities } from "../../src/control/items/spread-priorities.ts";

describe("the priorities of items in a wanted order", () => {
  test.each([
    ["are those they have, in rising order", [30, 10, 20], [10, 20, 30]],
    ["stay, when they are in order already", [-5, 0, 7], [-5, 0, 7]],
    ["are parted by the least that does it where they are equal", [0, 0, 0], [0, 1, 2]],
    ["push on what they run into", [5, 5, 6, 9], [5, 6, 7, 9]],
    ["end at the highest there is", [32_767, 32_767, 32_766], [32_765, 32_766, 32_767]],
    ["push back from there no further than needed", [0, 32_767, 32_767], [0, 32_766, 32_767]],
    ["of one item are its own", [4], [4]],
    ["of none are none", [], []],
  ])("%s", (_title, current, expected) => {
    expect(spreadPriorities(current)).toEqual(expected);
  });

  test("are not written into the list that was given", () => {
    const current = [3, 1];
    spreadPriorities(current);
    expect(current).toEqual([3, 1]);
  });
});
