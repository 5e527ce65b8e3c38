import { expect, test } from "vitest";
import { alice, bob, greeting } from "../store/definitions.ts";
import { onEveryDatabase } from "../store/test-database.ts";

onEveryDatabase((home) => {
  test("an item whose plugin this process does not have is passed over for the good one behind it", async () => {
    await home.open([greeting, alice, bob]);
    const plugbay = await home.open([greeting, bob]);
    expect(plugbay.get(greeting)?.greet()).toBe("bob");
    expect(plugbay.explain(greeting).map(({ item, reason }) => [item.name, reason])).toEqual([
      ["alice", "missing"],
      ["bob", "selected"],
    ]);
    expect(await home.item("alice")).toMatchObject({ status: "active", retiredAt: null });
  });
});
