import { definePlugin } from "plugbay";
import { describe, expect, test } from "vitest";
import type {
  HistoryList,
  ItemDetail,
  ItemList,
  TypeDetail,
  TypeList,
} from "../../src/admin/contract/contract.ts";
import { snapshotOf } from "../../src/open/facade.ts";
import { BreakableDatabase } from "../runtime/breakable-database.ts";
import { collectWarnings } from "../runtime/collect-warnings.ts";
import { type Greeter, greeter, greeterType } from "../store/definitions.ts";
import { idOf } from "../store/test-database.ts";
import { everything, greeting } from "./definitions.ts";
import { onSqlite } from "./on-sqlite.ts";
import { Panel } from "./panel.ts";

const attack = `"><img src=x onerror=alert(1)>'</script><script>alert(2)</script>\u2028`;

onSqlite((home) => {
  describe("without a database", () => {
    async function lose() {
      const database = await BreakableDatabase.open();
      const plugbay = await home.open(everything, { database: database.db, migrate: true });
      const panel = new Panel(plugbay);
      database.failure = new Error("connection to 10.0.0.7 refused");
      return { plugbay, panel, database };
    }

    test("types and items are still there", async () => {
      const { panel, plugbay } = await lose();
      expect((await panel.ask<TypeList>("GET", "types")).types).toHaveLength(3);
      expect((await panel.ask<ItemList>("GET", "items")).total).toBe(7);
      expect(await panel.ask("GET", "session")).toMatchObject({ state: { kind: "stale" } });
      const type = [...snapshotOf(plugbay).types.keys()][0];
      expect((await panel.ask<TypeDetail>("GET", `types/${type}`)).items.length).toBeGreaterThan(0);
    });

    test("a change comes to nothing but a problem, and is in effect nowhere", async () => {
      const { panel, plugbay, database } = await lose();
      collectWarnings();
      const body = { version: 1, status: "disable" };
      const refusal = await panel.refusal("PATCH", `items/${idOf(plugbay, "alice")}`, { body });
      expect(refusal.status).toBeGreaterThanOrEqual(500);
      expect(JSON.stringify(refusal)).not.toMatch(/\.ts:\d+/);
      expect(plugbay.get(greeting)?.greet()).toBe("alice");
      database.failure = undefined;
      await plugbay.refresh();
      expect(plugbay.get(greeting)?.greet()).toBe("alice");
    });
  });

  test("an error that nobody foresaw is told to the log, and nothing of it to the caller", async () => {
    const database = await BreakableDatabase.open();
    const panel = new Panel(await home.open(everything, { database: database.db, migrate: true }));
    const warnings = collectWarnings();
    database.failure = new TypeError("secret of the inside");
    const refusal = await panel.refusal("GET", "history");
    const [, id] = /^urn:uuid:([\da-f-]{36})$/.exec(String(refusal.instance)) ?? [];
    expect(refusal).toEqual({
      type: "urn:plugbay:INTERNAL",
      title: "Something went wrong",
      status: 500,
      detail: `the server's log says more, by the id ${id}`,
      instance: `urn:uuid:${id}`,
      code: "INTERNAL",
    });
    expect(warnings).toEqual(["a request of the admin panel failed"]);
  });

  test("a database that cannot be reached is a 503 that says which", async () => {
    const database = await BreakableDatabase.open();
    const plugbay = await home.open(everything, { database: database.db, migrate: true });
    database.failure = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
    const refusal = await new Panel(plugbay).refusal("GET", "history");
    expect(refusal).toMatchObject({ status: 503, code: "DATABASE_UNAVAILABLE" });
    const item = await new Panel(plugbay).ask<ItemDetail>("GET", `items/${idOf(plugbay, "alice")}`);
    expect(item).toMatchObject({ name: "alice", processes: [] });
  });

  test("a page is served while nothing else works", async () => {
    const plugbay = await home.open(everything);
    await plugbay.close();
    expect((await new Panel(plugbay).fetch("GET", "/admin")).status).toBe(200);
  });

  test("markup in every text of a plugin comes as JSON, as it was written", async () => {
    collectWarnings();
    const type = greeterType(`type ${"<b>"}`, { manager: "apps/<i>", description: attack });
    const bad = definePlugin(type, {
      name: "<u>bad</u>",
      module: "<s>module</s>",
      description: attack,
      create: (): Greeter => {
        throw new Error(attack);
      },
    });
    const plugbay = await home.open([type, bad, greeter(type, "good", { priority: 3 })]);
    const panel = new Panel(plugbay);
    const id = idOf(plugbay, "<u>bad</u>");
    const body = { version: 1, description: `${attack} by hand` };
    const changed = await panel.ask<ItemDetail>("PATCH", `items/${id}`, body);
    expect(changed.description).toBe(body.description);
    const { items } = await panel.ask<ItemList>("GET", `items?search=${encodeURIComponent(attack)}`);
    const item = items.find((one) => one.id === id);
    expect(item).toMatchObject({
      name: "<u>bad</u>",
      module: "<s>module</s>",
      readiness: { kind: "failed" },
    });
    expect(item?.readiness.error).toContain(attack);
    expect(item?.readiness.error).not.toMatch(/\.ts:\d+|\n\s+at /);
    const { entries } = await panel.ask<HistoryList>("GET", "history?limit=1");
    expect(entries[0]?.after).toEqual({ description: body.description });

    const paths = ["types", "items", "history", `items/${id}`, `items/${encodeURIComponent("<script>")}`];
    for (const path of paths) {
      const response = await panel.fetch("GET", `/admin/api/${path}`);
      expect(response.headers.get("content-type")).toMatch(/^application\/(problem\+)?json$/);
      expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    }
    expect(await (await panel.fetch("GET", `/admin/${encodeURIComponent("<script>")}`)).text()).not.toContain(
      "<script>",
    );
  });

  test("a plugin that throws something with a long stack is told of by its message alone", async () => {
    collectWarnings();
    const type = greeterType("deep");
    const deep = definePlugin(type, {
      name: "deep",
      module: "apps/deep",
      create: (): Greeter => {
        throw Object.assign(new Error("outer"), {
          cause: new Error("inner"),
          stack: "at secret (/srv/key.ts:1:1)",
        });
      },
    });
    const plugbay = await home.open([type, deep]);
    const answers = await Promise.all(
      ["types", "items", "processes", `items/${idOf(plugbay, "deep")}`, "history"].map(async (path) =>
        (await new Panel(plugbay).fetch("GET", `/admin/api/${path}`)).text(),
      ),
    );
    expect(answers.join()).toContain("outer");
    expect(answers.join()).not.toContain("/srv/key.ts");
  });

  test("an operator's conflict with the application's own tables says so", async () => {
    const database = await BreakableDatabase.open();
    const plugbay = await home.open(everything, { database: database.db, migrate: true });
    const id = idOf(plugbay, "dora");
    await plugbay.control.retire([id], { actor: "peter" });
    await database.db.schema
      .createTable("favourite")
      .addColumn("item", "text", (column) => column.references("plugbay_item.id"))
      .execute();
    await database.db
      .insertInto("favourite" as never)
      .values({ item: id } as never)
      .execute();
    const refusal = await new Panel(plugbay).refusal("POST", "items/purge", { body: { ids: [id] } });
    expect(refusal).toMatchObject({ status: 409, code: "PURGE_BLOCKED" });
    expect((await plugbay.control.getItem(id)).name).toBe("dora");
  });
});
