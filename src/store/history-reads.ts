import type { AuditEntry } from "./audit.ts";
import { changeByKey, type FirstChange, toFirstChange } from "./change-table.ts";
import type { OriginGuard } from "./origin-guard.ts";
import { type ChangeSetFilter, readChangeSets, type StoredChangeSet } from "./read-change-sets.ts";
import { countHistory, type HistoryFilter, noteUnreadableEntries, readHistory } from "./read-history.ts";
import type { RowFaults } from "./row-faults.ts";
import type { StoreConnection } from "./store-connection.ts";
import type { TableNames } from "./table-names.ts";

interface Parts {
  readonly connection: StoreConnection;
  readonly guard: OriginGuard;
  readonly tables: TableNames;
  readonly namespace: string;
  readonly faults: RowFaults;
}

/** Reads the history of a namespace. */
export class HistoryReads {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  entries(filter: HistoryFilter): Promise<AuditEntry[]> {
    const { connection, guard, tables, namespace, faults } = this.#parts;
    guard.checkLast();
    return connection.use((db) => readHistory(db, tables, namespace, filter, faults));
  }

  changeSets(filter: ChangeSetFilter): Promise<StoredChangeSet[]> {
    const { connection, guard, tables, namespace, faults } = this.#parts;
    guard.checkLast();
    return connection.use((db) => readChangeSets(db, tables, namespace, filter, faults));
  }

  count(ids: readonly string[]): Promise<number> {
    const { connection, guard, tables, namespace } = this.#parts;
    guard.checkLast();
    return connection.use((db) => countHistory(db, tables, namespace, ids));
  }

  async firstChange(key: string): Promise<FirstChange | undefined> {
    const { connection, tables, namespace } = this.#parts;
    return toFirstChange(await connection.use((db) => changeByKey(db, tables, namespace, key).execute()));
  }

  findUnreadable(): Promise<void> {
    const { connection, tables, namespace, faults } = this.#parts;
    return connection.use((db) => noteUnreadableEntries(db, tables, namespace, faults));
  }
}
