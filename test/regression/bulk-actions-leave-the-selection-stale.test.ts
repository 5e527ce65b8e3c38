import type { BulkAction } from "plugbay";
import { expect, test } from "vitest";
import { alice, bob, greeting } from "../store/definitions.ts";
import { idOf, onEveryDatabase } from "../store/test-database.ts";

onEveryDatabase((home) => {
  test.each([
    ["disable", "bob"],
    ["reserve", "bob"],
    ["lower", "bob"],
  ] as [BulkAction, string][])("the next get after a bulk %s answers %s", async (action, expected) => {
    const plugbay = await home.open([greeting, alice, bob]);
    const item = await plugbay.control.getItem(idOf(plugbay, "alice"));
    expect(plugbay.get(greeting)?.greet()).toBe("alice");
    await plugbay.control.updateItem(item.id, { priority: 2 }, { actor: "operator" });
    await plugbay.control.bulk([item.id], action, { actor: "operator" });
    expect(plugbay.get(greeting)?.greet()).toBe(expected);
  });
});
