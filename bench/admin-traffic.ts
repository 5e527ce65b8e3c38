import type { Kysely } from "kysely";
import type { Plugbay, PluginItem } from "plugbay";
import { bucketOf } from "../src/seeing/traffic/durations.ts";
import { toColumns } from "../src/store/stored-traffic.ts";

// 14 days of traffic: of each type three items have calls, and every hour of theirs has a row.

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const hours = 14 * 24;
const itemsWithCalls = 3;
const processes = 3;
/** Minutes are kept of so many types: more would say nothing else. */
const typesNow = 100;
const rowsAStatement = 1_000;
const pageSize = 1_000;

interface Subject {
  readonly typeId: string;
  readonly itemId: string;
}

type Row = Record<string, string | number>;

/** Fills the table of traffic. Returns how many rows it has. */
export async function fillTraffic(db: Kysely<unknown>, plugbay: Plugbay): Promise<number> {
  const subjects = await subjectsOf(plugbay);
  const table = db.withTables<{ plugbay_traffic: Row }>();
  const now = Math.floor(Date.now() / hourMs) * hourMs;
  let rows: Row[] = [];
  let count = 0;
  const flush = async (): Promise<void> => {
    if (rows.length > 0) await table.insertInto("plugbay_traffic").values(rows).execute();
    count += rows.length;
    rows = [];
  };
  const add = async (row: Row): Promise<void> => {
    rows.push(row);
    if (rows.length === rowsAStatement) await flush();
  };
  const minute = Math.floor(Date.now() / minuteMs) * minuteMs;
  const none = { typeId: "", itemId: "" };
  for (const [typeIndex, ofType] of [[none], ...subjects].entries()) {
    for (const subject of ofType) {
      for (let hour = hours; hour > 1; hour -= 1) await add(rowOf(subject, "hour", now - hour * hourMs, ""));
      for (let writer = 0; writer < processes; writer += 1) {
        for (const startsAt of [now - hourMs, now]) await add(rowOf(subject, "part", startsAt, `p${writer}`));
        if (typeIndex >= typesNow) continue;
        for (let ago = 60; ago > 0; ago -= 1)
          await add(rowOf(subject, "minute", minute - ago * minuteMs, `p${writer}`));
      }
    }
  }
  await flush();
  return count;
}

/** By type: all of it, and its items that have calls. */
async function subjectsOf(plugbay: Plugbay): Promise<Subject[][]> {
  const byType = new Map<string, PluginItem[]>();
  for (let page = 1; ; page += 1) {
    const { items, total } = await plugbay.control.list({ page, pageSize });
    for (const item of items) byType.set(item.typeId, [...(byType.get(item.typeId) ?? []), item]);
    if (page * pageSize >= total) break;
  }
  return [...byType].map(([typeId, items]) => [
    { typeId, itemId: "" },
    ...items.slice(0, itemsWithCalls).map(({ id }) => ({ typeId, itemId: id })),
  ]);
}

const durations = [1, 5, 20, 80, 150, 300, 900, 4_000].flatMap((ms, place) => [
  bucketOf(ms),
  400 - place * 40,
]);
const columns = toColumns({
  calls: 2_080,
  failures: [12, 0, 1, 3, 0, 0],
  rescued: 9,
  durations,
  troubled: undefined,
});

const rowOf = ({ typeId, itemId }: Subject, unit: string, startsAt: number, writer: string) => ({
  ...{ namespace: "", type_id: typeId, item_id: itemId, unit, starts_at: startsAt, writer },
  ...columns,
  written_at: startsAt,
});
