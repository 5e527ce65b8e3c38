import type { Kysely } from "kysely";

export interface Charge {
  readonly order_id: string;
  readonly cents: number;
  readonly status: "pending" | "unknown" | "charged" | "refunded";
  readonly begun_at: string;
  /** The item of plugbay that was asked last: it has the money, if anybody has. Refunds go by it. */
  readonly item_id: string | null;
  /** What it was asked with. */
  readonly idempotency_key: string | null;
  readonly charge_id: string | null;
}

export interface Tables {
  charge: Charge;
}

/** The charges of the shop, one for each order, in plugbay's database: so a foreign key can point at items. */
export class Charges {
  readonly #db: Kysely<Tables>;

  private constructor(db: Kysely<Tables>) {
    this.#db = db;
  }

  /** Makes the table where it is missing. plugbay's own tables must be there. */
  static async open(db: Kysely<Tables>): Promise<Charges> {
    await db.schema
      .createTable("charge")
      .ifNotExists()
      .addColumn("order_id", "varchar(64)", (column) => column.primaryKey())
      .addColumn("cents", "integer", (column) => column.notNull())
      .addColumn("status", "varchar(16)", (column) => column.notNull())
      .addColumn("begun_at", "varchar(24)", (column) => column.notNull())
      .addColumn("item_id", "varchar(36)", (column) =>
        column.references("plugbay_item.id").onDelete("restrict"),
      )
      .addColumn("idempotency_key", "varchar(128)")
      .addColumn("charge_id", "varchar(64)")
      .execute();
    await db.schema.createIndex("charge_item").ifNotExists().on("charge").column("item_id").execute();
    return new Charges(db);
  }

  /** Whether the order was not begun before: of two requests for one order, one gets true. */
  async begin(orderId: string, cents: number): Promise<boolean> {
    const { numInsertedOrUpdatedRows } = await this.#db
      .insertInto("charge")
      .values({ order_id: orderId, cents, status: "pending", begun_at: new Date().toISOString() })
      .onConflict((conflict) => conflict.column("order_id").doNothing())
      .executeTakeFirstOrThrow();
    return numInsertedOrUpdatedRows === 1n;
  }

  async change(orderId: string, change: Partial<Omit<Charge, "order_id">>): Promise<void> {
    await this.#db.updateTable("charge").set(change).where("order_id", "=", orderId).execute();
  }

  /** For an order of which nothing was charged, so that it can be paid again. */
  async forget(orderId: string): Promise<void> {
    await this.#db.deleteFrom("charge").where("order_id", "=", orderId).execute();
  }

  of(orderId: string): Promise<Charge | undefined> {
    return this.#db.selectFrom("charge").selectAll().where("order_id", "=", orderId).executeTakeFirst();
  }

  /** Those whose gateway did not answer, and those that were begun before the given time by a process that crashed. */
  unsettled(abandonedBefore: Date): Promise<Charge[]> {
    return this.#db
      .selectFrom("charge")
      .selectAll()
      .where(({ eb, or, and }) =>
        or([
          eb("status", "=", "unknown"),
          and([eb("status", "=", "pending"), eb("begun_at", "<", abandonedBefore.toISOString())]),
        ]),
      )
      .execute();
  }
}
