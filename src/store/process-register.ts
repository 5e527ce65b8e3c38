import type { Db, StoreDialect } from "./dialect.ts";
import { readMark } from "./mark.ts";
import type { OriginGuard } from "./origin-guard.ts";
import { PluginLists } from "./plugin-lists.ts";
import type { ProcessNews, ProcessNote, ProcessRow } from "./process-row.ts";
import { type Processes, readProcesses, removeExpired, removeProcess, saveProcess } from "./process-table.ts";
import { ReportLists } from "./report-lists.ts";
import type { RowFaults } from "./row-faults.ts";
import type { StoreConnection } from "./store-connection.ts";
import type { TableNames } from "./table-names.ts";
import { newUuid } from "./uuid.ts";
import { OwnRevisions } from "./writing/own-revisions.ts";

interface ProcessRegisterOptions {
  readonly connection: StoreConnection;
  readonly dialect: StoreDialect;
  readonly tables: TableNames;
  readonly namespace: string;
  readonly guard: OriginGuard;
  readonly topic: string;
  readonly faults: RowFaults;
  /** Tells other processes that there is something to read. */
  readonly publish: (message: string) => void;
}

/** What the messages begin with by which processes tell each other that one of them says something new of itself. */
export const processNotice = "processes ";

/** Who is no longer alive is looked for each so many times that a process says that it is: once a minute. */
const cleanUpEvery = 4;

/** The processes that serve from a namespace, as they say themselves. */
export class ProcessRegister {
  readonly #options: ProcessRegisterOptions;
  readonly #pluginLists = new PluginLists();
  readonly #reportLists = new ReportLists();
  readonly #own = new OwnRevisions();
  #saved = 0;

  constructor(options: ProcessRegisterOptions) {
    this.#options = options;
  }

  /** Whether this process sent that message. */
  isOwn(message: string): boolean {
    return this.#own.has(message);
  }

  /**
   * Notes that a process is alive, for `aliveMs` unless it says so again. The first time, and every so often after it,
   * those are forgotten that no longer are: nobody is listed by mistake until then.
   */
  async save(note: ProcessNote, news: ProcessNews, aliveMs: number): Promise<void> {
    const { connection, tables, namespace, guard } = this.#options;
    const save = async (db: Db): Promise<void> => {
      if (guard.isSet) guard.checkChange(await readMark(db, tables, namespace));
      await saveProcess(this.#by(db), note, news, aliveMs);
      if (this.#saved % cleanUpEvery === 0) await removeExpired(this.#by(db));
      this.#saved += 1;
      if (news.tellsFleet) await this.#tell(db);
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
    return connection.use((db) => readProcesses(this.#by(db), this.#pluginLists, this.#reportLists, faults));
  }

  async #tell(db: Db): Promise<void> {
    const { dialect, topic, publish } = this.#options;
    const message = processNotice + newUuid();
    this.#own.add(message);
    const notice = dialect.notice?.(db, topic, message);
    if (notice) await db.executeQuery(notice.compile());
    publish(message);
  }

  #by(db: Db): Processes {
    const { dialect, tables, namespace } = this.#options;
    return { db, time: dialect.time, tables, namespace };
  }
}
