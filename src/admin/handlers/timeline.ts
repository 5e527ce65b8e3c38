import type { TimelineChange, TimelineEntry, TimelineEvent } from "../../control/timeline/timeline.ts";
import { snapshotOf } from "../../open/facade.ts";
import type { Snapshot } from "../../selection/snapshot.ts";
import { contract, type ItemName, type TimelineEntryInfo } from "../contract/contract.ts";
import { presentName } from "../present/item.ts";
import { handler } from "./handler.ts";
import { instant } from "./history.ts";

export const getTimeline = handler(
  contract.getTimeline,
  async ({ params: { typeId }, query: { since, limit }, control, plugbay }) => {
    const from = since === undefined ? undefined : instant("since", since);
    const entries = await control.timeline(typeId, { since: from, limit });
    return { entries: entries.map((entry) => present(entry, snapshotOf(plugbay))) };
  },
);

const present = (entry: TimelineEntry, snapshot: Snapshot): TimelineEntryInfo =>
  entry.kind === "change"
    ? { id: entry.id, at: entry.at, event: null, change: presentChange(entry, snapshot) }
    : { id: entry.id, at: entry.at, event: presentEvent(entry, snapshot), change: null };

const presentEvent = (event: TimelineEvent, snapshot: Snapshot): TimelineEntryInfo["event"] => {
  const { kind, itemId, from, how, was, message, processes, of } = event;
  return {
    ...{ kind, item: nameOf(itemId, snapshot), from: nameOf(from, snapshot) },
    ...{ how, was, message, processes, of },
  };
};

const presentChange = (change: TimelineChange, snapshot: Snapshot): TimelineEntryInfo["change"] => {
  const { revision, actor, source, reason, total, entries } = change;
  return {
    ...{ revision, actor, source, reason, total },
    entries: entries.map(({ entity, entityId, typeId, action, before, after }) => {
      const row = snapshot.types.get(typeId)?.row;
      return {
        ...{ entity, entityId, typeId, action, before, after },
        type: row ? { manager: row.manager, name: row.name } : null,
        item: entity === "item" ? nameOf(entityId, snapshot) : null,
      };
    }),
  };
};

/** null for what was purged since. */
function nameOf(itemId: string | null, snapshot: Snapshot): ItemName | null {
  const item = itemId === null ? undefined : snapshot.item(itemId);
  return item ? presentName(item) : null;
}
