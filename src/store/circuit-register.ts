import {
  type Circuits,
  readCircuit,
  readCircuits,
  removeCircuit,
  removeExpiredCircuits,
  writeCircuit,
} from "./circuit-table.ts";
import type { Db, StoreDialect } from "./dialect.ts";
import type { OriginGuard } from "./origin-guard.ts";
import type { RowFaults } from "./row-faults.ts";
import type { StoreConnection } from "./store-connection.ts";
import type { CircuitRow, StoredCircuit } from "./stored-circuit.ts";
import type { TableNames } from "./table-names.ts";
import { newUuid } from "./uuid.ts";
import { OwnRevisions } from "./writing/own-revisions.ts";

interface CircuitRegisterOptions {
  readonly connection: StoreConnection;
  readonly dialect: StoreDialect;
  readonly tables: TableNames;
  readonly namespace: string;
  readonly topic: string;
  readonly guard: OriginGuard;
  readonly faults: RowFaults;
  /** Tells other processes that there is something to read. */
  readonly publish: (message: string) => void;
}

/**
 * What is to be known of an item, from what is known; undefined: nothing. `now` is the database's time, in epoch
 * milliseconds.
 */
export type DecideCircuit = (
  row: CircuitRow | undefined,
  now: number,
) => StoredCircuit | undefined | "as it is";

/** What came of a decision. */
export interface DecidedCircuit {
  readonly now: number;
  readonly row: CircuitRow | undefined;
}

/** What the messages begin with by which processes tell each other that there is something to read here. */
export const circuitNotice = "circuits ";

/** So often another process may come in between before it is given up: there are hardly more that have news at once. */
const mostTries = 20;

/** What the processes of a namespace found about items in use, and tell each other. */
export class CircuitRegister {
  readonly #options: CircuitRegisterOptions;
  readonly #own = new OwnRevisions();

  constructor(options: CircuitRegisterOptions) {
    this.#options = options;
  }

  /** Whether this process sent that message. */
  isOwn(message: string): boolean {
    return this.#own.has(message);
  }

  /** All that is known. Nobody waits for a writer here. */
  all(): Promise<{ readonly now: number; readonly rows: readonly CircuitRow[] }> {
    const { connection, faults } = this.#options;
    return connection.reach(({ list }) => list((db) => readCircuits(this.#by(db), faults)));
  }

  /**
   * Brings what is known of an item up to date, and tells the others where it changed. Between reading and writing
   * another process may write: then it is decided anew.
   */
  change(itemId: string, decide: DecideCircuit): Promise<DecidedCircuit | undefined> {
    const { connection, guard, faults } = this.#options;
    const change = async (db: Db): Promise<DecidedCircuit | undefined> => {
      const circuits = this.#by(db);
      for (let tries = 0; tries < mostTries; tries += 1) {
        const read = await readCircuit(circuits, itemId, faults);
        if (read === undefined) return undefined;
        if (guard.isSet) guard.checkChange(read.head);
        const { now, row } = read;
        const wanted = decide(row, now);
        if (wanted === "as it is") return { now, row };
        const written = await writeCircuit(circuits, read, itemId, wanted);
        if (written === "overtaken") continue;
        await this.#tell(db);
        await removeExpiredCircuits(circuits, now);
        return { now, row: written };
      }
      return undefined;
    };
    return connection.answered((access) => access.note(change), "writer");
  }

  /** Forgets what is known of an item. */
  remove(itemId: string): Promise<void> {
    const { connection } = this.#options;
    const remove = async (db: Db): Promise<void> => {
      if (await removeCircuit(this.#by(db), itemId)) await this.#tell(db);
    };
    return connection.answered((access) => access.note(remove), "writer");
  }

  async #tell(db: Db): Promise<void> {
    const { dialect, topic, publish } = this.#options;
    const message = circuitNotice + newUuid();
    this.#own.add(message);
    const notice = dialect.notice?.(db, topic, message);
    if (notice) await db.executeQuery(notice.compile());
    publish(message);
  }

  #by(db: Db): Circuits {
    const { dialect, tables, namespace } = this.#options;
    return { db, time: dialect.time, upsert: dialect.upsert, tables, namespace };
  }
}
