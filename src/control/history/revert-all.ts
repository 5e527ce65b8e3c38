import { InvalidOptionError } from "../../definition/errors.ts";
import type { AuditEntry } from "../../store/audit.ts";
import type { Store } from "../../store/store.ts";
import type { SyncChange } from "../../sync/sync-plan.ts";
import type { ConfigEdits, ConfigWriter, RowEdit } from "../config/config-writer.ts";
import type { Asker } from "../writing/change-key.ts";
import type { Changed } from "../writing/changed.ts";
import type { Writer } from "../writing/writer.ts";
import { readChangeSet } from "./change-sets.ts";
import { type EntryId, type RevertPlan, revertPlans, type Undoing, undoing, undoingOf } from "./revert.ts";

/** What a revert of a change set would set back. */
export interface RevertAllPlan {
  /** The revision of the change set. */
  readonly revision: number;
  /** What would change in each item that would not stay as it is. */
  readonly items: readonly RevertPlan[];
}

/** How many rows are reverted at once. */
const mostReverted = 100_000;

interface Parts {
  readonly store: Store;
  readonly writer: Writer;
  readonly configs: ConfigWriter;
}

/** Undoes all of a change set by one new change, or nothing of it. */
export async function revertAll(parts: Parts, revision: number, by: Asker): Promise<Changed> {
  const { edits, edit } = together(await undoingsOf(parts, revision));
  return (await parts.configs.write(edits, by, edit)).outcome;
}

/** What `revertAll` would change, or be refused. */
export async function planRevertAll(parts: Parts, revision: number): Promise<RevertAllPlan> {
  const { changes, undoings } = await planUndoing(parts, revision);
  return { revision, items: revertPlans(parts.configs, changes, undoings) };
}

/** The rows that `revertAll` of a revision, or `revert` of one entry, would write. */
export async function planUndoing(parts: Parts, of: number | EntryId): Promise<Undone> {
  const undoings =
    typeof of === "object" ? [await undoing(parts.store, parts.writer, of)] : await undoingsOf(parts, of);
  const { edits, edit } = together(undoings);
  const { changes } = await parts.configs.plan(edits, edit);
  return { changes, undoings };
}

interface Undone {
  readonly changes: readonly SyncChange[];
  readonly undoings: readonly Undoing[];
}

/** @throws EntryNotFoundError; InvalidOptionError where something in it is no change that can be undone */
async function undoingsOf({ store, writer }: Parts, revision: number): Promise<Undoing[]> {
  const { total, entries } = await readChangeSet(store, revision, mostReverted);
  if (entries.length < total) {
    throw new InvalidOptionError(
      "revision",
      revision,
      `it changed ${total} rows; at most ${entries.length} are reverted at once`,
    );
  }
  const ofLeads = entries.filter(({ after }) => after !== null && "lead" in after);
  const alike = new Set(ofLeads.map(({ entityId }) => entityId));
  return entries.map((entry: AuditEntry) => undoingOf(store, writer, entry, alike));
}

/** All of them as one edit of their items. */
function together(undoings: readonly Undoing[]): { readonly edits: ConfigEdits; readonly edit: RowEdit } {
  const byId = new Map(undoings.map((undoing) => [undoing.entry.entityId, undoing]));
  return {
    edits: {
      ids: [...byId.keys()],
      configs: new Map(undoings.flatMap(({ edits }) => [...edits.configs])),
    },
    edit: async (row, config, current) => (await byId.get(row.id)?.edit(row, config, current)) ?? [],
  };
}
