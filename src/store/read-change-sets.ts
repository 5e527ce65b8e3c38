import type { AuditEntry } from "./audit.ts";
import type { Db } from "./dialect.ts";
import { type HistoryFilter, matching } from "./read-history.ts";
import type { RowFaults } from "./row-faults.ts";
import { RowReader } from "./row-reader.ts";
import { toAuditEntry } from "./stored-entry.ts";
import type { TableNames } from "./table-names.ts";

/** What was written at one revision. */
export interface StoredChangeSet {
  readonly revision: number;
  /** How many entries it has. */
  readonly total: number;
  /** The first of them, in the order in which they were written. */
  readonly entries: readonly AuditEntry[];
}

export interface ChangeSetFilter extends Omit<HistoryFilter, "before"> {
  /** Only those older than this revision, for the next page. */
  readonly before?: number | undefined;
  /** How many entries of each are read at most. */
  readonly mostEntries: number;
}

/** What was changed together and has an entry that the filter finds, the latest first: three queries, however many they are. */
export async function readChangeSets(
  db: Db,
  tables: TableNames,
  namespace: string,
  { before, mostEntries, ...filter }: ChangeSetFilter,
  faults: RowFaults,
): Promise<StoredChangeSet[]> {
  const conditions = matching({
    ...filter,
    ...(before !== undefined && { before: { revision: before, position: 0 } }),
  });
  if (conditions === undefined) return [];
  const found = await db
    .selectFrom(tables.audit)
    .select("revision")
    .where("namespace", "=", namespace)
    .where(conditions)
    .groupBy("revision")
    .orderBy("revision", "desc")
    .limit(filter.limit)
    .execute();
  const revisions = found.map(({ revision }) => Number(revision));
  if (revisions.length === 0) return [];
  const counts = await db
    .selectFrom(tables.audit)
    .select(["revision", ({ fn }) => fn.countAll().as("entries")])
    .where("namespace", "=", namespace)
    .where("revision", "in", revisions)
    .groupBy("revision")
    .execute();
  const rows = await db
    .selectFrom(tables.audit)
    .selectAll()
    .where("namespace", "=", namespace)
    .where("revision", "in", revisions)
    .where("position", ">=", 0)
    .where("position", "<", mostEntries)
    .orderBy("position")
    .execute();
  const reader = new RowReader(tables.audit, faults);
  const entries = rows.map((row) => toAuditEntry(row, reader));
  const totals = new Map(counts.map((row) => [Number(row.revision), Number(row.entries)]));
  return revisions.map((revision) => ({
    revision,
    total: totals.get(revision) ?? 0,
    entries: entries.filter((entry) => entry.revision === revision),
  }));
}
