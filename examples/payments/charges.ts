import type { Kysely } from "kysely";

export interface Charge {
  readonly order_id: string;
  readonly cents: number;
  readonly status: "pending" | "charged" | "unknown" | "refunded";
  /** The item of plugbay that charged: refunds go by it. */
  readonly item_id: string | null;
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
      .addColumn("item_id", "varchar(36)", (column) =>
        column.references("plugbay_item.id").onDelete("restrict"),
      )
      .addColumn("charge_id", "varchar(64)")
      .execute();
    await db.schema.createIndex("charge_item").ifNotExists().on("charge").column("item_id").execute();
    return new Charges(db);
  }

  /** Whether the order was not begun before: of two requests for one order, one gets true. */
  async begin(orderId: string, cents: number): Promise<boolean> {
    const { numInsertedOrUpdatedRows } = await this.#db
      .insertInto("charge")
      .values({ order_id: orderId, cents, status: "pending", item_id: null, charge_id: null })
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
}
