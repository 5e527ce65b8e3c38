import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { plugbayId, plugbayItem } from "./plugbay-tables.ts";

export const user = sqliteTable(
  "user",
  {
    id: integer("id").primaryKey(),
    name: text("name").notNull(),
    email: text("email").notNull(),
    phone: text("phone").notNull(),
    favouriteId: plugbayId("favourite_id").references(() => plugbayItem.id, { onDelete: "restrict" }),
  },
  (table) => [index("user_favourite").on(table.favouriteId)],
);

export type User = typeof user.$inferSelect;
