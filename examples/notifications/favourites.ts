import type { Kysely } from "kysely";
import type { User } from "./user.ts";

interface Tables {
  user_favourite: { user_id: number; item_id: string };
}

/**
 * The plugin items that users prefer, in a table of the application. Its foreign keys hold for as long as
 * a user has the favourite: an item is retired, never deleted under it.
 */
export class Favourites {
  readonly #db: Kysely<Tables>;

  private constructor(db: Kysely<Tables>) {
    this.#db = db;
  }

  /** Opens the table, and makes it first where it is missing. plugbay's own tables must be there. */
  static async open(db: Kysely<Tables>): Promise<Favourites> {
    await db.schema
      .createTable("user_favourite")
      .ifNotExists()
      .addColumn("user_id", "integer", (column) => column.notNull())
      .addColumn("item_id", "text", (column) => column.notNull().references("plugbay_item.id"))
      .addPrimaryKeyConstraint("user_favourite_pk", ["user_id", "item_id"])
      .execute();
    return new Favourites(db);
  }

  async add(user: User, itemId: string): Promise<void> {
    await this.#db.insertInto("user_favourite").values({ user_id: user.id, item_id: itemId }).execute();
  }

  /** The ids of the user's favourite items, whatever has become of the items. */
  async of(user: User): Promise<string[]> {
    const rows = await this.#db
      .selectFrom("user_favourite")
      .select("item_id")
      .where("user_id", "=", user.id)
      .execute();
    return rows.map((row) => row.item_id);
  }
}
