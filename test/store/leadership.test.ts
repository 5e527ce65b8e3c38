import { expect, onTestFinished, test, vi } from "vitest";
import { Leadership } from "../../src/store/leadership.ts";
import { newUuid } from "../../src/store/uuid.ts";
import { onEveryDatabase, type TestDatabase } from "./test-database.ts";

const leaseMs = 60_000;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** What competes: a process with a store of its own. */
const candidate = async (home: TestDatabase): Promise<Leadership> => {
  const store = await home.store();
  return store.register((place) => new Leadership(place, newUuid()));
};

const claimAll = async (candidates: readonly Leadership[], ms: number): Promise<boolean[]> => {
  const claims = await Promise.all(candidates.map((one) => one.claim(ms)));
  return claims.map(({ leads }) => leads);
};

const leaders = (claims: readonly boolean[]) => claims.filter((leads) => leads).length;

onEveryDatabase((home) => {
  const candidates = (count: number) => Promise.all(Array.from({ length: count }, () => candidate(home)));

  test("of several that claim at once one leads, and stays the leader for as long as it asks again", async () => {
    const all = await candidates(6);
    const first = await claimAll(all, leaseMs);
    expect(leaders(first)).toBe(1);
    for (let round = 0; round < 5; round++) expect(await claimAll(all, leaseMs)).toEqual(first);
  });

  test("when a lease has ended one takes over, however many claim at once, and the former leader follows", async () => {
    const [former, ...others] = await candidates(5);
    const { now: from, leads } = (await former?.claim(300)) ?? {};
    expect(leads).toBe(true);
    const claims = async () => Promise.all(others.map((one) => one.claim(leaseMs)));
    let round = await claims();
    while (!round.some((claim) => claim.leads)) round = await claims();
    expect(leaders(round.map((claim) => claim.leads))).toBe(1);
    const taken = round.find((claim) => claim.leads);
    expect(taken?.now).toBeGreaterThanOrEqual((from ?? 0) + 300);
    expect(await former?.claim(leaseMs)).toMatchObject({ leads: false });
    expect(await claimAll(others, leaseMs)).toEqual(round.map((claim) => claim.leads));
  });

  test("over many short leases there are never two leaders at a time", async () => {
    const all = await candidates(4);
    const terms: { readonly who: number; readonly from: number; readonly to: number }[] = [];
    const compete = async (one: Leadership, who: number) => {
      for (let round = 0; round < 25; round++) {
        const { leads, now } = await one.claim(30);
        if (leads) terms.push({ who, from: now, to: now + 30 });
        // Which of them finds a lease that has ended is left to chance.
        await pause(Math.random() * 60);
      }
    };
    await Promise.all(all.map(compete));
    expect(new Set(terms.map(({ who }) => who)).size).toBeGreaterThan(1);
    const overlapping = terms.filter((term) =>
      terms.some(({ who, from, to }) => who !== term.who && from < term.to && term.from < to),
    );
    expect(overlapping).toEqual([]);
  });

  test("who resigns leaves it to the others at once; who does not lead resigns without effect", async () => {
    const [a, b] = await candidates(2);
    await a?.claim(leaseMs);
    await b?.resign();
    expect(await b?.claim(leaseMs)).toMatchObject({ leads: false });
    await a?.resign();
    await a?.resign();
    expect(await b?.claim(leaseMs)).toMatchObject({ leads: true });
    expect(await a?.claim(leaseMs)).toMatchObject({ leads: false });
  });

  test("a lease ends by the database's time, whatever a process takes for the time of day", async () => {
    const [a, b] = await candidates(2);
    const days = (count: number) => Date.now() + count * 86_400_000;
    vi.useFakeTimers({ toFake: ["Date"], now: days(1) });
    onTestFinished(() => void vi.useRealTimers());
    expect(await a?.claim(leaseMs)).toMatchObject({ leads: true });
    vi.setSystemTime(days(2));
    expect(await b?.claim(leaseMs)).toMatchObject({ leads: false });
    const { now: from } = (await a?.claim(300)) ?? { now: Number.NaN };
    await pause(400);
    vi.setSystemTime(days(-4));
    const taken = await b?.claim(leaseMs);
    expect(taken?.leads).toBe(true);
    expect(taken?.now).toBeGreaterThanOrEqual(from + 300);
    expect(await a?.claim(leaseMs)).toMatchObject({ leads: false });
  });

  test("each namespace has a leader of its own", async () => {
    const [here] = await candidates(1);
    const elsewhere = await home.store({ namespace: newUuid() });
    const there = elsewhere.register((place) => new Leadership(place, newUuid()));
    expect(await here?.claim(leaseMs)).toMatchObject({ leads: true });
    expect(await there.claim(leaseMs)).toMatchObject({ leads: true });
  });
});
