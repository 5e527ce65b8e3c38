import { type Selectable, sql } from "kysely";
import type { Db } from "./dialect.ts";
import { type EventNote, type EventRow, eventKinds, eventsKeptMs, eventTroubles } from "./event-row.ts";
import { readMark } from "./mark.ts";
import { servedHows } from "./process-row.ts";
import type { RegisterPlace } from "./register-place.ts";
import { asInteger } from "./stored-integer.ts";
import { isRecord, storedJson } from "./stored-json.ts";
import type { EventTable } from "./tables.ts";
import { newUuid } from "./uuid.ts";

/** What happened in the processes of a namespace, as each noted it. */
export class EventRegister {
  readonly #place: RegisterPlace;

  constructor(place: RegisterPlace) {
    this.#place = place;
  }

  /** Notes what happened in a process: in one statement, for as many as a statement has. */
  async save(processId: string, notes: readonly EventNote[]): Promise<void> {
    const { connection, dialect, tables, namespace, guard } = this.#place;
    guard.checkLast();
    const rows = notes.map(({ typeId, itemId, kind, agoMs, from, how, was, message }) => ({
      ...{ namespace, type_id: typeId, item_id: itemId, process_id: processId, kind, id: newUuid() },
      at: sql<number>`${dialect.time.ms} - ${sql.lit(Math.max(0, Math.round(agoMs)))}`,
      details: JSON.stringify({
        ...(from !== null && { from }),
        ...(how !== null && { how }),
        ...(was !== null && { was }),
        ...(message !== null && { message }),
      }),
    }));
    const save = async (db: Db): Promise<void> => {
      if (guard.isSet) guard.checkChange(await readMark(db, tables, namespace));
      await db.insertInto(tables.event).values(rows).execute();
    };
    await connection.answered((access) => access.note(save), "writer");
  }

  /** Removes what is no longer kept. */
  async prune(): Promise<void> {
    const { connection, dialect, tables, namespace } = this.#place;
    const end = sql<number>`${dialect.time.ms} - ${sql.lit(eventsKeptMs)}`;
    await connection.reach(
      (access) =>
        access.note((db) =>
          db.deleteFrom(tables.event).where("namespace", "=", namespace).where("at", "<", end).execute(),
        ),
      "writer",
    );
  }

  /** What happened to a type from `since` on, in epoch milliseconds; the latest first. */
  async ofType(typeId: string, since: number, limit: number): Promise<EventRow[]> {
    const { connection, tables, namespace, guard } = this.#place;
    guard.checkLast();
    const rows = await connection.reach(({ list }) =>
      list((db) =>
        db
          .selectFrom(tables.event)
          .select(["id", "type_id", "item_id", "process_id", "kind", "at", "details"])
          .where("namespace", "=", namespace)
          .where("type_id", "=", typeId)
          .where("at", ">=", since)
          .orderBy("at", "desc")
          .orderBy("id")
          .limit(limit)
          .execute(),
      ),
    );
    return rows.flatMap(toEvent);
  }
}

/** What only newer code understands, or nobody, is left out: it is soon gone. */
function toEvent(row: Omit<Selectable<EventTable>, "namespace">): EventRow[] {
  const { kind } = row;
  if (!isOneOf(eventKinds, kind)) return [];
  const json = storedJson(row.details);
  const { from, how, was, message } = "value" in json && isRecord(json.value) ? json.value : {};
  return [
    {
      ...{ id: row.id, typeId: row.type_id, itemId: row.item_id, processId: row.process_id, kind },
      at: asInteger(row.at) ?? 0,
      from: typeof from === "string" ? from : null,
      how: isOneOf(servedHows, how) ? how : null,
      was: isOneOf(eventTroubles, was) ? was : null,
      message: typeof message === "string" ? message : null,
    },
  ];
}

const isOneOf = <Word>(words: readonly Word[], value: unknown): value is Word =>
  words.some((word) => word === value);
