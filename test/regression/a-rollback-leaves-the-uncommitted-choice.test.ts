import { expect, test } from "vitest";
import { alice, bob, greeting } from "../store/definitions.ts";
import { idOf, onEveryDatabase } from "../store/test-database.ts";

onEveryDatabase((home) => {
  test("a change that is rolled back was never served, and is not served later", async () => {
    const empty = await home.elsewhere();
    const { database } = empty;
    const plugbay = await home.open([greeting, alice, bob], { database, migrate: true });
    const db = await home.kysely({}, empty);
    const served: (string | undefined)[] = [];
    plugbay.on("change", () => served.push(plugbay.get(greeting)?.greet()));
    // The item is changed before its history is written: so this rolls a change back.
    await db.schema.alterTable("plugbay_audit").renameTo("no_audit").execute();

    const ids = [idOf(plugbay, "alice")];
    await expect(plugbay.control.bulk(ids, "disable", { actor: "operator" })).rejects.toThrow();
    expect(plugbay.get(greeting)?.greet()).toBe("alice");
    await db.schema.alterTable("no_audit").renameTo("plugbay_audit").execute();
    await plugbay.refresh();
    expect(plugbay.get(greeting)?.greet()).toBe("alice");
    expect(served).not.toContain("bob");
    expect(await home.rows({ database })).toMatchObject({ revision: 1 });

    await plugbay.control.bulk(ids, "disable", { actor: "operator" });
    expect(plugbay.get(greeting)?.greet()).toBe("bob");
  });
});
