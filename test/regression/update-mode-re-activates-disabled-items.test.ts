import { expect, test } from "vitest";
import { bob, greeter, greeting } from "../store/definitions.ts";
import { idOf, onEveryDatabase } from "../store/test-database.ts";

onEveryDatabase((home) => {
  test.each(["disable", "reserve"] as const)("a sync in update mode leaves an item on %s", async (status) => {
    const alice = greeter(greeting, "alice", { status: "active", priority: 1, description: "old" });
    const plugbay = await home.open([greeting, alice, bob]);
    await plugbay.control.updateItem(idOf(plugbay, "alice"), { status }, { actor: "operator" });

    const changed = greeter(greeting, "alice", { status: "active", priority: 1, description: "new" });
    const next = await home.open([greeting, changed, bob], { sync: "update" });
    expect(await home.item("alice")).toMatchObject({ status, description: "new" });
    expect(next.get(greeting)?.greet()).toBe("bob");
  });
});
