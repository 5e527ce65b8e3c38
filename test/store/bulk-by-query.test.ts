import { expect, test } from "vitest";
import { alice, bob, carol, greeter, greeting } from "./definitions.ts";
import { onEveryDatabase } from "./test-database.ts";

const by = { actor: "olga" };
const everything = [greeting, alice, bob, carol, greeter(greeting, "dora")];

onEveryDatabase((home) => {
  test("a change of all that a query finds leaves alone what somebody else has just taken out of it", async () => {
    const here = await home.open(everything);
    const there = await home.open(everything);
    const ids = here.items(greeting).map(({ id }) => id);
    for (let round = 0; round < 8; round += 1) {
      const mine = ids[round % ids.length] as string;
      await there.control.bulk(ids, "activate", by);
      // Whoever comes first: in the end this one is in reserve, for only active ones are disabled.
      const [{ changed }] = await Promise.all([
        here.control.bulk({ query: { status: "active" } }, "disable", by),
        there.control.updateItem(mine, { status: "reserve" }, by),
      ]);
      const rows = await home.rows();
      const statuses = new Map(rows.items.map(({ id, status }) => [id, status]));
      expect(statuses.get(mine)).toBe("reserve");
      expect([...statuses.values()].filter((status) => status === "disable")).toHaveLength(ids.length - 1);
      expect([ids.length - 1, ids.length]).toContain(changed);
    }
  });

  test("two changes of all that a query finds, made at once, are made one after the other", async () => {
    const here = await home.open(everything);
    const there = await home.open(everything);
    const query = { status: "active" } as const;
    const [one, other] = await Promise.all([
      here.control.bulk({ query }, "reserve", by),
      there.control.bulk({ query }, "disable", by),
    ]);
    expect([one.changed, other.changed].sort()).toEqual([0, 4]);
  });

  test("retiring and restoring take a query, too", async () => {
    const plugbay = await home.open(everything);
    const found = { query: { search: "bob" } };
    expect(await plugbay.control.retire(found, by)).toMatchObject({ changed: 1 });
    expect(await home.item("bob")).toMatchObject({ retiredBy: "operator" });
    expect(await plugbay.control.restore({ query: { retired: true } }, by)).toMatchObject({ changed: 1 });
    expect(await home.item("bob")).toMatchObject({ retiredAt: null });
    expect(await plugbay.control.bulk({ query: { search: "nobody" } }, "raise", by)).toMatchObject({
      changed: 0,
    });
  });
});
