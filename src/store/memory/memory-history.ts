import type { AuditEntry } from "../audit.ts";
import type { ChangeSetFilter, StoredChangeSet } from "../read-change-sets.ts";
import type { HistoryFilter } from "../read-history.ts";
import { RowFaults } from "../row-faults.ts";
import { RowReader } from "../row-reader.ts";
import { toAuditEntry } from "../stored-entry.ts";
import { tableNames } from "../table-names.ts";
import type { AuditTable } from "../tables.ts";

/** The history of a namespace in memory. */
export class MemoryHistory {
  /** The latest last. */
  readonly #entries: AuditEntry[] = [];
  readonly #reader: RowReader;

  constructor() {
    const tables = tableNames();
    this.#reader = new RowReader(tables.audit, new RowFaults(tables));
  }

  add(rows: readonly AuditTable[]): void {
    for (const row of rows) this.#entries.push(toAuditEntry(row, this.#reader));
  }

  /** The latest first. */
  entries(filter: HistoryFilter): AuditEntry[] {
    return this.#matching(filter).slice(0, filter.limit);
  }

  changeSets({ before, mostEntries, ...filter }: ChangeSetFilter): StoredChangeSet[] {
    const found = this.#matching({
      ...filter,
      ...(before !== undefined && { before: { revision: before, position: 0 } }),
    });
    const revisions = [...new Set(found.map(({ revision }) => revision))].slice(0, filter.limit);
    return revisions.map((revision) => {
      const entries = this.#entries.filter((entry) => entry.revision === revision);
      return { revision, total: entries.length, entries: entries.slice(0, mostEntries) };
    });
  }

  count(ids: readonly string[]): number {
    return this.#entries.filter(({ entityId }) => ids.includes(entityId)).length;
  }

  /** The ids of what was purged after a revision. */
  purgedSince(since: number): string[] {
    return this.#entries
      .filter(({ action, revision }) => action === "purge" && revision > since)
      .map(({ entityId }) => entityId);
  }

  #matching(filter: Omit<HistoryFilter, "limit">): AuditEntry[] {
    return this.#entries.filter((entry) => matches(entry, filter)).reverse();
  }
}

function matches(
  entry: AuditEntry,
  { entityId, typeId, actor, reason, source, since, until, before }: Omit<HistoryFilter, "limit">,
): boolean {
  return (
    isOr(entityId, entry.entityId) &&
    isOr(typeId, entry.typeId) &&
    isOr(source, entry.source) &&
    hasPart(entry.actor, actor) &&
    hasPart(entry.reason, reason) &&
    (since === undefined || entry.at >= since) &&
    (until === undefined || entry.at < until) &&
    (before === undefined || isBefore(entry, before))
  );
}

const isOr = (wanted: string | undefined, value: string): boolean => wanted === undefined || wanted === value;

const hasPart = (text: string | null, part: string | undefined): boolean =>
  part === undefined || (text?.toLowerCase().includes(part.toLowerCase()) ?? false);

const isBefore = (entry: AuditEntry, before: Pick<AuditEntry, "revision" | "position">): boolean =>
  entry.revision < before.revision ||
  (entry.revision === before.revision && entry.position < before.position);
