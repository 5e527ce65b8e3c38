import type { Status } from "../../definition/status.ts";
import type { AuditEntry } from "../../store/audit.ts";
import type { FirstChange } from "../../store/change-table.ts";
import { newItemRow } from "../../store/new-row.ts";
import type { ItemRow, TypeRow } from "../../store/rows.ts";
import type { Store } from "../../store/store.ts";
import type { SyncChange } from "../../sync/sync-plan.ts";
import type { PurgePlan } from "../items/plan-purge.ts";
import type { View } from "../view.ts";

// What an earlier change came to, for who asks for it again: as the history tells it, which keeps no versions.

/** All that a change has written, in its order. */
export async function entriesOf(store: Store, { revision, changed }: FirstChange): Promise<AuditEntry[]> {
  if (changed === 0) return [];
  return (await store.history({ before: { revision, position: changed }, limit: changed })).reverse();
}

/** The rows that a purge has deleted. */
export function purgedBy(entries: readonly AuditEntry[]): PurgePlan {
  const of = (entity: AuditEntry["entity"]) => entries.filter((entry) => entry.entity === entity);
  return { types: of("type").map(typeOf), items: of("item").map(itemOf) };
}

/** The changes of items, over the rows as they are now. */
export function itemChanges(
  entries: readonly AuditEntry[],
  rows: ReadonlyMap<string, ItemRow>,
  { snapshot }: Pick<View, "snapshot">,
): SyncChange[] {
  return entries.map((entry) => {
    const row = rows.get(entry.entityId) ?? itemOf(entry);
    const { manager = "", name = "" } = snapshot.types.get(entry.typeId)?.row ?? {};
    return {
      entity: "item",
      action: entry.action,
      before: entry.before && { ...row, ...entry.before },
      after: entry.after && { ...row, ...entry.after },
      type: { manager, name },
    };
  });
}

const typeOf = ({ entityId: id, revision, at, before, after }: AuditEntry): TypeRow => {
  const told = (before ?? after) as Partial<TypeRow>;
  const { manager = "", name = "", description = "", retiredAt = null } = told;
  return { id, manager, name, description, retiredAt, revision, createdAt: at, updatedAt: at };
};

const itemOf = ({ entityId: id, typeId, revision, at, before, after }: AuditEntry): ItemRow => {
  const told = (before ?? after) as Partial<ItemRow>;
  const { module = "", name = "", label = "", description = "", config = null, configVersion = 1 } = told;
  const { priority = 0, retiredAt = null, retiredBy = null, managed = null } = told;
  const { hold = null, lead = null } = told;
  const status: Status = told.status ?? "disable";
  const given = { id, typeId, module, name, label, status, priority, description, config, configVersion };
  return {
    ...newItemRow({ ...given, managed }),
    hold,
    lead,
    retiredAt,
    retiredBy,
    revision,
    createdAt: at,
    updatedAt: at,
  };
};
