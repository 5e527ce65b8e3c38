import { sql } from "kysely";
import type { AnyKysely } from "../../src/store/any-kysely.ts";
import type { TestDatabase } from "./test-database.ts";

/** What a person does to the tables, with a client that lets them. */
export class ByHand {
  readonly #db: AnyKysely;
  readonly #namespace: string;

  private constructor(db: AnyKysely, namespace: string) {
    this.#db = db;
    this.#namespace = namespace;
  }

  static async of(home: TestDatabase): Promise<ByHand> {
    const db = await home.kysely(undefined, undefined, 1);
    for (const statement of liberties[home.kind.dialect]) {
      await sql
        .raw(statement)
        .execute(db)
        .catch((error: Error) => {
          // MySQL knows no "if exists" here; a test before has taken the constraint away.
          if (!/exist/.test(error.message)) throw error;
        });
    }
    return new ByHand(db, home.namespace);
  }

  /** Sets a column of a row; the revision stays. */
  async set(table: string, id: string, column: string, value: unknown): Promise<void> {
    await sql`update ${sql.table(table)} set ${sql.ref(column)} = ${value} where id = ${id}`.execute(
      this.#db,
    );
  }

  /** Sets a column of every row of the namespace. */
  async setAll(table: string, column: string, value: unknown): Promise<void> {
    await sql`update ${sql.table(table)} set ${sql.ref(column)} = ${value} where namespace = ${this.#namespace}`.execute(
      this.#db,
    );
  }

  /** As one who knows that processes look at the revision. */
  async raiseRevision(table: string, id: string): Promise<void> {
    const revision = sql`(select revision from (select * from plugbay_revision) r where r.namespace = ${this.#namespace})`;
    await sql`update plugbay_revision set revision = revision + 1 where namespace = ${this.#namespace}`.execute(
      this.#db,
    );
    await sql`update ${sql.table(table)} set revision = ${revision} where id = ${id}`.execute(this.#db);
  }

  async run(statement: string): Promise<void> {
    await sql.raw(statement).execute(this.#db);
  }
}

/** Rows of any content: what checks and keys refuse is an accident that others have had, on older servers for one. */
const liberties = {
  sqlite: ["pragma ignore_check_constraints = on", "pragma foreign_keys = off", "pragma busy_timeout = 5000"],
  postgres: ["item_status", "item_priority", "item_type"].map(
    (name) => `alter table plugbay_item drop constraint if exists plugbay_${name}`,
  ),
  mysql: [
    "alter table plugbay_item drop constraint plugbay_item_status",
    "alter table plugbay_item drop constraint plugbay_item_priority",
    "set foreign_key_checks = 0",
  ],
};
