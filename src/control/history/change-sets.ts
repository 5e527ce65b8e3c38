import { InvalidOptionError } from "../../definition/errors.ts";
import { checkKnown } from "../../definition/known-options.ts";
import type { AuditEntry } from "../../store/audit.ts";
import type { Source } from "../../store/change.ts";
import type { ChangeSetFilter, StoredChangeSet } from "../../store/read-change-sets.ts";
import type { Store } from "../../store/store.ts";
import { EntryNotFoundError } from "../errors.ts";
import { historyQueryNames } from "./history-query.ts";

/** All that one action changed. */
export interface ChangeSet {
  /** The revision that it made, by which it is known. */
  readonly revision: number;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** Who changed it; null where that was not said. */
  readonly actor: string | null;
  /** Where the change came from. */
  readonly source: Source;
  /** Why, as who did it has said; null where they did not. */
  readonly reason: string | null;
  /** How many entries of the history it has. */
  readonly total: number;
  /** These entries in the order in which they were written: in a list the first 20, alone the first 1,000. */
  readonly entries: readonly AuditEntry[];
  /** Whether `revertAll` would undo it, as far as this process knows, and as far as these entries say. */
  readonly isRevertible: boolean;
}

/** Which change sets are asked for: those that have an entry like that. */
export interface ChangeSetQuery extends Partial<Omit<ChangeSetFilter, "limit" | "mostEntries">> {
  /** Change sets, at most 200. Default 50. */
  readonly limit?: number | undefined;
}

const mostSets = 200;
const mostListed = 20;
const mostEntries = 1_000;

/** @throws InvalidOptionError, UnknownOptionError */
export async function listChangeSets(store: Store, query: ChangeSetQuery): Promise<StoredChangeSet[]> {
  checkKnown("changeSets", query, historyQueryNames);
  const { limit = 50, before } = query;
  if (!Number.isInteger(limit) || limit < 1 || limit > mostSets)
    throw new InvalidOptionError("limit", limit, `it is an integer from 1 to ${mostSets}`);
  if (before !== undefined) checkRevision("before", before);
  return store.changeSets({ ...query, limit, mostEntries: mostListed });
}

/** @throws EntryNotFoundError, InvalidOptionError */
export async function readChangeSet(
  store: Store,
  revision: number,
  mostRead = mostEntries,
): Promise<StoredChangeSet> {
  checkRevision("revision", revision);
  const [set] = await store.changeSets({ before: revision + 1, limit: 1, mostEntries: mostRead });
  if (set?.revision !== revision) throw new EntryNotFoundError(revision, 0);
  return set;
}

/** Who made it, when and why is the same in all of its entries. */
export const presentChangeSet = (
  set: StoredChangeSet,
  isRevertible: (entry: AuditEntry) => boolean,
): ChangeSet => {
  const [first] = set.entries;
  const { at = "", actor = null, source = "api", reason = null } = first ?? {};
  return {
    ...set,
    at,
    actor,
    source,
    reason,
    isRevertible: first !== undefined && set.entries.every(isRevertible),
  };
};

function checkRevision(option: string, revision: unknown): void {
  if (!Number.isSafeInteger(revision) || Number(revision) < 0 || Number(revision) >= Number.MAX_SAFE_INTEGER)
    throw new InvalidOptionError(option, revision, "it is the revision of a change set");
}
