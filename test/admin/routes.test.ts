import type { Plugbay } from "plugbay";
import { expect, test } from "vitest";
import type {
  AttentionList,
  Changed,
  HistoryList,
  ItemDetail,
  ItemList,
  PreviewResult,
  ProcessList,
  PurgeResult,
  SessionInfo,
  TypeDetail,
  TypeList,
} from "../../src/admin/contract/contract.ts";
import { snapshotOf } from "../../src/open/facade.ts";
import { collectWarnings } from "../runtime/collect-warnings.ts";
import { idOf, onEveryDatabase } from "../store/test-database.ts";
import { alice, broken, everything, greeting } from "./definitions.ts";
import { Panel } from "./panel.ts";

onEveryDatabase((home) => {
  async function open(heartbeatMs: number | false = false): Promise<{ plugbay: Plugbay; panel: Panel }> {
    const plugbay = await home.open(everything, { version: "7.1", heartbeatMs });
    return { plugbay, panel: new Panel(plugbay) };
  }
  const typeId = async (name: string) => (await home.type(name)).id;
  const names = (items: readonly { readonly name: string }[]) => items.map(({ name }) => name);

  test("GET session says who it is, what they may do, and how the process stands", async () => {
    const plugbay = await home.open(everything);
    const panel = new Panel(plugbay, {
      title: "Choose",
      environment: "staging",
      locale: "de",
      signOutUrl: "/bye",
    });
    expect(await panel.ask<SessionInfo>("GET", "session")).toEqual({
      actor: "olga",
      access: "write",
      types: null,
      title: "Choose",
      environment: "staging",
      namespace: home.namespace,
      locale: "de",
      signOutUrl: "/bye",
      requireReason: false,
      state: { kind: "live", revision: 1, ageMs: expect.any(Number), transport: expect.any(String) },
    });
  });

  test("GET types has each type with its counts, its health and who serves", async () => {
    collectWarnings();
    const plugbay = await home.open([everything, broken]);
    const { types } = await new Panel(plugbay).ask<TypeList>("GET", "types");
    expect(types.map(({ manager, name }) => `${manager} ${name}`)).toEqual([
      "apps/greeting by name",
      "apps/greeting greeting",
      "apps/parting parting",
    ]);
    expect(types[1]).toEqual({
      id: await typeId("greeting"),
      manager: "apps/greeting",
      name: "greeting",
      description: "",
      isRegistered: true,
      hasSelector: false,
      mayWrite: true,
      counts: { active: 3, reserve: 0, disable: 0, retired: 0 },
      health: { ready: 3, making: 0, failed: 0, missing: 0, cooling: 0, held: 0, idle: 0 },
      serving: { id: idOf(plugbay, "alice"), module: "apps/greeters", name: "alice", label: "" },
      servingNow: { processes: 0, by: [] },
    });
    expect(types[0]).toMatchObject({ hasSelector: true, serving: null });
    expect(types[2]).toMatchObject({
      counts: { active: 2, reserve: 1, disable: 0, retired: 0 },
      health: { ready: 2, failed: 1 },
      serving: { name: "dora" },
    });
  });

  test("GET types shows at once what another process changed", async () => {
    const { panel } = await open();
    const other = await home.open(everything);
    const before = await panel.ask<TypeList>("GET", "types");
    await other.control.updateItem(idOf(other, "alice"), { status: "disable" }, { actor: "peter" });
    const after = await panel.ask<TypeList>("GET", "types");
    expect(before.types[1]?.serving?.name).toBe("alice");
    expect(after.types[1]).toMatchObject({ serving: { name: "bob" }, counts: { active: 2, disable: 1 } });
  });

  test("GET types/:id has the items in the order of selection with their reasons", async () => {
    const { panel, plugbay } = await open();
    const by = { actor: "peter" };
    await plugbay.control.updateItem(idOf(plugbay, "alice"), { status: "disable" }, by);
    await plugbay.control.retire([idOf(plugbay, "bob")], by);
    const type = await panel.ask<TypeDetail>("GET", `types/${await typeId("greeting")}`);
    expect(type).toMatchObject({ name: "greeting", counts: { active: 1, disable: 1, retired: 1 } });
    expect(type.items.map(({ name, reason }) => [name, reason])).toEqual([
      ["carol", "selected"],
      ["alice", "disabled"],
      ["bob", "retired"],
    ]);
    expect(type.items[2]).toMatchObject({ retiredBy: "operator", readiness: { kind: "idle" } });
  });

  test("GET types/:id of a type that this process does not have says so", async () => {
    await open();
    const panel = new Panel(await home.open([greeting, alice]));
    const type = await panel.ask<TypeDetail>("GET", `types/${await typeId("parting")}`);
    expect(type).toMatchObject({ isRegistered: false, serving: null, health: { missing: 2 } });
    expect(type.items.map(({ reason }) => reason)).toEqual(["missing", "missing"]);
  });

  test("POST types/:id/explain asks the selector with arguments, and tells what it throws", async () => {
    const { panel } = await open();
    const path = `types/${await typeId("by name")}/explain`;
    const gina = await panel.ask<TypeDetail>("POST", path, { args: ["gina"] });
    expect(gina.items.map(({ name, reason }) => [name, reason])).toEqual([
      ["fred", "lower-priority"],
      ["gina", "selected"],
    ]);
    const nobody = await panel.ask<TypeDetail>("POST", path, { args: ["nobody"] });
    expect(nobody.selectorError).toContain("nobody is <b>no name</b>");
    expect(nobody.items.map(({ reason }) => reason)).toEqual(["lower-priority", "lower-priority"]);
  });

  test("PUT types/:id/order brings items into an order and a status", async () => {
    const { panel, plugbay } = await open();
    const path = `types/${await typeId("greeting")}/order`;
    const ids = ["carol", "alice"].map((name) => idOf(plugbay, name));
    const versions = Object.fromEntries(ids.map((id) => [id, 1]));
    const changed = await panel.ask<Changed>("PUT", path, { ids, status: "reserve", versions });
    expect(changed).toEqual({ changed: 2, revision: 2 });
    const { items } = await panel.ask<TypeDetail>("GET", `types/${await typeId("greeting")}`);
    expect(items.map(({ name, status }) => [name, status])).toEqual([
      ["bob", "active"],
      ["carol", "reserve"],
      ["alice", "reserve"],
    ]);
    const again = await panel.refusal("PUT", path, { body: { ids, status: "active", versions } });
    expect(again).toMatchObject({ status: 409, code: "CONFLICT" });
    expect(names(again.current ?? [])).toEqual(["carol", "alice"]);
  });

  test("PUT types/:id/order refuses items of another type", async () => {
    const { panel, plugbay } = await open();
    const body = { ids: [idOf(plugbay, "dora")], status: "disable" };
    const refusal = await panel.refusal("PUT", `types/${await typeId("greeting")}/order`, { body });
    expect(refusal.status).toBe(400);
    expect((await home.item("dora")).status).toBe("active");
  });

  test("GET items searches, filters, sorts and pages", async () => {
    const { panel } = await open();
    const ask = (query: string) => panel.ask<ItemList>("GET", `items?${query}`);
    expect(names((await ask("")).items)).toEqual(["fred", "gina", "alice", "bob", "carol", "dora", "erik"]);
    expect(names((await ask("search=bye%20others")).items)).toEqual(["dora"]);
    expect(names((await ask("status=reserve")).items)).toEqual(["erik"]);
    expect(names((await ask("manager=apps/parting&sort=-priority")).items)).toEqual(["erik", "dora"]);
    expect(names((await ask("type=greeting&module=apps/greeters&readiness=ready")).items)).toHaveLength(3);
    expect((await ask("retired=true")).total).toBe(0);
    expect((await ask("retired=include")).total).toBe(7);
    const page = await ask("sort=-name&page=2&pageSize=3");
    expect(page).toMatchObject({ total: 7, page: 2, pages: 3, pageSize: 3 });
    expect(names(page.items)).toEqual(["dora", "carol", "bob"]);
    expect(await ask("pageSize=1000")).toMatchObject({ pages: 1, pageSize: 1_000 });
    expect(await ask("page=9")).toMatchObject({ items: [], total: 7, page: 9, pages: 1 });
  });

  test("GET items says what the filters can be set to", async () => {
    const { panel } = await open();
    const { facets } = await panel.ask<ItemList>("GET", "items?search=alice");
    expect(facets).toEqual({
      types: [
        { manager: "apps/greeting", name: "by name" },
        { manager: "apps/greeting", name: "greeting" },
        { manager: "apps/parting", name: "parting" },
      ],
      modules: ["apps/greeters", "apps/named", "apps/others"],
      managers: ["apps/greeting", "apps/parting"],
    });
  });

  test("PATCH items changes several with one revision, or none of them", async () => {
    const { panel, plugbay } = await open();
    const [first = "", second = ""] = ["alice", "dora"].map((name) => idOf(plugbay, name));
    const items = [
      { id: first, version: 1, priority: 30 },
      { id: second, version: 1, status: "reserve", description: "later" },
    ];
    expect(await panel.ask<Changed>("PATCH", "items", { items })).toEqual({ changed: 2, revision: 2 });
    expect(await home.item("alice")).toMatchObject({ priority: 30, version: 2, revision: 2 });
    expect(await home.item("dora")).toMatchObject({ status: "reserve", description: "later", revision: 2 });

    const fresh = { id: idOf(plugbay, "bob"), version: 1, priority: 99 };
    const refusal = await panel.refusal("PATCH", "items", { body: { items: [fresh, ...items] } });
    expect(refusal).toMatchObject({ status: 409, code: "CONFLICT", type: "urn:plugbay:CONFLICT" });
    expect(names(refusal.current ?? [])).toEqual(["alice", "dora"]);
    expect(refusal.current?.map(({ version }) => version)).toEqual([2, 2]);
    expect(await home.item("bob")).toMatchObject({ priority: 2, version: 1 });
  });

  test("GET items/:id has the item, what the code says, its reason and its processes", async () => {
    const { panel, plugbay } = await open(15_000);
    const id = idOf(plugbay, "alice");
    await plugbay.control.updateItem(id, { priority: 7, description: "mine" }, { actor: "peter" });
    await expect.poll(() => plugbay.control.processes()).toHaveLength(1);
    expect(await panel.ask<ItemDetail>("GET", `items/${id}`)).toEqual({
      id,
      module: "apps/greeters",
      name: "alice",
      label: "",
      type: { manager: "apps/greeting", name: "greeting" },
      typeId: await typeId("greeting"),
      status: "active",
      priority: 7,
      description: "mine",
      config: null,
      version: 2,
      revision: 2,
      readiness: { kind: "ready" },
      retiredAt: null,
      retiredBy: null,
      createdAt: (await home.item("alice")).createdAt,
      updatedAt: (await home.item("alice")).updatedAt,
      mayWrite: true,
      mayPurge: true,
      aliases: [],
      reason: "lower-priority",
      code: { status: "active", priority: 1, description: "" },
      plugin: null,
      checkable: true,
      configIssues: [],
      managed: null,
      hold: null,
      lead: null,
      differsFromCode: ["priority", "description"],
      processes: [{ host: expect.any(String), pid: process.pid, version: "7.1", knows: true }],
    });
  });

  test("GET items/:id of a plugin that this process does not have has nothing of the code", async () => {
    const { plugbay } = await open();
    const panel = new Panel(await home.open([greeting, alice]));
    const item = await panel.ask<ItemDetail>("GET", `items/${idOf(plugbay, "dora")}`);
    expect(item).toMatchObject({ code: null, reason: "missing", readiness: { kind: "missing" } });
  });

  test("PATCH items/:id changes an item, and refuses a stale version with what is there now", async () => {
    const { panel, plugbay } = await open();
    const path = `items/${idOf(plugbay, "alice")}`;
    const item = await panel.ask<ItemDetail>("PATCH", path, { version: 1, status: "reserve" });
    expect(item).toMatchObject({ status: "reserve", version: 2, reason: "reserve" });
    expect(plugbay.get(greeting)?.greet()).toBe("bob");

    const body = { version: 1, description: "stale" };
    const refusal = await panel.refusal("PATCH", path, { body });
    expect(refusal).toMatchObject({ status: 409, code: "CONFLICT" });
    expect(refusal.current).toMatchObject([{ name: "alice", status: "reserve", version: 2 }]);
    expect(await home.item("alice")).toMatchObject({ description: "", version: 2 });
  });

  test("every change is in the history with the actor and as one of the panel", async () => {
    const { panel, plugbay } = await open();
    await panel.ask("PATCH", `items/${idOf(plugbay, "alice")}`, { version: 1, priority: 5 });
    const { entries } = await panel.ask<HistoryList>("GET", "history?limit=1");
    expect(entries).toEqual([
      {
        id: "2-0",
        revision: 2,
        entity: "item",
        entityId: idOf(plugbay, "alice"),
        typeId: await typeId("greeting"),
        type: { manager: "apps/greeting", name: "greeting" },
        item: { id: idOf(plugbay, "alice"), module: "apps/greeters", name: "alice", label: "" },
        action: "update",
        actor: "olga",
        source: "admin",
        before: { priority: 1 },
        after: { priority: 5 },
        reason: null,
        at: (await home.item("alice")).updatedAt,
        isRevertible: true,
        notRevertible: null,
      },
    ]);
  });

  test.each([
    ["activate", { status: "active" }],
    ["reserve", { status: "reserve" }],
    ["disable", { status: "disable" }],
    ["raise", { priority: 1 }],
    ["lower", { priority: 3 }],
    ["retire", { retiredBy: "operator" }],
    ["restore", { retiredBy: null }],
  ])("POST items/bulk does %s", async (action, expected) => {
    const { panel, plugbay } = await open();
    const ids = [idOf(plugbay, "bob"), idOf(plugbay, "erik")];
    if (action === "restore") await plugbay.control.retire(ids, { actor: "peter" });
    await panel.ask<Changed>("POST", "items/bulk", { action, ids });
    expect(await home.item("bob")).toMatchObject(expected);
    expect(await home.item("erik")).toMatchObject(expected);
  });

  test("POST items/bulk by a query takes all items that it finds, on all pages, with one revision", async () => {
    const { panel } = await open();
    const body = { action: "disable", query: { manager: "apps/greeting", search: "a" } };
    const { total } = await panel.ask<ItemList>("GET", "items?manager=apps/greeting&search=a&pageSize=1");
    expect(total).toBe(5);
    expect(await panel.ask<Changed>("POST", "items/bulk", body)).toEqual({ changed: total, revision: 2 });
    const { items } = await panel.ask<ItemList>("GET", "items?status=disable");
    expect(items).toHaveLength(5);
  });

  test("POST items/bulk is all or nothing", async () => {
    const { panel, plugbay } = await open();
    await plugbay.control.updateItem(idOf(plugbay, "bob"), { priority: 32_767 }, { actor: "peter" });
    const refusal = await panel.refusal("POST", "items/bulk", { body: { action: "lower", query: {} } });
    expect(refusal).toMatchObject({ status: 400, code: "INVALID_PRIORITY" });
    expect(await home.item("alice")).toMatchObject({ priority: 1, version: 1 });
  });

  test("POST items/purge deletes retired items after its plan has said what goes, and keeps the history", async () => {
    const { panel, plugbay } = await open();
    const ids = ["dora", "erik"].map((name) => idOf(plugbay, name));
    await plugbay.control.retire(ids, { actor: "peter" });
    const plan = await panel.ask<PurgeResult>("POST", "items/purge/plan", { ids });
    const type = { manager: "apps/parting", name: "parting" };
    expect(plan).toEqual({
      items: ["dora", "erik"].map((name, index) => ({
        ...{ id: ids[index], module: "apps/others", name, label: "", type },
      })),
      types: [],
      historyEntries: 4,
    });
    expect((await home.rows()).items).toHaveLength(7);

    const result = await panel.ask<PurgeResult>("POST", "items/purge", { ids });
    expect(result).toEqual({ ...plan, historyEntries: 6 });
    expect(names((await home.rows()).items)).not.toContain("dora");
    const { entries } = await panel.ask<HistoryList>("GET", `history?entity=${ids[0]}`);
    expect(entries.map(({ action, item, isRevertible }) => [action, item, isRevertible])).toEqual([
      ["purge", null, false],
      ["retire", null, false],
      ["create", null, false],
    ]);
  });

  test("POST items/purge takes a retired type along with its last item", async () => {
    await open();
    const plugbay = await home.open([greeting, alice]);
    await plugbay.sync({ prune: true });
    const panel = new Panel(plugbay);
    const ids = [idOf(plugbay, "dora"), idOf(plugbay, "erik")];
    const half = await panel.ask<PurgeResult>("POST", "items/purge/plan", { ids: ids.slice(1) });
    expect(half.types).toEqual([]);
    const { types } = await panel.ask<PurgeResult>("POST", "items/purge", { ids });
    expect(types).toEqual([{ manager: "apps/parting", name: "parting" }]);
    expect(names((await home.rows()).types)).not.toContain("parting");
    expect(names((await home.rows()).types)).toContain("by name");
  });

  test.each(["items/purge/plan", "items/purge"])(
    "POST %s refuses items in use, and unknown ones",
    async (path) => {
      const { panel, plugbay } = await open();
      const [retired, used] = [idOf(plugbay, "dora"), idOf(plugbay, "alice")];
      await plugbay.control.retire([retired], { actor: "peter" });
      const conflict = await panel.refusal("POST", path, { body: { ids: [retired, used] } });
      expect(conflict).toMatchObject({ status: 409, current: [{ name: "alice" }] });
      const unknown = "01900000-0000-7000-8000-000000000000";
      const missing = await panel.refusal("POST", path, { body: { ids: [retired, unknown] } });
      expect(missing).toMatchObject({ status: 404, code: "ITEM_NOT_FOUND" });
      expect((await home.rows()).items).toHaveLength(7);
    },
  );

  test("POST preview says what a change would do, and changes nothing", async () => {
    const { panel, plugbay } = await open();
    const [alice, bob] = [idOf(plugbay, "alice"), idOf(plugbay, "bob")];
    const before = await home.rows();
    const one = await panel.ask<PreviewResult>("POST", "preview", { ids: [alice], action: "disable" });
    const named = (id: string, name: string) => ({ id, module: "apps/greeters", name, label: "" });
    expect(one).toEqual({
      changed: 1,
      types: [
        {
          typeId: await typeId("greeting"),
          type: { manager: "apps/greeting", name: "greeting" },
          ...{ changed: 1, effect: "switched", isUntried: false },
          ...{ before: named(alice, "alice"), after: named(bob, "bob") },
        },
      ],
      effects: { unserved: 0, switched: 1, served: 0, same: 0, unknown: 0 },
    });
    const byQuery = { query: { search: "alice" }, action: "hold" };
    expect(await panel.ask<PreviewResult>("POST", "preview", byQuery)).toEqual(one);
    const updates = [{ id: alice, status: "disable" as const }];
    expect(await panel.ask<PreviewResult>("POST", "preview", { updates })).toEqual(one);
    const order = { order: [bob, alice] };
    expect(await panel.ask<PreviewResult>("POST", "preview", order)).toMatchObject({
      effects: { switched: 1 },
    });
    expect(await panel.refusal("POST", "preview", { body: { action: "disable" } })).toMatchObject({
      status: 400,
    });
    expect(await home.rows()).toEqual(before);
  });

  test("GET history pages to the end, and filters by entity, type, actor, source and time", async () => {
    const { panel, plugbay } = await open();
    const id = idOf(plugbay, "alice");
    for (const priority of [2, 3, 4]) {
      await plugbay.control.updateItem(id, { priority }, { actor: "peter", source: "cli" });
    }
    const ask = (query: string) => panel.ask<HistoryList>("GET", `history?${query}`);
    const ids: string[] = [];
    let next: string | null = "";
    while (next !== null) {
      const page: HistoryList = await ask(`limit=4${next && `&before=${next}`}`);
      ids.push(...page.entries.map((entry) => entry.id));
      next = page.next;
    }
    // Three types, seven items, and three changes.
    expect(ids).toHaveLength(13);
    expect(new Set(ids).size).toBe(13);
    expect(ids.slice(0, 4)).toEqual(["4-0", "3-0", "2-0", "1-9"]);

    expect((await ask(`entity=${id}`)).entries).toHaveLength(4);
    expect((await ask(`type=${await typeId("parting")}`)).entries).toHaveLength(3);
    expect((await ask("actor=peter")).entries).toHaveLength(3);
    expect((await ask("source=sync")).entries).toHaveLength(10);
    expect((await ask("since=2999-01-01T00:00:00%2B03:00")).entries).toEqual([]);
    expect((await ask("until=2999-01-01T00:00:00Z")).entries).toHaveLength(13);
  });

  test("POST history/:id/revert undoes a change by a new one", async () => {
    const { panel, plugbay } = await open();
    const path = `items/${idOf(plugbay, "alice")}`;
    await panel.ask("PATCH", path, { version: 1, status: "disable", priority: 9 });
    await panel.ask("PATCH", path, { version: 2, description: "other field" });
    const { entries } = await panel.ask<HistoryList>("GET", "history?limit=2");
    expect(await panel.ask<Changed>("POST", `history/${entries[1]?.id}/revert`)).toEqual({
      changed: 1,
      revision: 4,
    });
    expect(await home.item("alice")).toMatchObject({
      status: "active",
      priority: 1,
      description: "other field",
      version: 4,
    });
    const after = await panel.ask<HistoryList>("GET", "history?limit=3");
    expect(after.entries.map(({ isRevertible }) => isRevertible)).toEqual([true, true, false]);
    expect(after.entries[0]).toMatchObject({ actor: "olga", action: "update", after: { status: "active" } });
  });

  test("a revert of one of several fields that changed again since is refused", async () => {
    const { panel, plugbay } = await open();
    const path = `items/${idOf(plugbay, "alice")}`;
    await panel.ask("PATCH", path, { version: 1, status: "disable", priority: 9 });
    await panel.ask("PATCH", path, { version: 2, priority: 10 });
    const refusal = await panel.refusal("POST", "history/2-0/revert");
    expect(refusal).toMatchObject({ status: 409, code: "CONFLICT", current: [{ priority: 10 }] });
    expect(refusal.detail).toContain("priority");
    expect(await home.item("alice")).toMatchObject({ status: "disable", priority: 10, version: 3 });
  });

  test("a retirement is reverted as a restoration, and a restoration as a retirement", async () => {
    const { panel, plugbay } = await open();
    await panel.ask("POST", "items/bulk", { action: "retire", ids: [idOf(plugbay, "alice")] });
    const { retiredAt } = await home.item("alice");
    await panel.ask("POST", "history/2-0/revert");
    expect(await home.item("alice")).toMatchObject({ retiredAt: null, retiredBy: null });
    await panel.ask("POST", "history/3-0/revert");
    expect(await home.item("alice")).toMatchObject({ retiredAt, retiredBy: "operator" });
    const { entries } = await panel.ask<HistoryList>("GET", "history?limit=3");
    expect(entries.map(({ action }) => action)).toEqual(["retire", "restore", "retire"]);
  });

  test("a creation cannot be reverted, nor an entry that is not there", async () => {
    const { panel } = await open();
    expect(await panel.refusal("POST", "history/1-0/revert")).toMatchObject({ status: 400 });
    expect(await panel.refusal("POST", "history/1-5/revert")).toMatchObject({ status: 400 });
    expect(await panel.refusal("POST", "history/99-0/revert")).toMatchObject({
      status: 404,
      code: "ENTRY_NOT_FOUND",
    });
    expect((await home.rows()).revision).toBe(1);
  });

  test("GET processes has each process with what it misses and what fails in it", async () => {
    collectWarnings();
    const heartbeatMs = 15_000;
    const plugbay = await home.open([everything, broken], { heartbeatMs });
    await home.open([greeting, alice], { heartbeatMs });
    await expect.poll(() => plugbay.control.processes()).toHaveLength(2);
    const { processes, revision } = await new Panel(plugbay).ask<ProcessList>("GET", "processes");
    expect(revision).toBe(snapshotOf(plugbay).revision);
    const [here, there] = [processes.find(({ isThis }) => isThis), processes.find(({ isThis }) => !isThis)];
    expect(here).toMatchObject({ pid: process.pid, state: "live", misses: [] });
    expect(here?.troubles).toMatchObject([{ name: "broken", type: { name: "parting" }, state: "failed" }]);
    expect(here?.troubles[0]?.message).toContain("no licence");
    expect(names(there?.misses ?? []).sort()).toEqual([
      "bob",
      "broken",
      "carol",
      "dora",
      "erik",
      "fred",
      "gina",
    ]);
  });

  test("GET attention has what an operator should look at, with the way to mend it", async () => {
    collectWarnings();
    const heartbeatMs = 15_000;
    const plugbay = await home.open([everything, broken], { heartbeatMs });
    await home.open([greeting, alice], { heartbeatMs });
    await expect.poll(() => plugbay.control.processes()).toHaveLength(2);
    const { entries } = await new Panel(plugbay).ask<AttentionList>("GET", "attention");
    const missing = entries.find(({ code, type }) => code === "item-missing" && type?.name === "greeting");
    expect(missing).toMatchObject({
      gravity: "warning",
      type: { name: "greeting" },
      where: { processes: 1, of: 2 },
      times: 1,
      fix: expect.stringContaining("finish the deployment"),
    });
    expect(entries).toEqual(await plugbay.attention());
  });

  test("what is not there is not found", async () => {
    const { panel } = await open();
    const unknown = "01900000-0000-7000-8000-000000000000";
    for (const [method, path, body] of [
      ["GET", `types/${unknown}`],
      ["POST", `types/${unknown}/explain`, { args: [] }],
      ["GET", `items/${unknown}`],
      ["PATCH", `items/${unknown}`, { version: 1 }],
      ["PATCH", "items", { items: [{ id: unknown, version: 1 }] }],
      ["POST", "items/bulk", { action: "disable", ids: [unknown] }],
      ["PUT", `types/${unknown}/order`, { ids: [unknown], status: "active" }],
      ["GET", "items/not-an-id"],
      ["GET", "types/not-an-id"],
      ["GET", "nothing"],
    ] as const) {
      expect(await panel.refusal(method, path, { body }), path).toMatchObject({ status: 404 });
    }
  });
});
