import { ForbiddenError } from "plugbay";
import { expect, test } from "vitest";
import { bulkActions } from "../../src/control/items/bulk-action.ts";
import { snapshotOf } from "../../src/open/facade.ts";
import { alice, bob, greeter, greeterType, greeting } from "../store/definitions.ts";
import { idOf, onEveryDatabase } from "../store/test-database.ts";

onEveryDatabase((home) => {
  test.each(bulkActions)("a user who may only read cannot run the bulk action %s", async (action) => {
    const plugbay = await home.open([greeting, alice, bob]);
    const { revision } = snapshotOf(plugbay);
    const control = plugbay.control.limitedTo({ access: "read" });
    const ids = [idOf(plugbay, "alice"), idOf(plugbay, "bob")];
    await expect(control.bulk(ids, action, { actor: "olga" })).rejects.toThrow(ForbiddenError);
    await plugbay.refresh();
    expect(snapshotOf(plugbay).revision).toBe(revision);
  });

  test("a user who may only read cannot write in any other way, but read everything", async () => {
    const plugbay = await home.open([greeting, alice, bob]);
    const control = plugbay.control.limitedTo({ access: "read" });
    const id = idOf(plugbay, "alice");
    const by = { actor: "olga" };
    for (const write of [
      () => control.updateItem(id, { status: "disable" }, by),
      () => control.reorder([id], by),
      () => control.retire([id], by),
      () => control.restore([id], by),
      () => control.purge({ olderThanMs: 0, ...by }),
    ]) {
      await expect(write()).rejects.toThrow(ForbiddenError);
    }
    expect((await control.list()).total).toBe(2);
    expect(await control.history()).not.toEqual([]);
  });

  test("a bulk action over items of a type that the user may not change is refused as a whole", async () => {
    const parting = greeterType("parting");
    const plugbay = await home.open([greeting, parting, alice, greeter(parting, "dora")]);
    const control = plugbay.control.limitedTo({ access: "write", types: [greeting] });
    const ids = [idOf(plugbay, "alice"), idOf(plugbay, "dora")];
    await expect(control.bulk(ids, "disable", { actor: "olga" })).rejects.toThrow(ForbiddenError);
    expect((await control.list({ status: "disable" })).total).toBe(0);
    await control.bulk(ids.slice(0, 1), "disable", { actor: "olga" });
    expect((await control.list({ status: "disable" })).total).toBe(1);
  });
});
