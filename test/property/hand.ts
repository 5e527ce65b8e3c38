import { sql } from "kysely";
import type { AnyKysely } from "../../src/store/any-kysely.ts";
import type { TestDatabase } from "../store/test-database.ts";

/** Tables whose rows a copy of a namespace has, those that others point at first. */
const tables = [
  "plugbay_revision",
  "plugbay_change",
  "plugbay_type",
  "plugbay_item",
  "plugbay_audit",
] as const;

export type NamespaceCopy = ReadonlyMap<(typeof tables)[number], readonly Record<string, unknown>[]>;

/** Somebody with a database client, who goes past plugbay. */
export class Hand {
  readonly #db: AnyKysely;

  private constructor(db: AnyKysely) {
    this.#db = db;
  }

  static async on(home: TestDatabase): Promise<Hand> {
    const db = await home.kysely({}, home.here, 1);
    await allowAnything(db, home.kind.dialect);
    return new Hand(db);
  }

  /** Sets columns of an item's row, and raises the revision by so much, as those do who have read the documentation. */
  async edit(namespace: string, id: string, columns: Record<string, unknown>, raise: 0 | 1): Promise<void> {
    const db = this.#db;
    const { revision } = await db
      .selectFrom("plugbay_revision")
      .select("revision")
      .where("namespace", "=", namespace)
      .executeTakeFirstOrThrow();
    const next = Number(revision) + raise;
    await db
      .updateTable("plugbay_item")
      .set({ ...(raise === 1 && { revision: next }), ...columns })
      .where("id", "=", id)
      .execute();
    await db
      .updateTable("plugbay_revision")
      .set({ revision: next })
      .where("namespace", "=", namespace)
      .execute();
  }

  async copy(namespace: string): Promise<NamespaceCopy> {
    const copy = new Map<(typeof tables)[number], Record<string, unknown>[]>();
    for (const table of tables) {
      copy.set(
        table,
        await this.#db.selectFrom(table).selectAll().where("namespace", "=", namespace).execute(),
      );
    }
    return copy;
  }

  /** Puts a copy in the place of what there is. */
  async restore(namespace: string, copy: NamespaceCopy): Promise<void> {
    await this.#db.transaction().execute(async (transaction) => {
      for (const table of tables.toReversed()) {
        await transaction.deleteFrom(table).where("namespace", "=", namespace).execute();
      }
      for (const table of tables) {
        for (const row of copy.get(table) ?? []) await transaction.insertInto(table).values(row).execute();
      }
    });
  }
}

/** Databases differ in what they let a hand write. */
async function allowAnything(db: AnyKysely, dialect: TestDatabase["kind"]["dialect"]): Promise<void> {
  if (dialect === "sqlite") await sql`pragma ignore_check_constraints = on`.execute(db);
  else {
    for (const name of ["plugbay_item_status", "plugbay_item_priority"]) {
      await sql`alter table plugbay_item drop constraint ${sql.id(name)}`.execute(db);
    }
  }
}
