import { describe, expect, test } from "vitest";
import { areNewer, knownInRows, knownInSnapshot, replacesRows } from "../../src/selection/remains.ts";
import { emptySnapshot, succeed } from "../../src/selection/snapshot.ts";
import { itemRow, rows, typeRow } from "./rows.ts";

const types = [typeRow("otp"), typeRow("gateway")];
const items = [itemRow("otp", "sms"), itemRow("gateway", "stripe")];
const { snapshot } = succeed(emptySnapshot, rows(1, { types, items }));
const empty = succeed(emptySnapshot, rows(1, { types })).snapshot;

describe("what was known of a namespace", () => {
  test("are its items", () => {
    const known = { kind: "items", ids: ["item sms", "item stripe"] };
    expect(knownInSnapshot(snapshot)).toEqual({ ...known, ids: expect.arrayContaining(known.ids) });
    expect(knownInSnapshot(snapshot).ids).toHaveLength(2);
    expect(knownInRows(rows(1, { types, items }))).toEqual(known);
  });

  test("are its types, where it had no items", () => {
    const known = { kind: "types", ids: ["type otp", "type gateway"] };
    expect(knownInSnapshot(empty)).toEqual(known);
    expect(knownInRows(rows(1, { types }))).toEqual(known);
  });
});

test("rows are newer than a revision only where all of them are", () => {
  expect(areNewer([{ revision: 3 }, { revision: 4 }], 2)).toBe(true);
  expect(areNewer([{ revision: 3 }, { revision: 2 }], 2)).toBe(false);
  expect(areNewer([], 2)).toBe(true);
});

describe("changes replace rows that were deleted by hand where they bring", () => {
  test("a type that stands where another stood", () => {
    const anew = typeRow("otp", { id: "type otp 2" });
    expect(replacesRows(snapshot, rows(2, { types: [anew] }))).toBe(true);
    expect(replacesRows(snapshot, rows(2, { types: [anew], purged: ["type otp"] }))).toBe(false);
    const renamed = typeRow("otp", { name: "code" });
    expect(replacesRows(snapshot, rows(2, { types: [anew, renamed] }))).toBe(false);
  });

  test("an item that stands where another stood", () => {
    const anew = itemRow("otp", "sms", { id: "item sms 2" });
    expect(replacesRows(snapshot, rows(2, { items: [anew] }))).toBe(true);
    expect(replacesRows(snapshot, rows(2, { items: [anew], purged: ["item sms"] }))).toBe(false);
    const renamed = itemRow("otp", "text", { id: "item sms" });
    expect(replacesRows(snapshot, rows(2, { items: [anew, renamed] }))).toBe(false);
  });

  test("but not where they change rows in place, or bring new ones", () => {
    const changed = [itemRow("otp", "sms", { priority: 2 })];
    expect(replacesRows(snapshot, rows(2, { types, items: changed }))).toBe(false);
    const added = {
      types: [typeRow("notifier")],
      items: [itemRow("notifier", "push"), itemRow("otp", "mail")],
    };
    expect(replacesRows(snapshot, rows(2, added))).toBe(false);
  });
});
