import { sql } from "kysely";
import type { Db } from "./dialect.ts";
import { insertNew } from "./insert-new.ts";
import { readMark } from "./mark.ts";
import type { RegisterPlace } from "./register-place.ts";

/** Which process of a namespace does what only one is to do. It stays that one until it says nothing for a while. */
export class Leadership {
  readonly #place: RegisterPlace;
  readonly #me: string;

  constructor(place: RegisterPlace, me: string) {
    this.#place = place;
    this.#me = me;
  }

  /**
   * Whether this process leads, for `leaseMs` from now unless it asks again; and the database's time, in epoch
   * milliseconds.
   */
  claim(leaseMs: number): Promise<{ readonly leads: boolean; readonly now: number }> {
    const { connection, guard, tables, namespace } = this.#place;
    const claim = async (db: Db) => {
      if (guard.isSet) guard.checkChange(await readMark(db, tables, namespace));
      return this.#claim(db, leaseMs);
    };
    return connection.answered(({ note }) => note(claim), "writer");
  }

  /** Leaves it to the others. */
  resign(): Promise<void> {
    const { connection, tables, namespace } = this.#place;
    const resign = async (db: Db): Promise<void> => {
      await db
        .deleteFrom(tables.leader)
        .where("namespace", "=", namespace)
        .where("owner", "=", this.#me)
        .execute();
    };
    return connection.answered(({ note }) => note(resign), "writer");
  }

  async #claim(db: Db, leaseMs: number): Promise<{ readonly leads: boolean; readonly now: number }> {
    const { dialect, tables, namespace } = this.#place;
    const { ms } = dialect.time;
    const { rows } = await sql<{ now: number | string }>`select ${ms} as now`.execute(db);
    const now = Number(rows[0]?.now);
    const values = { owner: this.#me, expires_at: now + leaseMs };
    const found = await db
      .selectFrom(tables.leader)
      .select(["owner", "expires_at"])
      .where("namespace", "=", namespace)
      .executeTakeFirst();
    if (found === undefined) {
      const insert = db.insertInto(tables.leader).values({ namespace, ...values });
      return { leads: await insertNew(dialect.upsert, insert), now };
    }
    if (found.owner !== this.#me && Number(found.expires_at) > now) return { leads: false, now };
    const { numUpdatedRows } = await db
      .updateTable(tables.leader)
      .set(values)
      .where("namespace", "=", namespace)
      .where("owner", "=", found.owner)
      .where("expires_at", "=", found.expires_at)
      .executeTakeFirst();
    return { leads: numUpdatedRows > 0n, now };
  }
}
