import type { RevisionMark } from "./mark.ts";
import type { OriginGuard } from "./origin-guard.ts";
import type { Changes, Head, HeadQuery } from "./read-head.ts";
import { readItemsSince, readRows } from "./read-rows.ts";
import { readRowsSince, readRowsSinceApart } from "./read-since.ts";
import type { RowFaults } from "./row-faults.ts";
import type { Rows } from "./rows.ts";
import type { StoreConnection } from "./store-connection.ts";
import type { TableNames } from "./table-names.ts";

interface RowReadsOptions {
  readonly connection: StoreConnection;
  readonly tables: TableNames;
  readonly namespace: string;
  readonly guard: OriginGuard;
  readonly head: HeadQuery;
  readonly faults: RowFaults;
}

/** Reads the types and items of a namespace, all of them or those that changed. */
export class RowReads {
  readonly #options: RowReadsOptions;

  constructor(options: RowReadsOptions) {
    this.#options = options;
  }

  /** Where the database is, seen from a revision; with what changed, where that is a few rows. */
  async head(since: RevisionMark): Promise<Head> {
    const { connection, guard, head } = this.#options;
    const found = await connection.reach(({ look }) => look((db) => head.read(db, since)));
    guard.check(found);
    return found;
  }

  /** All rows, as of one revision. */
  async all(): Promise<Rows> {
    const { connection, tables, namespace, guard, faults } = this.#options;
    const rows = await connection.reach(({ read }) =>
      read((transaction) => readRows(transaction, tables, namespace, faults)),
    );
    guard.check(rows);
    return rows;
  }

  /** The rows that changed after a revision; undefined where the database is not at a successor of that revision. */
  async since(since: RevisionMark, head: Changes): Promise<Rows | undefined> {
    const { connection, tables, namespace, faults, head: headQuery } = this.#options;
    if (head.onlyItems) {
      const { revision, revisionId, origin, items } = head;
      if (items) return { revision, revisionId, origin, types: [], items, purged: [] };
      const rows = await connection.reach(({ list }) =>
        list((db) => readItemsSince(db, tables, namespace, since, head, faults)),
      );
      if (rows) return rows;
    }
    if (connection.isJoined) {
      return connection.use((db) => readRowsSinceApart(db, tables, namespace, since, headQuery, faults));
    }
    return connection.reach(({ list }) => list((db) => readRowsSince(db, tables, namespace, since, faults)));
  }
}
