import fc from "fast-check";
import { expect, test } from "vitest";
import { type Placed, spreadPriorities } from "../../src/control/items/spread-priorities.ts";

/** An item with the rank that its names have among all. */
interface Row extends Placed {
  readonly rank: number;
}

const [min, max] = [-32_768, 32_767];
const anyPriority = fc.oneof(
  fc.integer({ min, max }),
  fc.integer({ min: -2, max: 2 }),
  fc.integer({ min: max - 7, max }),
  fc.integer({ min, max: min + 3 }),
);

const rowsOf = (
  priority: fc.Arbitrary<number>,
  maxLength: number,
  isFixed: fc.Arbitrary<boolean> = fc.constant(false),
) =>
  fc.array(fc.record({ priority, isFixed, isWritten: fc.boolean() }), { maxLength }).chain((places) =>
    fc
      .shuffledSubarray(
        places.map((_, rank) => rank),
        { minLength: places.length },
      )
      .map((ranks): Row[] => places.map((place, index) => ({ ...place, rank: ranks[index] ?? 0 }))),
  );

const spreadRows = (rows: readonly Row[]) =>
  spreadPriorities(rows, (place) => (rows[place - 1]?.rank ?? 0) < (rows[place]?.rank ?? 0));

/** Whether one is served before another. */
const isBefore = (one: Row, other: Row): boolean =>
  one.priority < other.priority || (one.priority === other.priority && one.rank < other.rank);

const isOrdered = (rows: readonly Row[]): boolean =>
  rows.every((row, index) => index === 0 || isBefore(rows[index - 1] as Row, row));

const withPriorities = (rows: readonly Row[], priorities: readonly number[] = []): Row[] =>
  rows.map((row, index) => ({ ...row, priority: priorities[index] ?? Number.NaN }));

test("the order is exact, equal priorities included, and all of them are in range", () => {
  fc.assert(
    fc.property(rowsOf(anyPriority, 50), (rows) => {
      const spread = spreadRows(rows) ?? [];
      expect(spread).toHaveLength(rows.length);
      expect(spread.every((value) => Number.isInteger(value) && value >= min && value <= max)).toBe(true);
      expect(isOrdered(withPriorities(rows, spread))).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test("an order that holds already is left as it is", () => {
  fc.assert(
    fc.property(rowsOf(anyPriority, 30), (rows) => {
      const ordered = [...rows].sort((one, other) => (isBefore(one, other) ? -1 : 1));
      expect(spreadRows(ordered)).toEqual(ordered.map(({ priority }) => priority));
    }),
  );
});

test("one that is moved changes alone, wherever there is a gap", () => {
  const apart = fc.uniqueArray(fc.integer({ min: -1_000, max: 1_000 }), { minLength: 2, maxLength: 20 });
  fc.assert(
    fc.property(apart, fc.nat(), fc.nat(), (numbers, from, to) => {
      const rest = numbers.map((number) => number * 2).sort((one, other) => one - other);
      const [moved = 0] = rest.splice(from % rest.length, 1);
      const place = to % (rest.length + 1);
      const wanted = rest.toSpliced(place, 0, moved);
      const spread = spreadPriorities(
        wanted.map((priority) => ({ priority })),
        () => false,
      );
      // Of two neighbours that changed places, either may have moved.
      expect(wanted.filter((priority, index) => spread?.[index] !== priority).length).toBeLessThan(2);
    }),
  );
});

/** Whether some priorities for the others bring them into the order, with those that are kept. */
function isPossible(rows: readonly Row[], isKept: (place: number) => boolean): boolean {
  let least = { priority: min, rank: -1 };
  for (const [place, { priority, rank }] of rows.entries()) {
    const next = rank > least.rank ? least.priority : least.priority + 1;
    if (isKept(place) && priority < next) return false;
    least = { priority: isKept(place) ? priority : next, rank };
    if (least.priority > max) return false;
  }
  return true;
}

test("no way to do it changes fewer; around fixed ones too, and only what is impossible is refused", () => {
  const narrow = fc.oneof(fc.integer({ min: -4, max: 4 }), fc.integer({ min: max - 3, max }));
  fc.assert(
    fc.property(rowsOf(narrow, 8, fc.boolean()), (rows) => {
      const spread = spreadRows(rows);
      let best: readonly [number, number] | undefined;
      for (let set = 0; set < 2 ** rows.length; set += 1) {
        const isKept = (place: number) => rows[place]?.isFixed === true || (set & (1 << place)) !== 0;
        if (!isPossible(rows, isKept)) continue;
        const kept = rows.filter((_, place) => isKept(place));
        const free = kept.filter(({ isWritten, isFixed }) => isWritten || isFixed).length;
        const count = [kept.length - free, kept.length] as const;
        if (best === undefined || count[0] > best[0]) best = count;
      }
      expect(spread === undefined).toBe(best === undefined);
      if (spread === undefined || best === undefined) return;
      expect(isOrdered(withPriorities(rows, spread))).toBe(true);
      const stay = rows.filter(({ priority }, place) => spread[place] === priority);
      expect(rows.every((row, place) => !row.isFixed || spread[place] === row.priority)).toBe(true);
      expect(stay.filter(({ isWritten, isFixed }) => !isWritten && !isFixed).length).toBe(best[0]);
    }),
    { numRuns: 300 },
  );
});
