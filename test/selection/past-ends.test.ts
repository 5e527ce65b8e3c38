import { describe, expect, test } from "vitest";
import { endItems, withoutEnded } from "../../src/selection/past-ends.ts";
import { emptySnapshot, succeed } from "../../src/selection/snapshot.ts";
import { itemRow, rows, typeRow } from "./rows.ts";

const until = "2030-03-01T00:00:00.000Z";
const end = Date.parse(until);
const by = { by: "sara", since: "2030-02-01T00:00:00.000Z" };
const hold = { reason: "maintenance", until, ...by };
const lead = { until, ...by };

const all = rows(3, {
  types: [typeRow("otp")],
  items: [
    itemRow("otp", "held", { hold }),
    itemRow("otp", "first", { lead }),
    itemRow("otp", "aside", { hold: { reason: "broken", ...by } }),
    itemRow("otp", "plain"),
  ],
});

describe("the rows of a time of day", () => {
  test("are the same as long as no hold or lead has ended", () => {
    expect(withoutEnded(all, end - 1)).toBe(all);
  });

  test("are without the holds and leads that have ended, and with one that only a release ends", () => {
    const [held, first, aside, plain] = all.items;
    expect(withoutEnded(all, end)).toEqual({
      ...all,
      items: [{ ...held, hold: null }, { ...first, lead: null }, aside, plain],
    });
  });
});

describe("a snapshot, when a hold or a lead of its items ends", () => {
  const { snapshot } = succeed(emptySnapshot, all);

  test("has these items without, under the same revision", () => {
    const next = endItems(snapshot, ["item held", "item first"], end);
    expect(next.changedItems.map(({ id }) => id)).toEqual(["item held", "item first"]);
    expect(next.snapshot.item("item held")).not.toHaveProperty("hold");
    expect(next.snapshot.item("item first")).not.toHaveProperty("lead");
    expect([...next.snapshot.items].map(({ typeId }) => typeId)).toEqual(Array(4).fill("type otp"));
    expect([next.snapshot.revision, next.snapshot.revisionId]).toEqual([3, "r3"]);
    expect(next.goneItems).toEqual([]);
    expect(next.changedTypes).toEqual(new Set(["type otp"]));
  });

  test("keeps what has not ended yet, and passes over items that are gone", () => {
    const next = endItems(snapshot, ["item held", "item gone", "item aside"], end - 1);
    expect(next.changedItems.map(({ id }) => id).sort()).toEqual(["item aside", "item held"]);
    expect(next.snapshot.item("item held")?.hold).toEqual(hold);
    expect(next.snapshot.item("item aside")?.hold).toEqual({ reason: "broken", ...by });
  });
});
