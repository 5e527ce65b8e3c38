import type { PluginItem } from "../../definition/plugin-item.ts";
import type { Snapshot } from "../../selection/snapshot.ts";
import type { Current } from "../../store/current.ts";
import type { ItemRow } from "../../store/rows.ts";

/** The rows that a snapshot was made of, as a change would find them. */
export function currentBySnapshot(snapshot: Snapshot): Current {
  const { revision, revisionId, origin } = snapshot;
  return {
    ...{ revision, revisionId, origin },
    isAt: async (read) => read.revision === revision && read.revisionId === revisionId,
    rows: async () => ({
      ...{ revision, revisionId, origin, purged: [] },
      types: [...snapshot.types.values()].map(({ row }) => row),
      items: [...snapshot.types.values()].flatMap(({ items }) => items.map(rowOf)),
    }),
    items: async (ids) =>
      ids
        .map((id) => snapshot.item(id))
        .filter((item) => item !== undefined)
        .map(rowOf),
    itemsOf: async (typeId, { module, name }) =>
      (snapshot.types.get(typeId)?.items ?? [])
        .filter((item) => item.module === module && item.name === name)
        .map(rowOf),
  };
}

const rowOf = ({ type: _, hold, lead, ...item }: PluginItem): ItemRow => ({
  ...item,
  hold: hold ?? null,
  lead: lead ?? null,
});
