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

test("an index of one bucket finds what comes, as many as leave, in their places or in others", () => {
  interface Value {
    readonly name: string;
  }
  const named = (name: string): Value => ({ name });
  const before = Array.from({ length: 100 }, (_, number) => named(`n ${number}`));
  const index = PersistentIndex.empty<Value>(({ name }) => hashText(name)).with(new Set(), before);
  const find = (of: typeof index, name: string) => of.find(hashText(name), (value) => value.name === name);
  const [one, two, three] = before as [Value, Value, Value];
  for (const coming of [
    [named(one.name), named(two.name), named(three.name)],
    [named(three.name), named(one.name), named(two.name)],
    [named(one.name), named("new 1"), named(three.name)],
    [named("new 1"), named("new 2"), named("new 3")],
    [named("new 1"), named("new 2")],
    [named("new 1"), named("new 2"), named("new 3"), named("new 4")],
  ]) {
    const after = index.with(new Set([one, two, three]), coming);
    expect(after.size).toBe(97 + coming.length);
    for (const value of [...before.slice(3), ...coming]) expect(find(after, value.name)).toBe(value);
    const names = new Set(coming.map(({ name }) => name));
    for (const { name } of [one, two, three]) expect(find(after, name) !== undefined).toBe(names.has(name));
    expect(new Set(after)).toEqual(new Set([...before.slice(3), ...coming]));
  }
  for (const value of before) expect(find(index, value.name)).toBe(value);
});
