import type { PluginItem } from "../definition/plugin-item.ts";
import { ConflictError, EntryNotFoundError, InvalidOptionError } from "../errors.ts";
import type { AuditEntry } from "../store/audit.ts";
import type { Action } from "../store/change.ts";
import type { ItemRow } from "../store/rows.ts";
import type { Store } from "../store/store.ts";
import { type Changed, type ChangeOptions, changeOf, type Writer } from "./writer.ts";

/** Which entry of the history. */
export interface EntryId {
  readonly revision: number;
  readonly position: number;
}

/** What an operator decides of an item. Names and the like are for the code to say, whatever history tells. */
const fields = ["status", "priority", "description", "retiredAt", "retiredBy"] as const;

type Decisions = Pick<PluginItem, (typeof fields)[number]>;

/** Whether an entry tells of a change of such fields, and of nothing else. */
export function isChangeOfDecisions({ entity, before, after }: AuditEntry): boolean {
  if (entity !== "item" || before === null || after === null) return false;
  const changed = Object.keys(after);
  return changed.length > 0 && changed.every((name) => fields.some((field) => field === name));
}

/** Whether an entry tells of nothing but that the item was taken out of use, or back: no file has a say in that. */
export const isOfRetirement = ({ after }: AuditEntry): boolean =>
  Object.keys(after ?? {}).every((name) => name === "retiredAt" || name === "retiredBy");

/** The fields that are no longer as the entry left them. */
export const changedSince = ({ after }: AuditEntry, item: Decisions): string[] =>
  fields.filter((field) => after !== null && field in after && after[field] !== item[field]);

/** The item as it was before the entry. */
function withoutChange({ before }: AuditEntry, row: ItemRow): { action: Action; after: ItemRow } {
  const after: ItemRow = { ...row, ...(before as Partial<Decisions>) };
  if ((row.retiredAt === null) === (after.retiredAt === null)) return { action: "update", after };
  return { action: after.retiredAt === null ? "restore" : "retire", after };
}

/** Undoes an entry by a new change. */
export async function revert(store: Store, writer: Writer, id: EntryId, by: ChangeOptions): Promise<Changed> {
  const entry = await readEntry(store, id);
  if (!isChangeOfDecisions(entry)) {
    const name = `${id.revision}-${id.position}`;
    throw new InvalidOptionError("entry", name, "only changes of what operators decide can be reverted");
  }
  return writer.write(by, async (current) => {
    const rows = await writer.find(current, [entry.entityId]);
    return rows.flatMap((row) => {
      const again = changedSince(entry, row);
      if (again.length > 0) {
        const problem = `was changed again since, in its ${again.join(", ")}; change it by hand`;
        throw new ConflictError([writer.toItem(row)], undefined, problem);
      }
      const { action, after } = withoutChange(entry, row);
      return changeOf(action, row, after);
    });
  });
}

/** There is no query for one entry: it is the first one before its successor. */
async function readEntry(store: Store, { revision, position }: EntryId): Promise<AuditEntry> {
  const [entry] = await store.history({ before: { revision, position: position + 1 }, limit: 1 });
  if (entry?.revision !== revision || entry.position !== position) {
    throw new EntryNotFoundError(revision, position);
  }
  return entry;
}
