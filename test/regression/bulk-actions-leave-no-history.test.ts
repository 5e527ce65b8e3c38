import { expect, test } from "vitest";
import { bulkActions } from "../../src/control/items/bulk-action.ts";
import { alice, bob, greeter, greeting } from "../store/definitions.ts";
import { idOf, onEveryDatabase } from "../store/test-database.ts";

onEveryDatabase((home) => {
  test.each(bulkActions)("a bulk %s is in the history of each of its items", async (action) => {
    const off = greeter(greeting, "off", { status: "disable" });
    const plugbay = await home.open([greeting, alice, bob, off]);
    const names = action === "activate" ? ["off"] : ["alice", "bob"];
    const ids = names.map((name) => idOf(plugbay, name));
    // What is as in code has nothing to reset.
    const isReset = action === "reset";
    if (isReset) await plugbay.control.bulk(ids, "lower", { actor: "ann" });
    await plugbay.control.bulk(ids, action, { actor: "olga", source: "admin" });
    for (const id of ids) {
      const [entry] = await plugbay.control.history({ entityId: id });
      const field = isReset || action === "raise" || action === "lower" ? "priority" : "status";
      expect(entry).toMatchObject({
        action: "update",
        actor: "olga",
        source: "admin",
        revision: isReset ? 3 : 2,
      });
      expect(Object.keys(entry?.before ?? {})).toEqual([field]);
      expect(entry?.after).toEqual({ [field]: expect.anything() });
      expect(entry?.after).not.toEqual(entry?.before);
    }
  });
});
