import { createRegistry, formatPlan, InvalidOptionError } from "plugbay";
import { expect, test } from "vitest";
import { alice, bob, carol, greeter, greeterType, greeting } from "./definitions.ts";
import { idOf, onEveryDatabase } from "./test-database.ts";

const by = { actor: "operator" };
const prune = { prune: true } as const;

onEveryDatabase((home) => {
  test("a first sync writes every type and plugin as code declares it", async () => {
    const type = greeterType("farewell", { description: "Says goodbye" });
    const plugin = greeter(type, "dave", {
      module: "apps/dave",
      status: "reserve",
      priority: -32768,
      description: "Says it in Welsh",
    });
    const plugbay = await home.open([type, plugin], { sync: false });
    const before = Date.now();
    const counts = await plugbay.sync();

    expect(counts).toEqual({
      typesCreated: 1,
      typesFound: 0,
      typesUpdated: 0,
      itemsCreated: 1,
      itemsFound: 0,
      itemsUpdated: 0,
      prunedTypes: 0,
      prunedItems: 0,
      heldBack: 0,
    });
    const typeRow = await home.type("farewell");
    expect(typeRow).toMatchObject({
      manager: "apps/greeting",
      name: "farewell",
      description: "Says goodbye",
      retiredAt: null,
      revision: 1,
    });
    const row = await home.item("dave");
    expect(row).toMatchObject({
      typeId: typeRow.id,
      module: "apps/dave",
      name: "dave",
      label: "",
      status: "reserve",
      priority: -32768,
      description: "Says it in Welsh",
      config: null,
      configVersion: 1,
      version: 1,
      revision: 1,
      retiredAt: null,
      retiredBy: null,
    });
    expect(row.updatedAt).toBe(row.createdAt);
    expect(new Date(row.createdAt).toISOString()).toBe(row.createdAt);
    expect(Date.parse(row.createdAt)).toBeGreaterThanOrEqual(before);
    expect(Date.parse(row.createdAt)).toBeLessThanOrEqual(Date.now());
  });

  test.each(["create", "update"] as const)("a second sync in %s mode writes nothing", async (mode) => {
    const plugbay = await home.open([greeting, alice, bob], { sync: mode });
    const before = await home.rows();
    const counts = await plugbay.sync({ mode, prune: true });
    expect(counts).toMatchObject({ typesCreated: 0, typesFound: 1, itemsCreated: 0, itemsFound: 2 });
    expect(await home.rows()).toEqual(before);
  });

  test("create mode adds what is new and leaves an operator's decisions as they are", async () => {
    const first = await home.open([greeting, alice]);
    const id = idOf(first, "alice");
    await first.control.updateItem(id, { status: "disable", priority: 50, description: "mine" }, by);
    const decided = await home.item("alice");

    const changed = greeter(greeting, "alice", { priority: -7, status: "reserve", description: "theirs" });
    const second = await home.open([greeting, changed, bob], { sync: false });
    const counts = await second.sync({ mode: "create" });

    expect(counts).toMatchObject({ itemsCreated: 1, itemsFound: 1, itemsUpdated: 0 });
    expect(await home.item("alice")).toEqual(decided);
  });

  test("update mode refreshes description and priority from code, and no status", async () => {
    const first = await home.open([greeting, alice]);
    await first.control.updateItem(idOf(first, "alice"), { status: "disable", priority: 50 }, by);
    const before = await home.item("alice");

    const type = greeterType("greeting", { description: "Says hello" });
    const changed = greeter(type, "alice", { priority: -7, status: "reserve", description: "theirs" });
    const second = await home.open([type, changed], { sync: false });
    const counts = await second.sync({ mode: "update" });

    expect(counts).toMatchObject({ typesUpdated: 1, typesFound: 0, itemsUpdated: 1, itemsFound: 0 });
    expect(await home.item("alice")).toMatchObject({
      id: before.id,
      status: "disable",
      priority: -7,
      description: "theirs",
      createdAt: before.createdAt,
      version: before.version + 1,
    });
    expect(await home.type("greeting")).toMatchObject({ description: "Says hello" });
  });

  test("without prune, what is no longer registered stays", async () => {
    await home.open([greeting, alice, bob]);
    const later = await home.open([greeting, alice]);
    expect(await later.sync({ mode: "update" })).toMatchObject({ prunedItems: 0, prunedTypes: 0 });
    expect(await home.item("bob")).toMatchObject({ retiredAt: null });
  });

  test("pruning holds back what a living process has, until it is gone", async () => {
    const older = await home.open([greeting, alice, bob], { heartbeatMs: 60_000, version: "1.0" });
    await expect.poll(() => older.control.processes()).toHaveLength(1);
    const newer = await home.open([greeting, alice, carol]);

    const plan = await newer.planSync(prune);
    expect(plan.heldBack).toMatchObject([
      { entity: "item", row: { name: "bob" }, processes: [{ version: "1.0", pid: process.pid }] },
    ]);
    expect(await newer.sync(prune)).toMatchObject({ prunedItems: 0, heldBack: 1 });
    expect(await home.item("bob")).toMatchObject({ retiredAt: null });

    await older.close();
    expect(await newer.sync(prune)).toMatchObject({ prunedItems: 1, heldBack: 0 });
    expect(await home.item("bob")).toMatchObject({ retiredBy: "sync" });
  });

  test("pruning holds back nothing for a process of another namespace", async () => {
    const elsewhere = { namespace: `${home.namespace} 2`, heartbeatMs: 60_000 };
    const other = await home.open([greeting, alice, bob], elsewhere);
    await expect.poll(() => other.control.processes()).toHaveLength(1);
    await home.open([greeting, alice, bob]);
    const newer = await home.open([greeting, alice]);
    expect(await newer.sync(prune)).toMatchObject({ prunedItems: 1, heldBack: 0 });
  });

  test("a prune that another change overtakes holds back the same", async () => {
    const older = await home.open([greeting, alice, bob], { heartbeatMs: 60_000 });
    await expect.poll(() => older.control.processes()).toHaveLength(1);
    const newer = await home.open([greeting, alice, carol]);
    const pruning = Array.from({ length: 4 }, () => newer.sync(prune));
    await older.control.updateItem(idOf(older, "bob"), { priority: 7 }, by);
    await Promise.all(pruning);
    expect(await home.item("bob")).toMatchObject({ retiredAt: null, priority: 7 });
  });

  test("pruning retires items whose plugin is gone and types that are gone, and deletes nothing", async () => {
    const farewell = greeterType("farewell");
    const first = await home.open([greeting, alice, bob, farewell, greeter(farewell, "dave")]);
    await first.control.updateItem(idOf(first, "bob"), { status: "reserve", priority: 9 }, by);
    const before = await home.item("bob");

    const second = await home.open([greeting, alice]);
    expect(await second.sync(prune)).toMatchObject({ prunedItems: 2, prunedTypes: 1, itemsFound: 1 });

    const { updatedAt, ...kept } = before;
    expect(await home.item("bob")).toMatchObject({
      ...kept,
      retiredAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      retiredBy: "sync",
      version: before.version + 1,
      revision: expect.any(Number),
    });
    expect(await home.type("farewell")).toMatchObject({ retiredAt: expect.any(String) });
    expect(await home.item("dave")).toMatchObject({ retiredBy: "sync" });
    expect(second.items(greeting).map(({ name }) => name)).toEqual(["alice"]);
    expect(await second.sync(prune)).toMatchObject({ prunedItems: 0, prunedTypes: 0 });
  });

  test("what was pruned comes back as it was when it is registered again", async () => {
    const farewell = greeterType("farewell");
    const everything = [greeting, alice, farewell, greeter(farewell, "dave")];
    const first = await home.open(everything);
    const by = { actor: "operator" };
    await first.control.updateItem(idOf(first, "dave"), { status: "reserve", priority: 9 }, by);
    const before = await home.item("dave");
    const second = await home.open([greeting, alice]);
    await second.sync(prune);

    const third = await home.open(everything);
    expect(third.get(farewell)?.greet()).toBe("dave");
    expect(await home.item("dave")).toMatchObject({
      id: before.id,
      status: "reserve",
      priority: 9,
      createdAt: before.createdAt,
      retiredAt: null,
      retiredBy: null,
    });
    expect(await home.type("farewell")).toMatchObject({ id: before.typeId, retiredAt: null });
  });

  test("what an operator retired is not brought back by a sync", async () => {
    const plugbay = await home.open([greeting, alice, bob]);
    await plugbay.control.retire([idOf(plugbay, "alice")], by);
    const retired = await home.item("alice");
    await plugbay.sync({ mode: "create", prune: true });
    await plugbay.sync({ mode: "update", prune: true });
    expect(await home.item("alice")).toEqual(retired);
    expect(plugbay.get(greeting)?.greet()).toBe("bob");
  });

  test("a plugin found under an alias is renamed in place, with its id and its decisions", async () => {
    const first = await home.open([greeting, greeter(greeting, "alicia"), bob]);
    await first.control.updateItem(idOf(first, "alicia"), { status: "reserve", priority: 9 }, by);
    const before = await home.item("alicia");

    const alice = greeter(greeting, "alice", {
      module: "apps/new-home",
      aliases: [{ module: "apps/greeters", name: "alicia" }],
    });
    const second = await home.open([greeting, alice, bob], { sync: false });
    expect(await second.sync(prune)).toMatchObject({ itemsCreated: 0, itemsUpdated: 1, prunedItems: 0 });

    expect(await home.item("alice")).toMatchObject({
      id: before.id,
      module: "apps/new-home",
      status: "reserve",
      priority: 9,
    });
    expect(await second.sync(prune)).toMatchObject({ itemsUpdated: 0, itemsFound: 2 });
    expect(await second.control.history({ entityId: before.id, limit: 1 })).toMatchObject([
      {
        action: "rename",
        source: "sync",
        before: { module: "apps/greeters", name: "alicia" },
        after: { module: "apps/new-home", name: "alice" },
      },
    ]);
  });

  test("a process of older code goes on serving a plugin that newer code renamed, by the name it knows", async () => {
    const older = await home.open([greeting, greeter(greeting, "alicia"), bob]);
    const id = idOf(older, "alicia");
    await home.open([greeting, greeter(greeting, "alice", { aliases: ["alicia"] }), bob]);
    await older.refresh();
    expect(older.items(greeting)[0]).toMatchObject({ id, name: "alicia" });
    expect(older.get(greeting)?.greet()).toBe("alicia");
  });

  test("a type found under an alias is renamed in place, and its items stay its own", async () => {
    const first = await home.open([greeting, alice, bob]);
    await first.control.updateItem(idOf(first, "alice"), { status: "disable" }, by);
    const before = await home.item("alice");

    const salutation = greeterType("salutation", {
      manager: "apps/salutation",
      aliases: [{ manager: "apps/greeting", name: "greeting" }],
    });
    const second = await home.open([salutation, greeter(salutation, "alice"), greeter(salutation, "bob")]);

    expect(await home.item("alice")).toEqual(before);
    expect(await home.type("salutation")).toMatchObject({ id: before.typeId, manager: "apps/salutation" });
    expect(second.get(salutation)?.greet()).toBe("bob");
    expect(second.items(salutation).map(({ type }) => type.name)).toEqual(["salutation", "salutation"]);
  });

  test("a process that finds a type only once it is renamed knows its items by its own names, too", async () => {
    await home.open([greeting, greeter(greeting, "alicia")]);
    const renamed = await home.open([greeting, greeter(greeting, "alice", { aliases: ["alicia"] })]);
    const id = idOf(renamed, "alice");
    const salutation = greeterType("salutation", {
      aliases: [{ manager: "apps/greeting", name: "greeting" }],
    });
    const plugbay = await home.open([salutation, greeter(salutation, "alicia")], { sync: false });
    await plugbay.sync();
    expect(plugbay.items(salutation)).toMatchObject([{ id, name: "alicia" }]);
    expect(plugbay.get(salutation)?.greet()).toBe("alicia");
    expect(await home.item("alice")).toMatchObject({ id });
  });

  test("a row under the present name wins over one under an alias", async () => {
    const old = await home.open([greeting, greeter(greeting, "alicia"), alice]);
    const ids = { alicia: idOf(old, "alicia"), alice: idOf(old, "alice") };
    const merged = greeter(greeting, "alice", { aliases: ["alicia"] });
    const plugbay = await home.open([greeting, merged]);
    await plugbay.sync(prune);
    expect(await home.item("alice")).toMatchObject({ id: ids.alice, retiredAt: null });
    expect(await home.item("alicia")).toMatchObject({ id: ids.alicia, retiredBy: "sync" });
  });

  test("namespaces share a database and nothing else", async () => {
    const [one, other] = [`${home.namespace}-1`, `${home.namespace}-2`];
    const first = await home.open([greeting, alice, bob], { namespace: one });
    const second = await home.open([greeting, alice], { namespace: other });
    const foreign = await home.rows({ namespace: one });

    await second.sync({ mode: "update", prune: true });
    await second.control.updateItem(idOf(second, "alice"), { status: "disable" }, by);

    expect(await home.rows({ namespace: one })).toEqual(foreign);
    expect(idOf(first, "alice")).not.toBe(idOf(second, "alice"));
    expect(await second.control.history()).toHaveLength(3);
    await first.refresh();
    expect(first.get(greeting)?.greet()).toBe("alice");
    expect(first.state).toMatchObject({ revision: foreign.revision });
  });

  test("namespaces that differ only in case or accent are two", async () => {
    const names = ["tenant", "Tenant", "tenänt"].map((name) => `${home.namespace}-${name}`);
    for (const [index, namespace] of names.entries()) {
      const plugbay = await home.open([greeting, alice, bob, carol].slice(0, index + 2), { namespace });
      expect(plugbay.items(greeting)).toHaveLength(index + 1);
    }
  });

  test("a plan shows the changes and writes none of them", async () => {
    const plugbay = await home.open([greeting, greeter(greeting, "zoe")]);
    const changed = [greeting, greeter(greeting, "alice", { priority: 5 })];
    const next = await home.open(changed, { sync: false });
    const before = await home.rows();

    const plan = await next.planSync({ mode: "update", prune: true });
    expect(
      plan.changes.map(({ action, after }) => [action, after && "module" in after && after.name]),
    ).toEqual([
      ["create", "alice"],
      ["retire", "zoe"],
    ]);
    expect(formatPlan(plan)).toContain("+ create item apps/greeters:alice of greeting (apps/greeting)");
    expect(await home.rows()).toEqual(before);
    await plugbay.refresh();
    expect(plugbay.state).toMatchObject({ revision: before.revision });
  });

  test("a plan names what it retires in the order it was made, whatever was changed since", async () => {
    const plugbay = await home.open([greeting, alice, bob, carol]);
    for (const name of ["bob", "alice"]) {
      await plugbay.control.updateItem(idOf(plugbay, name), { description: "changed" }, by);
    }
    const without = await home.open([greeting], { sync: false });
    const { changes } = await without.planSync(prune);
    expect(changes.map(({ action, before }) => [action, before?.name])).toEqual([
      ["retire", "alice"],
      ["retire", "bob"],
      ["retire", "carol"],
    ]);
  });

  test("a plan that another process overtook is made anew before it is carried out", async () => {
    const slow = await home.open([greeting, alice, bob], { sync: false });
    const fast = await home.open([greeting, alice], { sync: false });
    const [counts] = await Promise.all([
      slow.sync(),
      fast.sync().then(() => fast.control.updateItem(idOf(fast, "alice"), { status: "reserve" }, by)),
    ]);
    expect(counts.itemsCreated + counts.itemsFound).toBe(2);
    expect((await home.rows()).items.map(({ name }) => name).sort()).toEqual(["alice", "bob"]);
    expect(await home.item("alice")).toMatchObject({ status: "reserve" });
  });

  test("what is registered late is synced and served after a refresh", async () => {
    const registry = createRegistry([greeting, alice]);
    const plugbay = await home.open(registry);
    await plugbay.control.updateItem(idOf(plugbay, "alice"), { status: "disable" }, by);
    registry.register(bob);
    await plugbay.refresh();
    expect(plugbay.get(greeting)?.greet()).toBe("bob");
    expect(await home.item("bob")).toMatchObject({ version: 1, status: "active" });
  });

  test("10,000 items over 100 types take at most 1 statement for 100 rows, and none that writes the second time", async () => {
    const types = Array.from({ length: 100 }, (_, index) => greeterType(`type ${index}`));
    const plugins = types.flatMap((type) =>
      Array.from({ length: 100 }, (_, index) => greeter(type, `plugin ${index}`)),
    );
    const statements: string[] = [];
    const log = (event: { query: { sql: string } }) => void statements.push(event.query.sql);
    const database = await home.kysely({ log });
    const plugbay = await home.open([types, plugins], { database, sync: false });

    statements.length = 0;
    expect(await plugbay.sync()).toMatchObject({ typesCreated: 100, itemsCreated: 10_000 });
    expect(statements.length).toBeLessThanOrEqual(10_100 / 100);

    statements.length = 0;
    expect(await plugbay.sync({ mode: "update", prune: true })).toMatchObject({ itemsFound: 10_000 });
    expect(statements.filter((statement) => /^(insert|update|delete)/i.test(statement))).toEqual([]);
    expect(statements.length).toBeLessThanOrEqual(10);

    const other = await home.open([types], { database, sync: false });
    statements.length = 0;
    expect(await other.sync(prune)).toMatchObject({ prunedItems: 10_000 });
    expect(statements.length).toBeLessThanOrEqual(10_000 / 100);
    expect((await home.rows()).items.every(({ retiredBy }) => retiredBy === "sync")).toBe(true);
  });

  test("a mode that does not exist is refused and writes nothing", async () => {
    const plugbay = await home.open([greeting, alice], { sync: false });
    await expect(plugbay.sync({ mode: "delete" as "create" })).rejects.toThrow(InvalidOptionError);
    expect(await home.rows()).toMatchObject({ revision: 0, items: [] });
  });
});
