import { definePlugin, InvalidOptionError, InvalidStatusError, type ListQuery, type Plugbay } from "plugbay";
import { expect, test } from "vitest";
import { collectWarnings } from "../runtime/collect-warnings.ts";
import { alice, bob, greeter, greeterType, greeting } from "./definitions.ts";
import { idOf, onEveryDatabase } from "./test-database.ts";

const by = { actor: "operator" };

onEveryDatabase((home) => {
  const names = async (plugbay: Plugbay, query: ListQuery) =>
    (await plugbay.control.list(query)).items.map(({ name }) => name);

  const otp = greeterType("otp", { manager: "apps/otp" });
  const payment = greeterType("payment", { manager: "apps/shop" });
  const providers = [
    otp,
    greeter(otp, "sms_ir", {
      module: "apps/sms",
      priority: 10,
      description: "Codes by text message, 100% sure",
    }),
    greeter(otp, "Élan", { module: "apps/mail", priority: 5, description: "Codes by e-mail" }),
    greeter(otp, "ÇELİK", { module: "apps/sms", priority: 5, status: "reserve" }),
    payment,
    greeter(payment, "cash", { module: "apps/cash", description: "Not by text" }),
    greeter(payment, "STRASSE", { module: "apps/bank", status: "disable", priority: 5 }),
  ];

  test.each([
    ["one word", "text", ["sms_ir", "cash"]],
    ["words that must all occur, wherever", "text sms", ["sms_ir"]],
    ["words in any order and spacing", "  sms \t text\n", ["sms_ir"]],
    ["capitals for small letters", "CODES", ["Élan", "sms_ir"]],
    ["small letters for capitals", "strasse", ["STRASSE"]],
    ["a small letter with an accent for the capital", "élan", ["Élan"]],
    ["an accented letter in its decomposed form", "e\u0301lan", ["Élan"]],
    ["a capital with a cedilla in its small form", "çel", ["ÇELİK"]],
    ["the letter without its accent", "elan", []],
    ["the type's name", "payment", ["STRASSE", "cash"]],
    ["the manager", "apps/otp", ["Élan", "sms_ir", "ÇELİK"]],
    ["the module", "apps/bank", ["STRASSE"]],
    ["a percent sign, which is no wildcard", "100%", ["sms_ir"]],
    ["an underscore, which is no wildcard", "_", ["sms_ir"]],
    ["a quote, which ends no string", "'", []],
    ["a backslash", "\\", []],
    ["nothing that occurs", "carrier pigeon", []],
  ])("a search finds items by %s", async (_, search, found) => {
    const plugbay = await home.open(providers);
    expect((await names(plugbay, { search })).sort()).toEqual(found.toSorted());
  });

  test("without sort, items come by manager and type and then in the order of selection", async () => {
    const plugbay = await home.open(providers);
    expect(await names(plugbay, {})).toEqual(["Élan", "sms_ir", "ÇELİK", "cash", "STRASSE"]);
  });

  test.each([
    [{ status: "active" }, ["Élan", "sms_ir", "cash"]],
    [{ type: "payment" }, ["cash", "STRASSE"]],
    [{ manager: "apps/otp", status: "reserve" }, ["ÇELİK"]],
    [{ module: "apps/sms" }, ["sms_ir", "ÇELİK"]],
    [{ module: "APPS/SMS" }, []],
    [{ readiness: "ready" }, ["Élan", "sms_ir", "ÇELİK", "cash"]],
    [{ readiness: "idle" }, ["STRASSE"]],
    [{ search: "codes", module: "apps/mail" }, ["Élan"]],
  ] satisfies [ListQuery, string[]][])("filters narrow the list: %j", async (query, expected) => {
    const plugbay = await home.open(providers);
    expect(await names(plugbay, query)).toEqual(expected);
  });

  test("readiness is listed and filtered as this process found it", async () => {
    collectWarnings();
    await home.open([greeting, alice, bob]);
    const broken = definePlugin(greeting, {
      name: "broken",
      module: "apps/broken",
      create: () => {
        throw new Error("no licence");
      },
    });
    const plugbay = await home.open([greeting, alice, broken]);
    const kinds = async () =>
      (await plugbay.control.list({ sort: ["name"] })).items.map(({ name, readiness }) => [
        name,
        readiness.kind,
      ]);
    expect(await kinds()).toEqual([
      ["alice", "ready"],
      ["bob", "missing"],
      ["broken", "failed"],
    ]);
    expect(await names(plugbay, { readiness: "missing" })).toEqual(["bob"]);
    expect(await names(plugbay, { readiness: "failed" })).toEqual(["broken"]);
  });

  test("sorting takes several fields, up and down, and parts what they leave equal", async () => {
    const plugbay = await home.open(providers);
    expect(await names(plugbay, { sort: ["priority", "-name"] })).toEqual([
      "cash",
      "Élan",
      "ÇELİK",
      "STRASSE",
      "sms_ir",
    ]);
    expect(await names(plugbay, { sort: ["-priority", "manager"] })).toEqual([
      "sms_ir",
      "Élan",
      "ÇELİK",
      "STRASSE",
      "cash",
    ]);
    expect(await names(plugbay, { sort: ["-manager", "-status", "module"] })).toEqual([
      "STRASSE",
      "cash",
      "ÇELİK",
      "Élan",
      "sms_ir",
    ]);
  });

  test.each([[undefined], [["priority"]], [["-status", "priority"]], [["updatedAt"]]] satisfies [
    ListQuery["sort"],
  ][])("pages sorted by %j have every item once", async (sort) => {
    const people = Array.from({ length: 53 }, (_, index) =>
      greeter(greeting, `person ${(index * 17) % 53}`, {
        priority: index % 3,
        status: index % 2 ? "reserve" : "active",
      }),
    );
    const plugbay = await home.open([greeting, people]);
    const query: ListQuery = { pageSize: 10, ...(sort && { sort }) };
    const whole = await names(plugbay, { ...query, pageSize: 1_000 });
    const paged: string[] = [];
    for (let page = 1; page <= 6; page += 1) {
      const answer = await plugbay.control.list({ ...query, page });
      expect(answer).toMatchObject({ total: 53, pages: 6, page, pageSize: 10 });
      paged.push(...answer.items.map(({ name }) => name));
    }
    expect(paged).toEqual(whole);
    expect(new Set(paged).size).toBe(53);
    expect(await names(plugbay, { ...query, page: 7 })).toEqual([]);
  });

  test("the list shows what another process has just changed", async () => {
    const [one, other] = [await home.open([greeting, alice, bob]), await home.open([greeting, alice, bob])];
    await one.control.updateItem(idOf(one, "bob"), { status: "disable", description: "Away" }, by);
    expect(await names(other, { search: "away", status: "disable" })).toEqual(["bob"]);
    expect(await other.control.getItem(idOf(one, "bob"))).toMatchObject({ description: "Away", version: 2 });
  });

  test("the overview counts the items of every type by status", async () => {
    const farewell = greeterType("farewell");
    const plugbay = await home.open([...providers, farewell]);
    await plugbay.control.retire([idOf(plugbay, "sms_ir")], by);
    const overview = await plugbay.control.types();
    expect(overview.map(({ manager, name, counts }) => [manager, name, counts])).toEqual([
      ["apps/greeting", "farewell", { active: 0, reserve: 0, disable: 0, retired: 0 }],
      ["apps/otp", "otp", { active: 1, reserve: 1, disable: 0, retired: 1 }],
      ["apps/shop", "payment", { active: 1, reserve: 0, disable: 1, retired: 0 }],
    ]);
  });

  test.each([
    [{ page: 0 }, InvalidOptionError],
    [{ page: 1.5 }, InvalidOptionError],
    [{ pageSize: 0 }, InvalidOptionError],
    [{ pageSize: Number.NaN }, InvalidOptionError],
    [{ pageSize: 1_001 }, InvalidOptionError],
    [{ pageSize: Number.POSITIVE_INFINITY }, InvalidOptionError],
    [{ search: "x".repeat(501) }, InvalidOptionError],
    [{ search: "x ".repeat(21) }, InvalidOptionError],
    [{ sort: ["name", "-name"] }, InvalidOptionError],
    [{ sort: ["password"] }, InvalidOptionError],
    [{ sort: ["--name"] }, InvalidOptionError],
    [{ status: "enabled" }, InvalidStatusError],
  ])("a list by %j is refused", async (query, error) => {
    const plugbay = await home.open([greeting, alice, bob]);
    await expect(plugbay.control.list(query as ListQuery)).rejects.toThrow(error);
  });
});
