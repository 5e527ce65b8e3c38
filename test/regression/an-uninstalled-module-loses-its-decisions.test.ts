import { sql } from "kysely";
import { expect, test } from "vitest";
import { alice, bob, greeting } from "../store/definitions.ts";
import { idOf, onEveryDatabase } from "../store/test-database.ts";

const idColumn = {
  sqlite: sql`text`,
  postgres: sql`varchar(36)`,
  mysql: sql`varchar(36) character set ascii collate ascii_bin`,
};

onEveryDatabase((home) => {
  test("a module that was away for one deployment comes back with its ids, decisions and users", async () => {
    const empty = await home.elsewhere();
    const { database } = empty;
    const before = await home.open([greeting, alice, bob], { database, migrate: true });
    const id = idOf(before, "bob");
    const decision = { status: "reserve", priority: -5, description: "for Sundays" } as const;
    await before.control.updateItem(id, decision, { actor: "operator" });
    const db = await home.kysely({}, empty);
    await db.schema
      .createTable("favourite")
      .addColumn("item_id", idColumn[home.kind.dialect], (column) => column.notNull())
      .addForeignKeyConstraint("favourite_item", ["item_id"], "plugbay_item", ["id"])
      .execute();
    await db.insertInto("favourite").values({ item_id: id }).execute();

    const without = await home.open([greeting, alice], { database });
    expect(await without.sync({ mode: "update", prune: true })).toMatchObject({ prunedItems: 1 });
    expect(without.getById(greeting, id)).toBeUndefined();

    const after = await home.open([greeting, alice, bob], { database });
    expect(after.items(greeting).find(({ name }) => name === "bob")).toMatchObject({ id, ...decision });
    const [favourite] = await db.selectFrom("favourite").selectAll().execute();
    expect(after.getById(greeting, favourite?.item_id)?.greet()).toBe("bob");
  });
});
