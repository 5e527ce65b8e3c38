import type { Clock } from "../time/clock.ts";
import type { Db } from "./dialect.ts";
import { LockWait } from "./lock-wait.ts";
import type { RegisterPlace } from "./register-place.ts";
import { lineOf } from "./revision-line.ts";
import { foldTraffic, pruneTraffic, takeTurn } from "./traffic-order.ts";
import type { TrafficNote, TrafficRow, TrafficSubject, TrafficSum } from "./traffic-row.ts";
import {
  ofSubjects,
  ofType,
  readTraffic,
  saveTraffic,
  sumTraffic,
  type Traffic,
  type TrafficFilter,
} from "./traffic-table.ts";

interface TrafficRegisterOptions extends Omit<RegisterPlace, "faults"> {
  readonly clock: Clock;
}

/** As many rows as a statement has: SQLite takes no more than 32,766 values in one. */
const mostRows = 500;

/** What the calls of a namespace came to, as its processes counted them. */
export class TrafficRegister {
  readonly #options: TrafficRegisterOptions;

  constructor(options: TrafficRegisterOptions) {
    this.#options = options;
  }

  /** Notes what this process has counted so far: in one statement, or several where there are hundreds of rows. */
  async save(notes: readonly TrafficNote[]): Promise<void> {
    const { connection, guard } = this.#options;
    guard.checkLast();
    for (let start = 0; start < notes.length; start += mostRows) {
      const some = notes.slice(start, start + mostRows);
      const save = (db: Db): Promise<void> => saveTraffic(this.#by(db), some);
      await connection.answered((access) => access.note(save), "writer");
    }
  }

  /** All of a type, and of its items, as each process wrote it. */
  ofType(typeId: string, filter: TrafficFilter): Promise<TrafficRow[]> {
    return this.#list((db) => readTraffic(this.#by(db), ofType(typeId), filter));
  }

  /** Of these, as each process wrote it. */
  of(subjects: readonly TrafficSubject[], filter: TrafficFilter): Promise<TrafficRow[]> {
    return this.#list((db) => readTraffic(this.#by(db), ofSubjects(subjects), filter));
  }

  /** Calls and failures of these, of all processes together. */
  async sums(subjects: readonly TrafficSubject[], filter: TrafficFilter): Promise<TrafficSum[]> {
    if (subjects.length === 0) return [];
    return this.#list((db) => sumTraffic(this.#by(db), ofSubjects(subjects), filter));
  }

  /**
   * Removes what is no longer kept, and puts the hours of all processes together; unless another process has done so
   * within the last minutes.
   */
  async putInOrder(): Promise<void> {
    const { connection } = this.#options;
    const isTurn = await connection.answered(
      (access) => access.note((db) => takeTurn(this.#by(db))),
      "writer",
    );
    if (!isTurn) return;
    await connection.reach((access) => access.note((db) => pruneTraffic(this.#by(db))), "writer");
    while (await this.#fold());
  }

  /** In the turn of a writer: so it is never done twice at once, and whatever ends it leaves all as it was. */
  #fold(): Promise<boolean> {
    const { connection, tables, namespace, clock } = this.#options;
    return connection.answered(async (access) => {
      const outcome = await access.write({
        lockWait: new LockWait(clock),
        line: (db) => lineOf(db, tables, namespace),
        reads: () => [],
        decide: async (db) => {
          const value = await foldTraffic(this.#by(db));
          return { value, isWritten: value };
        },
      });
      if (outcome.kind === "failed") throw outcome.error;
      return outcome.kind === "committed" && outcome.value;
    }, "writer");
  }

  #list<T>(work: (db: Db) => Promise<T>): Promise<T> {
    return this.#options.connection.reach(({ list }) => list(work));
  }

  #by(db: Db): Traffic {
    const { dialect, tables, namespace } = this.#options;
    return { db, time: dialect.time, upsert: dialect.upsert, tables, namespace };
  }
}
