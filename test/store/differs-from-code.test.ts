import { expect, test } from "vitest";
import { alice, bob, carol, greeter, greeting } from "./definitions.ts";
import { idOf, onEveryDatabase } from "./test-database.ts";

const by = { actor: "olga", reason: "as in the release" };
const dora = greeter(greeting, "dora", { priority: 7, status: "reserve", description: "On call" });
const everything = [greeting, alice, bob, carol, dora];

onEveryDatabase((home) => {
  test("an item differs from code where an operator has made something else of it", async () => {
    const plugbay = await home.open(everything);
    const { control } = plugbay;
    expect(await control.list({ differsFromCode: true })).toMatchObject({ total: 0 });
    await control.updateItem(await idOf(plugbay, "bob"), { status: "disable", priority: 9 }, by);
    const differing = await control.updateItem(await idOf(plugbay, "dora"), { description: "" }, by);
    expect(differing.differsFromCode).toEqual(["description"]);

    const { items } = await control.list({ differsFromCode: true });
    expect(items.map(({ name, differsFromCode }) => [name, differsFromCode])).toEqual([
      ["dora", ["description"]],
      ["bob", ["status", "priority"]],
    ]);
    expect((await control.list({ differsFromCode: false })).items.map(({ name }) => name)).toEqual([
      "alice",
      "carol",
    ]);
    expect(await control.list({ differsFromCode: true, search: "bob" })).toMatchObject({ total: 1 });
  });

  test("an item whose plugin this process does not have differs in nothing, until it is registered", async () => {
    const there = await home.open(everything);
    await there.control.updateItem(await idOf(there, "bob"), { priority: 9 }, by);
    const here = await home.open([greeting, alice], { sync: false });
    expect(await here.control.list({ differsFromCode: true })).toMatchObject({ total: 0 });
    here.registry.register(bob);
    expect((await here.control.list({ differsFromCode: true })).items).toMatchObject([{ name: "bob" }]);
  });

  test("what differs is reset at once, as one change that is taken back as one", async () => {
    const plugbay = await home.open(everything);
    const { control } = plugbay;
    await control.bulk({ query: {} }, "disable", by);
    await control.updateItem(await idOf(plugbay, "dora"), { description: "Off" }, by);
    const query = { differsFromCode: true } as const;
    const plan = await control.planBulk({ query }, "reset");
    expect(plan.changes).toHaveLength(4);
    expect(await control.preview({ items: { query }, action: "reset" })).toMatchObject({
      changed: 4,
      types: [{ effect: "served", after: { name: "alice" } }],
    });

    const { changed, revision } = await control.bulk({ query }, "reset", by);
    expect(changed).toBe(4);
    expect(await home.item("dora")).toMatchObject({ status: "reserve", priority: 7, description: "On call" });
    expect(await home.item("alice")).toMatchObject({ status: "active", priority: 1 });
    expect(await control.list(query)).toMatchObject({ total: 0 });
    expect(await control.bulk({ query: {} }, "reset", by)).toMatchObject({ changed: 0 });
    const entries = await control.history({ limit: 4 });
    expect(new Set(entries.map((entry) => entry.revision))).toEqual(new Set([revision]));
    expect(entries.every(({ reason }) => reason === by.reason)).toBe(true);
  });

  test("what this process has no code for stays as it is", async () => {
    const there = await home.open(everything);
    await there.control.bulk({ query: {} }, "disable", by);
    const here = await home.open([greeting, alice], { sync: false });
    expect(await here.control.bulk({ query: {} }, "reset", by)).toMatchObject({ changed: 1 });
    expect(await home.item("bob")).toMatchObject({ status: "disable" });
  });
});
