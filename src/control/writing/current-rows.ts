import type { Current } from "../../store/current.ts";
import type { Rows } from "../../store/rows.ts";

/** Rows that were read, as a change would find them. */
export function currentRows(rows: Rows): Current {
  const byId = new Map(rows.items.map((row) => [row.id, row]));
  return {
    revision: rows.revision,
    revisionId: rows.revisionId,
    origin: rows.origin,
    isAt: async (read) => read.revision === rows.revision && read.revisionId === rows.revisionId,
    rows: async () => rows,
    items: async (ids) => ids.map((id) => byId.get(id)).filter((row) => row !== undefined),
    itemsOf: async (typeId, { module, name }) =>
      rows.items.filter((row) => row.typeId === typeId && row.module === module && row.name === name),
  };
}
