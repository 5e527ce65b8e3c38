import { createHash, randomInt } from "node:crypto";
import type { Db } from "./dialect.ts";
import { insertNew } from "./insert-new.ts";
import type { RegisterPlace } from "./register-place.ts";
import { RowReader } from "./row-reader.ts";
import { asInteger } from "./stored-integer.ts";
import { storedJson } from "./stored-json.ts";

/** Something that a process has noted, as it was read or written. */
export interface Note {
  readonly id: string;
  /** Other with every write. */
  readonly mark: number;
  /** JSON of another form than this code writes, where it was written by other code or by hand; undefined for none. */
  readonly state: unknown;
}

const highestMark = 2 ** 31;

/** What processes note of a namespace in one of its tables, each note under an id. */
export class Notes {
  readonly #place: RegisterPlace;
  readonly #table: "plugbay_attention" | "plugbay_alert";

  constructor(place: RegisterPlace, table: "attention" | "alert") {
    this.#place = place;
    this.#table = place.tables[table];
  }

  /** The id of what is called so in this namespace. */
  idOf(...names: readonly string[]): string {
    const text = JSON.stringify([this.#place.namespace, ...names]);
    return createHash("sha256").update(text).digest("hex").slice(0, 36);
  }

  async all(): Promise<Note[]> {
    const { connection, namespace, faults } = this.#place;
    const table = this.#table;
    const rows = await connection.use((db) =>
      db.selectFrom(table).select(["id", "mark", "state"]).where("namespace", "=", namespace).execute(),
    );
    faults.keepOnly(
      table,
      rows.map(({ id }) => id),
    );
    const reader = new RowReader(table, faults);
    return rows.map((row) =>
      reader.row(row.id, (id) => {
        const json = storedJson(reader.text("state", row.state));
        if ("problem" in json)
          reader.note("state", json.problem, { effect: "it is written anew", fix: "delete the row" });
        return { id, mark: asInteger(row.mark) ?? 0, state: "value" in json ? json.value : undefined };
      }),
    );
  }

  /**
   * Notes something, or nothing any more where `state` is undefined. Returns the note as it is now; `overtaken`, and
   * nothing was written, where it is no longer as it was `before`.
   */
  save(
    id: string,
    before: Note | undefined,
    state: object | undefined,
  ): Promise<Note | undefined | "overtaken"> {
    return this.#place.connection.answered(
      ({ note }) => note((db) => this.#save(db, id, before, state)),
      "writer",
    );
  }

  async #save(
    db: Db,
    id: string,
    before: Note | undefined,
    state: object | undefined,
  ): Promise<Note | undefined | "overtaken"> {
    const { namespace, dialect } = this.#place;
    const table = this.#table;
    if (state === undefined) {
      if (before === undefined) return undefined;
      const { numDeletedRows } = await db
        .deleteFrom(table)
        .where("id", "=", id)
        .where("mark", "=", before.mark)
        .executeTakeFirst();
      return numDeletedRows === 0n ? "overtaken" : undefined;
    }
    const mark = randomInt(1, highestMark);
    const values = { namespace, mark, state: JSON.stringify(state) };
    if (before === undefined) {
      const isNew = await insertNew(dialect.upsert, db.insertInto(table).values({ id, ...values }));
      return isNew ? { id, mark, state } : "overtaken";
    }
    const { numUpdatedRows } = await db
      .updateTable(table)
      .set(values)
      .where("id", "=", id)
      .where("mark", "=", before.mark)
      .executeTakeFirst();
    return numUpdatedRows === 0n ? "overtaken" : { id, mark, state };
  }
}
