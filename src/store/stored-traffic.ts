import { isRecord, storedJson } from "./stored-json.ts";
import { failureKinds, type TrafficCounts, type TrafficNote, type TrafficRow } from "./traffic-row.ts";

/** So many types at most are named in a row: those with the most failures. */
const mostTroubled = 50;

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0);

/** The columns that say what was counted. */
export const toColumns = ({ calls, failures, rescued, durations, troubled }: StoredCounts) => ({
  calls,
  failures: sumOf(failures),
  rescued,
  details: JSON.stringify({
    ...(sumOf(failures) > 0 && { f: failures }),
    ...(durations.length > 0 && { d: durations }),
    ...(troubled && troubled.size > 0 && { t: mostOf(troubled) }),
  }),
});

type StoredCounts = TrafficCounts & Pick<TrafficNote, "troubled">;

const mostOf = (troubled: ReadonlyMap<string, number>) =>
  [...troubled].sort(([, one], [, other]) => other - one).slice(0, mostTroubled);

/** What the column `details` says; what nobody can read says nothing. It is never told of: such a row is soon gone. */
export function readDetails(text: unknown): Pick<TrafficRow, "failures" | "durations" | "troubled"> {
  const json = storedJson(typeof text === "string" ? text : "");
  const { f, d, t } = "value" in json && isRecord(json.value) ? json.value : {};
  return {
    failures: failureKinds.map((_, place) => countOf(Array.isArray(f) ? f[place] : 0)),
    durations: Array.isArray(d) && d.length % 2 === 0 ? d.map(countOf) : [],
    troubled: Array.isArray(t) ? t.filter(isTroubled) : [],
  };
}

const countOf = (value: unknown): number =>
  Number.isSafeInteger(value) && (value as number) > 0 ? (value as number) : 0;

const isTroubled = (value: unknown): value is readonly [string, number] =>
  Array.isArray(value) && typeof value[0] === "string" && countOf(value[1]) > 0;

/** Two counts as one. */
export function addCounts(one: TrafficCounts, other: TrafficCounts): TrafficCounts {
  const durations = new Map<number, number>();
  for (const list of [one.durations, other.durations]) {
    for (let place = 0; place < list.length; place += 2) {
      const bucket = list[place] ?? 0;
      durations.set(bucket, (durations.get(bucket) ?? 0) + (list[place + 1] ?? 0));
    }
  }
  return {
    calls: one.calls + other.calls,
    failures: one.failures.map((count, place) => count + (other.failures[place] ?? 0)),
    rescued: one.rescued + other.rescued,
    durations: [...durations].sort(([a], [b]) => a - b).flat(),
  };
}
