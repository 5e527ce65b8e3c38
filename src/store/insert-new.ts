import type { InsertQueryBuilder, InsertResult } from "kysely";
import type { StoreDialect } from "./dialect.ts";
import type { Tables } from "./tables.ts";

/** Inserts a row, unless one is there already. Returns whether it is new. */
export async function insertNew<Table extends keyof Tables>(
  upsert: StoreDialect["upsert"],
  insert: InsertQueryBuilder<Tables, Table, InsertResult>,
): Promise<boolean> {
  const query =
    upsert === "on conflict" ? insert.onConflict((conflict) => conflict.doNothing()) : insert.ignore();
  const { numInsertedOrUpdatedRows = 0n } = await query.executeTakeFirst();
  return numInsertedOrUpdatedRows > 0n;
}
