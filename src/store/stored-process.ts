import type { Selectable } from "kysely";
import type { KnownPlugin, ProcessReport, ProcessRow, Seen } from "./process-row.ts";
import { readList } from "./read-list.ts";
import type { RowReader } from "./row-reader.ts";
import type { ProcessTable } from "./tables.ts";

const pids = { min: 0, max: 2 ** 31 - 1 };
const revisions = { min: 0, max: Number.MAX_SAFE_INTEGER };

/** A row of a process in the words of the code. */
export const toProcessRow = (
  row: Omit<Selectable<ProcessTable>, "plugins" | "namespace" | "failures" | "serves" | "troubles"> & Seen,
  plugins: readonly KnownPlugin[],
  { saysWhatServes, serves, troubles }: ProcessReport & Pick<ProcessRow, "saysWhatServes">,
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
      ...{ saysWhatServes, serves, troubles },
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
