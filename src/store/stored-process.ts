import type { Selectable } from "kysely";
import type { KnownPlugin, ProcessRow, Seen } from "./process-row.ts";
import type { RowReader } from "./row-reader.ts";
import { isRecord, storedJson } from "./stored-json.ts";
import type { ProcessTable } from "./tables.ts";

const pids = { min: 0, max: 2 ** 31 - 1 };
const revisions = { min: 0, max: Number.MAX_SAFE_INTEGER };

/** A row of a process in the words of the code. */
export const toProcessRow = (
  row: Omit<Selectable<ProcessTable>, "plugins" | "namespace"> & Seen,
  plugins: readonly KnownPlugin[],
  reader: RowReader,
): ProcessRow =>
  reader.row(row.id, (id) => {
    const seenAt = reader.time("seen_at", row.seen_at);
    return {
      id,
      host: reader.text("host", row.host),
      pid: reader.integer("pid", row.pid, pids, 0),
      version: reader.text("version", row.version),
      state: reader.text("state", row.state),
      transport: reader.text("transport", row.transport),
      revision: reader.integer("revision", row.revision, revisions, 0),
      plugins,
      failures: readList("failures", row.failures, reader, (entry) => {
        const { itemId, message } = entry;
        return typeof itemId === "string" && typeof message === "string" ? { itemId, message } : undefined;
      }),
      startedAt: reader.time("started_at", row.started_at),
      seenAt,
      // A row of older code has the time of its process's own clock.
      seenAgoMs: Math.max(0, Number(row.now) - Date.parse(seenAt)),
    };
  });

/** The plugins of a process. */
export const readPlugins = (text: unknown, reader: RowReader): readonly KnownPlugin[] =>
  readList("plugins", text, reader, ({ manager, type, module, name }) =>
    [manager, type, module, name].every((part) => typeof part === "string")
      ? ({ manager, type, module, name } as KnownPlugin)
      : undefined,
  );

/** The entries of a list that can be read. */
function readList<Entry>(
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
