import { expect, test } from "vitest";
import { isOnTrail, trailTo } from "../../src/store/trail.ts";
import { newUuid } from "../../src/store/uuid.ts";

const start = { revision: 1, revisionId: newUuid() };
const next = ({ revision }: { readonly revision: number }) => ({
  revision: revision + 1,
  revisionId: newUuid(),
});

/** Where the data stand after changes, with the trail that is stored with that. */
function after(changes: readonly boolean[]) {
  const stops = [{ ...start, trail: trailTo(start, { revision: 0, revisionId: "", trail: null }, false) }];
  for (const onlyItems of changes) {
    const before = stops.at(-1) ?? { ...start, trail: null };
    const mark = next(before);
    stops.push({ ...mark, trail: trailTo(mark, before, onlyItems) });
  }
  return stops;
}

const onTrail = (stops: ReturnType<typeof after>): boolean[] => {
  const now = stops.at(-1) ?? { ...start, trail: null };
  return stops.map((stop) => isOnTrail(now, stop));
};

test("a trail tells that since a revision nothing but items changed", () => {
  expect(onTrail(after([true, true, true]))).toEqual([true, true, true, true]);
  expect(onTrail(after([true, false, true]))).toEqual([false, false, true, true]);
  expect(onTrail(after([true, true, false]))).toEqual([false, false, false, true]);
});

test("it names the last sixteen revisions", () => {
  const stops = onTrail(after(Array<boolean>(30).fill(true)));
  expect(stops.lastIndexOf(false)).toBe(30 - 16);
  expect(stops.filter(Boolean)).toHaveLength(16);
});

test("it says nothing of a revision that code made which does not know it", () => {
  const [, before] = after([true]);
  const trail = before?.trail ?? null;
  const byOlderCode = next(before ?? start);
  expect(isOnTrail({ ...byOlderCode, trail }, start)).toBe(false);
  const mark = next(byOlderCode);
  const now = { ...mark, trail: trailTo(mark, { ...byOlderCode, trail }, true) };
  for (const stop of [start, before, byOlderCode]) expect(isOnTrail(now, stop ?? start)).toBe(false);
  expect(isOnTrail(now, now)).toBe(true);
});

test("it says nothing where a hand has raised the number of the revision, or set its id or the trail", () => {
  const [, now] = after([true]);
  const { revision, revisionId, trail } = now ?? { ...start, trail: null };
  expect(isOnTrail({ revision, revisionId, trail }, start)).toBe(true);
  expect(isOnTrail({ revision: revision + 1, revisionId, trail }, start)).toBe(false);
  expect(isOnTrail({ revision: revision * 10, revisionId, trail }, start)).toBe(false);
  expect(isOnTrail({ revision, revisionId: newUuid(), trail }, start)).toBe(false);
  expect(isOnTrail({ revision, revisionId, trail: null }, start)).toBe(false);
  expect(isOnTrail({ revision, revisionId, trail: `${trail}x` }, start)).toBe(false);
  for (const value of [7, 2 ** 60, new Uint8Array([1]), undefined]) {
    expect(isOnTrail({ revision, revisionId, trail: value as unknown as string }, start)).toBe(false);
  }
});

test("who raises the number by hand is not passed over by the change that comes next", () => {
  const [, before] = after([true]);
  const { revision, revisionId, trail } = before ?? { ...start, trail: null };
  const raised = { revision: revision + 1, revisionId, trail };
  const mark = next(raised);
  const now = { ...mark, trail: trailTo(mark, raised, true) };
  expect(isOnTrail(now, { revision, revisionId })).toBe(false);
});

test("nobody without a revision is on it, and a change that raises none leaves it as it is", () => {
  const [, now] = after([true]);
  const { revision, revisionId, trail } = now ?? { ...start, trail: null };
  expect(isOnTrail({ revision, revisionId, trail }, { revision: 0, revisionId: "" })).toBe(false);
  expect(trailTo({ revision, revisionId }, { revision, revisionId, trail }, true)).toBe(trail);
  const first = { revision: 2, revisionId: newUuid() };
  expect(trailTo(first, { revision: 1, revisionId: "", trail: null }, true)).toBe(`2 ${first.revisionId}`);
});
