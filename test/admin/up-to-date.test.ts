import { definePlugin, definePluginType, type Plugbay } from "plugbay";
import { describe, expect, test } from "vitest";
import type { ItemList, TypeInfo, TypeList } from "../../src/admin/contract/contract.ts";
import { collectWarnings } from "../runtime/collect-warnings.ts";
import { itemOf, Workbench } from "../runtime/workbench.ts";
import { alice, bob, type Greeter, greeter, greeting } from "../store/definitions.ts";
import { everything, parting } from "./definitions.ts";
import { Panel } from "./panel.ts";

const typeIn = async (panel: Panel, name: string): Promise<TypeInfo> => {
  const { types } = await panel.ask<TypeList>("GET", "types");
  const found = types.find((type) => type.name === name);
  if (found === undefined) throw new Error(`the list has no type "${name}"`);
  return found;
};

const namesOf = async (panel: Panel, query: string): Promise<string[]> =>
  (await panel.ask<ItemList>("GET", `items?${query}`)).items.map(({ name }) => name);

async function failFiveTimes(plugbay: Plugbay): Promise<void> {
  const fail = () => {
    throw new Error("no credit");
  };
  for (let round = 0; round < 5; round += 1) await plugbay.run(greeting, fail).catch(() => undefined);
}

describe("the lists of types and items, though much of them is kept from one answer to the next", () => {
  test("show at once what another process changed", async () => {
    const bench = await Workbench.create();
    const panel = new Panel(await bench.open([greeting, alice, bob]));
    const other = await bench.open([greeting, alice, bob]);
    expect(await typeIn(panel, "greeting")).toMatchObject({
      serving: { name: "alice" },
      counts: { active: 2 },
    });
    expect(await namesOf(panel, "status=active&readiness=ready")).toEqual(["alice", "bob"]);

    const { id } = itemOf(other.items(greeting), "alice");
    await other.control.updateItem(id, { status: "disable" }, { actor: "peter" });
    expect(await typeIn(panel, "greeting")).toMatchObject({
      serving: { name: "bob" },
      counts: { active: 1, disable: 1 },
      health: { ready: 1 },
    });
    expect(await namesOf(panel, "status=active&readiness=ready")).toEqual(["bob"]);

    await other.control.retire([id], { actor: "peter" });
    expect(await typeIn(panel, "greeting")).toMatchObject({ counts: { disable: 0, retired: 1 } });
    expect(await namesOf(panel, "")).toEqual(["bob"]);
    expect(await namesOf(panel, "retired=include")).toEqual(["bob", "alice"]);
  });

  test("show at once that an item was put aside for failing, and that it is back", async () => {
    const bench = await Workbench.create();
    const plugbay = await bench.open([greeting, alice]);
    const panel = new Panel(plugbay);
    expect(await typeIn(panel, "greeting")).toMatchObject({ health: { ready: 1, cooling: 0 } });
    expect(await namesOf(panel, "readiness=cooling")).toEqual([]);

    await failFiveTimes(plugbay);
    expect(await typeIn(panel, "greeting")).toMatchObject({ health: { ready: 0, cooling: 1 } });
    expect(await namesOf(panel, "readiness=cooling")).toEqual(["alice"]);

    await bench.clock.advance(30_000);
    expect(await typeIn(panel, "greeting")).toMatchObject({ health: { ready: 1, cooling: 0 } });
    expect(await namesOf(panel, "readiness=cooling")).toEqual([]);
  });

  test("show at once that an item which could not be made is ready after all", async () => {
    const bench = await Workbench.create();
    collectWarnings();
    let hasLicence = false;
    const licensed = definePlugin(greeting, {
      name: "licensed",
      module: "apps/licensed",
      create: () => {
        if (!hasLicence) throw new Error("no licence");
        return { greet: () => "licensed" };
      },
    });
    const panel = new Panel(await bench.open([greeting, licensed]));
    expect(await typeIn(panel, "greeting")).toMatchObject({ health: { failed: 1 }, serving: null });
    expect(await namesOf(panel, "readiness=failed")).toEqual(["licensed"]);

    hasLicence = true;
    await bench.clock.advance(600_000);
    expect(await typeIn(panel, "greeting")).toMatchObject({
      health: { failed: 0, ready: 1 },
      serving: { name: "licensed" },
    });
    expect(await namesOf(panel, "readiness=failed")).toEqual([]);
  });

  test("show that a disabled item was made for somebody who asked for it by its id", async () => {
    const bench = await Workbench.create();
    const plugbay = await bench.open([greeting, alice, bob]);
    const panel = new Panel(plugbay);
    const { id } = itemOf(plugbay.items(greeting), "bob");
    await plugbay.control.updateItem(id, { status: "disable" }, { actor: "peter" });
    const fresh = await bench.open([greeting, alice, bob]);
    const freshPanel = new Panel(fresh);
    expect(await namesOf(freshPanel, "readiness=idle")).toEqual(["bob"]);
    expect(fresh.getById(greeting, id, { includeDisabled: true })?.greet()).toBe("bob");
    expect(await namesOf(freshPanel, "readiness=idle")).toEqual([]);
    expect(await namesOf(panel, "status=disable&readiness=ready")).toEqual(["bob"]);
  });

  test("know a type and a plugin that were registered late", async () => {
    const bench = await Workbench.create();
    await bench.open([greeting, alice, bob, parting]);
    const plugbay = await bench.open([greeting, alice], { sync: false });
    const panel = new Panel(plugbay);
    expect(await typeIn(panel, "parting")).toMatchObject({ isRegistered: false });
    expect(await typeIn(panel, "greeting")).toMatchObject({ health: { ready: 1, missing: 1 } });
    expect(await namesOf(panel, "readiness=missing")).toEqual(["bob"]);

    plugbay.registry.register(parting, bob);
    expect(await typeIn(panel, "parting")).toMatchObject({ isRegistered: true });
    expect(await typeIn(panel, "greeting")).toMatchObject({ health: { ready: 2, missing: 0 } });
    expect(await namesOf(panel, "readiness=missing")).toEqual([]);
  });

  test("know what was registered late while the database is away", async () => {
    const bench = await Workbench.create();
    await bench.open([greeting, alice, bob, parting]);
    collectWarnings();
    const plugbay = await bench.open([greeting, alice], { sync: false });
    const panel = new Panel(plugbay);
    expect(await typeIn(panel, "parting")).toMatchObject({ isRegistered: false });
    bench.database.failure = Object.assign(new Error("connection refused"), { code: "ECONNREFUSED" });
    plugbay.registry.register(parting, bob);
    expect(await typeIn(panel, "parting")).toMatchObject({ isRegistered: true });
    expect(await namesOf(panel, "readiness=missing")).toEqual([]);
  });

  test("ask a selector each time, for its answer may hang on anything", async () => {
    const bench = await Workbench.create();
    let favourite = "one";
    const chosen = definePluginType<Greeter>({
      name: "chosen",
      manager: "apps/greeting",
      methods: { greet: "required" },
    }).withSelector(({ active }) => active.find(({ name }) => name === favourite));
    const plugins = ["one", "two"].map((name) =>
      definePlugin(chosen, { name, module: "apps/greeters", create: () => ({ greet: () => name }) }),
    );
    const panel = new Panel(await bench.open([chosen, plugins]));
    expect((await typeIn(panel, "chosen")).serving?.name).toBe("one");
    favourite = "two";
    expect((await typeIn(panel, "chosen")).serving?.name).toBe("two");
    favourite = "nobody";
    expect((await typeIn(panel, "chosen")).serving).toBeNull();
  });

  test("tell every caller what they themselves may change", async () => {
    const bench = await Workbench.create();
    const plugbay = await bench.open(everything);
    const all = new Panel(plugbay);
    const callers: Readonly<Record<string, Panel>> = {
      all,
      reader: new Panel(plugbay, { authorize: () => ({ actor: "rita", access: "read" }) }),
      ...Object.fromEntries(
        [greeting, parting].map(({ manager, name }) => [
          name,
          new Panel(plugbay, {
            authorize: () => ({ actor: "gus", access: "write", types: [{ manager, name }] }),
          }),
        ]),
      ),
    };
    const mayWrite = async (panel: Panel) =>
      (await panel.ask<TypeList>("GET", "types")).types
        .filter((type) => type.mayWrite)
        .map(({ name }) => name);
    for (const _ of ["first", "again"]) {
      expect(await mayWrite(callers.greeting ?? all)).toEqual(["greeting"]);
      expect(await mayWrite(all)).toEqual(["by name", "greeting", "parting"]);
      expect(await mayWrite(callers.reader ?? all)).toEqual([]);
      expect(await mayWrite(callers.parting ?? all)).toEqual(["parting"]);
    }
  });

  test("offer the modules and types of items that came later as filters", async () => {
    const bench = await Workbench.create();
    const plugbay = await bench.open([greeting, alice]);
    const panel = new Panel(plugbay);
    const modules = async () => (await panel.ask<ItemList>("GET", "items")).facets.modules;
    expect(await modules()).toEqual(["apps/greeters"]);
    plugbay.registry.register(greeter(greeting, "zoe", { module: "apps/late" }));
    expect(await modules()).toEqual(["apps/greeters", "apps/late"]);
  });
});
