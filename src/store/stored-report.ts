import type { Selectable } from "kysely";
import type { ProcessReport, ReportedTrouble, ServedHow, ServedType, TroubleState } from "./process-row.ts";
import { readList } from "./read-list.ts";
import type { RowReader } from "./row-reader.ts";
import type { ProcessTable } from "./tables.ts";

const ways: Readonly<Record<ServedHow, true>> = {
  "first-choice": true,
  "lower-choice": true,
  reserve: true,
  "last-resort": true,
  none: true,
};

const states: Readonly<Record<TroubleState, true>> = {
  failed: true,
  misconfigured: true,
  circuit: true,
  unauthorized: true,
  exhausted: true,
  held: true,
  missing: true,
};

type Entry = Readonly<Record<string, unknown>>;

/** What a process found, in the words of the code. Older code tells only what failed. */
export function readReport(
  row: Pick<Selectable<ProcessTable>, "started_at" | "serves" | "troubles" | "failures">,
  reader: RowReader,
): ProcessReport {
  const { serves, troubles } = row;
  return {
    serves: serves === null ? [] : readList("serves", serves, reader, toServed),
    troubles:
      troubles === null ? readFailures(row, reader) : readList("troubles", troubles, reader, toTrouble),
  };
}

function readFailures(
  { started_at, failures }: Pick<Selectable<ProcessTable>, "started_at" | "failures">,
  reader: RowReader,
): readonly ReportedTrouble[] {
  const since = reader.time("started_at", started_at);
  return readList("failures", failures, reader, (entry) => toFailed(entry, since));
}

function toServed({ typeId, itemId, how, since }: Entry): ServedType | undefined {
  const isKnown = isText(typeId) && isTextOrNull(itemId) && isKey(ways, how) && isText(since);
  return isKnown ? { typeId, itemId, how, since } : undefined;
}

function toTrouble(entry: Entry): ReportedTrouble | undefined {
  const { itemId, state, since, message, failedCalls = 0, until } = entry;
  const isKnown = isText(itemId) && isKey(states, state) && isText(since);
  return isKnown && isTextOrNull(message) && typeof failedCalls === "number" && isTextOrNull(until)
    ? { itemId, state, since, message, failedCalls, until }
    : undefined;
}

const toFailed = ({ itemId, message }: Entry, since: string): ReportedTrouble | undefined =>
  isText(itemId) && isText(message)
    ? { itemId, state: "failed", since, message, failedCalls: 0, until: null }
    : undefined;

const isText = (value: unknown): value is string => typeof value === "string";

const isTextOrNull = (value: unknown): value is string | null => value === null || isText(value);

const isKey = <Key extends string>(known: Readonly<Record<Key, true>>, value: unknown): value is Key =>
  isText(value) && Object.hasOwn(known, value);
