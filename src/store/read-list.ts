import type { RowReader } from "./row-reader.ts";
import { isRecord, storedJson } from "./stored-json.ts";

/** The entries of a list of a process, those that can be read. */
export function readList<Entry>(
  column: string,
  value: unknown,
  reader: RowReader,
  read: (entry: Readonly<Record<string, unknown>>) => Entry | undefined,
): readonly Entry[] {
  const json = storedJson(reader.text(column, value));
  const list = "value" in json && Array.isArray(json.value) ? (json.value as unknown[]) : undefined;
  const entries = (list ?? []).map((entry) => (isRecord(entry) ? read(entry) : undefined));
  const known = entries.filter((entry) => entry !== undefined);
  if (list === undefined || known.length < entries.length) {
    const problem = "problem" in json ? json.problem : "is JSON of another form";
    const effect = `nothing more is known of the ${column} of that process`;
    reader.note(column, problem, { effect, fix: "delete the row: the process writes it again" });
  }
  return known;
}
