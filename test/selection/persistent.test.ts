import { describe, expect, test } from "vitest";
import { hashText } from "../../src/definition/hash-text.ts";
import { PersistentIndex } from "../../src/selection/persistent-index.ts";
import { PersistentMap } from "../../src/selection/persistent-map.ts";

/** More than one bucket holds. */
const ids = Array.from({ length: 1_000 }, (_, number) => `id ${number}`);

describe("a map that grows by many changes", () => {
  const filled = () => PersistentMap.empty<number>().with(new Map(ids.map((id, number) => [id, number])));

  test("has all its entries, and the next one leaves it as it was", () => {
    const full = filled();
    const next = full.with(
      new Map([
        ["id 7", undefined],
        ["id 8", -8],
        ["id none", undefined],
      ]),
    );
    expect([full.size, next.size]).toEqual([1_000, 999]);
    for (const [number, id] of ids.entries()) expect(full.get(id)).toBe(number);
    expect([next.get("id 7"), next.get("id 8"), next.get("id 9")]).toEqual([undefined, -8, 9]);
    expect([next.has("id 7"), next.has("id 8"), next.has("id none")]).toEqual([false, true, false]);
    expect(new Map(full)).toEqual(new Map(ids.map((id, number) => [id, number])));
    expect([...full.keys()].sort()).toEqual(ids.toSorted());
    expect([...full.values()].sort((one, other) => one - other)).toEqual([...ids.keys()]);
  });

  test("is the same after no change", () => {
    const full = filled();
    expect(full.with(new Map())).toBe(full);
  });
});

describe("an index that grows by many values", () => {
  const values = ids.map((id) => ({ id }));
  type Value = (typeof values)[number];
  const filled = () => PersistentIndex.empty<Value>(({ id }) => hashText(id)).with(new Set(), values);
  const find = (index: PersistentIndex<Value>, id: string) =>
    index.find(hashText(id), (value) => value.id === id);

  test("finds all of them, and the next one leaves it as it was", () => {
    const full = filled();
    const [first, second] = values as [Value, Value];
    const anew = { id: second.id };
    const next = full.with(new Set([first, second]), [anew]);
    expect([full.size, next.size]).toEqual([1_000, 999]);
    for (const value of values) expect(find(full, value.id)).toBe(value);
    expect(find(next, first.id)).toBeUndefined();
    expect(find(next, second.id)).toBe(anew);
    expect(new Set(next)).toEqual(new Set([anew, ...values.slice(2)]));
  });

  test("is the same after no change", () => {
    const full = filled();
    expect(full.with(new Set(), [])).toBe(full);
  });
});
