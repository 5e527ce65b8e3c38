import type { DatabaseTime, Db } from "./dialect.ts";
import { readMark } from "./mark.ts";
import type { OriginGuard } from "./origin-guard.ts";
import { PluginLists } from "./plugin-lists.ts";
import type { PluginNews, ProcessNote, ProcessRow } from "./process-row.ts";
import { type Processes, readProcesses, removeProcess, saveProcess } from "./process-table.ts";
import type { RowFaults } from "./row-faults.ts";
import type { StoreConnection } from "./store-connection.ts";
import type { TableNames } from "./table-names.ts";

interface ProcessRegisterOptions {
  readonly connection: StoreConnection;
  readonly time: DatabaseTime;
  readonly tables: TableNames;
  readonly namespace: string;
  readonly guard: OriginGuard;
  readonly faults: RowFaults;
}

/** The processes that serve from a namespace, as they say themselves. */
export class ProcessRegister {
  readonly #options: ProcessRegisterOptions;
  readonly #pluginLists = new PluginLists();

  constructor(options: ProcessRegisterOptions) {
    this.#options = options;
  }

  /** Notes that a process is alive, for `aliveMs` unless it says so again; forgets those that no longer are. */
  async save(note: ProcessNote, news: PluginNews, aliveMs: number): Promise<void> {
    const { connection, tables, namespace, guard } = this.#options;
    const save = async (db: Db): Promise<void> => {
      if (guard.isSet) guard.checkChange(await readMark(db, tables, namespace));
      await saveProcess(this.#by(db), note, news, aliveMs);
    };
    await connection.answered((access) => access.note(save), "writer");
  }

  /** Forgets a process that ends. */
  remove(id: string): Promise<void> {
    const { connection, tables } = this.#options;
    return connection.answered(({ note }) => note((db) => removeProcess(db, tables, id)), "writer");
  }

  /** Those that are alive, by host and process id. */
  async all(): Promise<ProcessRow[]> {
    const { connection, guard, faults } = this.#options;
    guard.checkLast();
    return connection.use((db) => readProcesses(this.#by(db), this.#pluginLists, faults));
  }

  #by(db: Db): Processes {
    const { time, tables, namespace } = this.#options;
    return { db, time, tables, namespace };
  }
}
