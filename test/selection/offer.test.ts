import { describe, expect, test } from "vitest";
import { nextOffer, noOffer, type Standing } from "../../src/selection/offer.ts";
import { item } from "./rows.ts";

const standing: Standing = {
  isRetired: () => false,
  isReady: ({ name }) => name !== "failed",
  instanceOf: ({ name }) => ({ name }),
};
const [first, second, reserve] = [item("a"), item("b"), item("c", { status: "reserve" })];

describe("an offer", () => {
  test("keeps the lists that a change leaves as they are", () => {
    const before = nextOffer(noOffer, [], [first, reserve, item("failed")], standing);
    const after = nextOffer(before, [], [second], standing);
    expect(after.candidates.reserve).toBe(before.candidates.reserve);
    const nothing = nextOffer(before, [], [], standing);
    expect(nothing.inUse).toBe(before.inUse);
    expect(nothing.candidates.active).toBe(before.candidates.active);
    expect(nothing.instances).toBe(before.instances);
  });

  test("has one list of those in use and of those that serve where they are the same", () => {
    const { inUse, candidates } = nextOffer(noOffer, [], [second, first], standing);
    expect(candidates.active).toBe(inUse);
    expect(inUse).toEqual([first, second]);
  });

  test("asks of no item that is disabled whether it is ready", () => {
    const asked: string[] = [];
    const isReady = ({ name }: { readonly name: string }) => asked.push(name) > 0;
    const { inUse } = nextOffer(noOffer, [], [first, reserve, item("off", { status: "disable" })], {
      ...standing,
      isReady,
    });
    expect(asked).toEqual(["a", "c"]);
    expect(inUse.map(({ name }) => name)).toEqual(["a", "c", "off"]);
  });
});
