import type { Control } from "../../control/control.ts";
import type { EntryId } from "../../control/history/revert.ts";
import type { Snapshot } from "../../selection/snapshot.ts";
import type { AuditEntry } from "../../store/audit.ts";
import type { HistoryEntry } from "../contract/contract.ts";
import { presentName } from "./item.ts";

export const entryId = ({ revision, position }: AuditEntry): string => `${revision}-${position}`;

/** Which entry an id that `entryId` made tells of. */
export function entryPlace(id: string): EntryId {
  const [revision = 0, position = 0] = id.split("-").map(Number);
  return { revision, position };
}

export function presentEntry(entry: AuditEntry, control: Control, snapshot: Snapshot): HistoryEntry {
  const { revision, entity, entityId, typeId, action, actor, source, before, after, reason, at } = entry;
  const whyNot = control.whyNotRevertible(entry);
  const type = snapshot.types.get(typeId);
  const item = entity === "item" ? snapshot.item(entityId) : undefined;
  return {
    id: entryId(entry),
    revision,
    entity,
    entityId,
    typeId,
    type: type ? { manager: type.row.manager, name: type.row.name } : null,
    item: item ? presentName(item) : null,
    action,
    actor,
    source,
    before,
    after,
    reason,
    at,
    isRevertible: whyNot === undefined,
    notRevertible: whyNot ?? null,
  };
}
