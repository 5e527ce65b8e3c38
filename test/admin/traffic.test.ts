import type { Plugbay } from "plugbay";
import { expect, test } from "vitest";
import type { RecentTrafficInfo, TrafficInfo, TypeTraffic } from "../../src/admin/contract/contract.ts";
import { ManualClock } from "../runtime/manual-clock.ts";
import { Workbench } from "../runtime/workbench.ts";
import { greeter, greeterType } from "../store/definitions.ts";
import { onEveryDatabase, type TestDatabase } from "../store/test-database.ts";
import { Panel } from "./panel.ts";

/** Types with two items each, of which one call was made and one failed. */
async function called(home: TestDatabase, count: number, statements: string[] = []) {
  const types = Array.from({ length: count }, (_, index) => greeterType(`type ${index}`));
  const plugins = types.map((type) => [greeter(type, `one of ${type.name}`), greeter(type, "another")]);
  const clock = new ManualClock();
  const database = await home.kysely({ log: ({ query }) => void statements.push(query.sql) });
  const plugbay: Plugbay = await home.open([types, plugins], { database, clock });
  for (const type of types) {
    await plugbay.run(type, () => undefined);
    const failing = plugbay.run(type, (_, { item }) => {
      if (item.name === "another") throw new Error("down");
    });
    await failing.catch(() => undefined);
  }
  await clock.advance(10_000);
  await new Promise((resolve) => setTimeout(resolve, 300));
  statements.length = 0;
  return { panel: new Panel(plugbay), plugbay, types, clock };
}

onEveryDatabase((home) => {
  test("a type's page has who served how many calls, by minute and by hour", async () => {
    const { panel, plugbay, types } = await called(home, 1);
    const [item] = types[0] ? plugbay.items(types[0]) : [];
    const typeId = item?.typeId ?? "";
    for (const [range, count] of [
      ["hour", 60],
      ["14d", 336],
    ] as const) {
      const found = await panel.ask<TypeTraffic>("GET", `types/${typeId}/traffic?range=${range}`);
      expect(found.calls).toHaveLength(count);
      expect(found.total).toMatchObject({ calls: 3, failures: 1, rescued: 1, outcomes: { retryable: 1 } });
      expect(found.items.map(({ total }) => total.calls)).toEqual([2, 1]);
      expect(Date.parse(found.since) + (count - 1) * found.stepMs).toBeLessThanOrEqual(Date.UTC(2030, 0));
    }
    expect(await panel.refusal("GET", `types/${typeId}/traffic?range=year`)).toMatchObject({ status: 400 });
    const other = "00000000-0000-4000-8000-000000000000";
    expect(await panel.refusal("GET", `types/${other}/traffic`)).toMatchObject({ status: 404 });
    const ids = [typeId, item?.id].join();
    expect(await panel.refusal("GET", "traffic/recent?items=x")).toMatchObject({ status: 400 });
    const recent = await panel.ask<RecentTrafficInfo>("GET", `traffic/recent?types=${typeId}&items=${ids}`);
    expect(recent.subjects[typeId]).toMatchObject({ calls: 3, failures: 1, rescued: 1 });
    expect(recent.subjects[item?.id ?? ""]?.byMinute.at(-1)).toBe(2);
  });

  test.each([1, 20])("the traffic of %i types takes a constant number of statements", async (count) => {
    const statements: string[] = [];
    const { panel, plugbay, types, clock } = await called(home, count, statements);
    const ids = types.flatMap((type) => plugbay.items(type).map(({ typeId }) => typeId));
    await panel.ask("GET", `types/${ids[0]}/traffic?range=14d`);
    expect(statements).toHaveLength(1);
    await panel.ask("GET", `traffic/recent?types=${[...new Set(ids)].join()}`);
    expect(statements).toHaveLength(2);
    const { troubled, total } = await panel.ask<TrafficInfo>("GET", "traffic");
    expect(statements).toHaveLength(4);
    expect(troubled).toHaveLength(Math.min(count, 10));
    expect(total.calls).toBe(3 * count);
    await panel.ask("GET", "traffic");
    expect(statements).toHaveLength(4);
    await clock.advance(2_000);
    await panel.ask("GET", "traffic");
    expect(statements).toHaveLength(6);
  });
});

test("how long half, and 95 in 100, of the calls took is told by item, within 10 percent", async () => {
  const bench = await Workbench.create();
  const type = greeterType("greeting", { policy: { circuit: false } });
  const plugbay = await bench.open([type, greeter(type, "first"), greeter(type, "second")], {
    traffic: true,
  });
  const [first, second] = plugbay.items(type);
  const takes = async (durations: Readonly<Record<string, number>>, failing?: string) => {
    const run = plugbay.run(type, async (_, { item }) => {
      await new Promise<void>((resolve) => bench.clock.schedule(durations[item.id] ?? 0, resolve));
      if (item.id === failing) throw Object.assign(new Error("HTTP 503"), { status: 503 });
    });
    for (const ms of Object.values(durations)) await bench.clock.advance(ms);
    await run;
  };
  const [one, other] = [first?.id ?? "", second?.id ?? ""];
  for (let n = 0; n < 6; n += 1) await takes({ [one]: 40, [other]: 300 }, one);
  for (let n = 0; n < 12; n += 1) await takes({ [one]: 40 });
  for (let n = 0; n < 2; n += 1) await takes({ [one]: 2_000 });
  await bench.clock.advance(10_000);

  const panel = new Panel(plugbay);
  const { items, total, p50, p95 } = await panel.ask<TypeTraffic>("GET", `types/${first?.typeId}/traffic`);
  const about = (wanted: number) => (ms: number | null | undefined) =>
    expect(Math.abs((ms ?? 0) - wanted), `${ms} ms`).toBeLessThan(wanted / 10);
  expect(items.map(({ itemId, total: { calls, failures } }) => [itemId, calls, failures])).toEqual([
    [one, 20, 6],
    [other, 6, 0],
  ]);
  const [ofFirst, ofSecond] = items.map((item) => item.total);
  about(40)(ofFirst?.p50);
  about(2_000)(ofFirst?.p95);
  about(300)(ofSecond?.p50);
  about(300)(ofSecond?.p95);
  about(40)(total.p50);
  about(2_000)(total.p95);
  expect(p50.filter((ms) => ms !== null)).toEqual([total.p50]);
  expect(p95.filter((ms) => ms !== null)).toEqual([total.p95]);
  expect(await plugbay.control.traffic({ typeId: first?.typeId ?? "" })).toMatchObject({ items, total });
});
