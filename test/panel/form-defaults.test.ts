import type { Page } from "playwright-core";
import { definePlugin, definePluginType, type JsonValue } from "plugbay";
import { expect, test } from "vitest";
import { z } from "zod";
import { newLabel } from "./configured.ts";
import { labelled } from "./labelled.ts";
import { describePanel, usePanel } from "./use-panel.ts";

const relay = definePluginType<{ send(): unknown }>({
  name: "relay",
  manager: "apps/relay",
  methods: { send: "required" },
});

const limit = z.object({ size: z.number().default(10), burst: z.number().optional() });

/** Defaults of all kinds. */
const smtp = definePlugin(relay, {
  name: "smtp",
  module: "apps/relay-smtp",
  config: z.looseObject({
    account: z.string(),
    retries: z.number().default(3),
    tls: z.boolean().default(true),
    audit: z.boolean().optional(),
    chat: z.number().optional(),
    pool: limit.optional(),
    quota: limit.default({ size: 20 }),
    region: z.enum(["eu", "us"]).default("eu"),
    greeting: z.string().default("hello"),
    suffix: z.string().nullable().default("-x"),
    hosts: z.array(z.string()).default(["a.example.com", "b.example.com"]),
    days: z
      .array(z.enum(["mon", "wed", "fri"]))
      .default(["mon"])
      .meta({ uniqueItems: true }),
    extra: z.json().default({ a: 1 }),
    route: z
      .discriminatedUnion("kind", [
        z.object({ kind: z.literal("direct"), timeoutMs: z.number().default(100) }),
        z.object({ kind: z.literal("proxy"), url: z.string() }),
      ])
      .default({ kind: "direct", timeoutMs: 100 }),
  }),
  create: ({ config }) => ({ send: () => config }),
  check: ({ config }) => `${config.account} ${config.retries} ${config.hosts.length}`,
});

describePanel("the defaults of a form", () => {
  const panel = usePanel({ plugins: [relay, smtp] });
  const plugin = { type: relay, module: "apps/relay-smtp", name: "smtp" };
  const open = async (config: JsonValue) => {
    const item = { ...plugin, label: newLabel("eu"), config };
    const { id } = await panel.server.plugbay.control.createItem(item, { actor: "alice" });
    const visitor = await panel.visit(`/items/${id}`);
    await field(visitor.page, "Account").waitFor();
    return { id, visitor, page: visitor.page };
  };
  const section = (page: Page) => page.getByRole("region", { name: "Configuration" });
  const field = (page: Page, name: string) => labelled(section(page), name);
  const button = (page: Page, name: string) => section(page).getByRole("button", { name, exact: true });
  const group = (page: Page, name: string) => section(page).getByRole("group", { name, exact: true });
  const stored = async (id: string) => (await panel.server.plugbay.control.getItem(id)).config;
  const save = async (page: Page) => {
    await button(page, "Save").click();
    await page.getByText(/^Saved /).waitFor();
    await section(page).getByText("Nothing to save").waitFor();
  };

  test("are shown, and what nobody touched is not stored", { timeout: 60_000 }, async () => {
    const { id, page, visitor } = await open({ account: "a1", unknown: { x: [1] } });
    const placeholder = (name: string) => field(page, name).getAttribute("placeholder");
    expect(await placeholder("Retries")).toBe("Default: 3");
    expect(await placeholder("Greeting")).toBe("Default: hello");
    expect(await placeholder("Extra")).toBe('Default: {"a":1}');
    const chosen = (name: string) => field(page, name).locator("option:checked").innerText();
    expect(await chosen("TLS")).toBe("Default (Yes)");
    expect(await chosen("Audit")).toBe("Not set");
    expect(await chosen("Region")).toBe("Default (eu)");
    expect(await chosen("Route")).toBe("Default (direct)");
    await group(page, "Hosts").getByText("Default: a.example.com, b.example.com").waitFor();
    await group(page, "Quota").getByText("Default: size = 20").waitFor();
    expect(await field(page, "mon").isChecked()).toBe(true);
    expect(await button(page, "Save").isDisabled()).toBe(true);
    expect(await visitor.violations()).toEqual([]);
    await field(page, "Account").fill("a2");
    await save(page);
    expect(await stored(id)).toEqual({ account: "a2", unknown: { x: [1] } });
    expect(panel.server.plugbay.getById(relay, id)?.send()).toMatchObject({ retries: 3, tls: true });
    const [entry] = await panel.server.plugbay.control.history({ entityId: id, limit: 1 });
    expect(entry?.after).toMatchObject({ config: { account: "a2", unknown: { x: [1] } } });
  });

  test("give way to what is entered, be it the same, and come back", { timeout: 60_000 }, async () => {
    const { id, page } = await open({ account: "a1", chat: 7 });
    await field(page, "Retries").fill("3");
    await field(page, "TLS").selectOption("No");
    await field(page, "Region").selectOption("eu");
    await field(page, "Greeting").fill("hi");
    await field(page, "Suffix").fill("-y");
    await field(page, "wed").check();
    await field(page, "Extra").fill("[1.5]");
    await field(page, "Route").selectOption("direct");
    await button(page, "Change Hosts").click();
    await button(page, "Remove Hosts, number 1").click();
    await button(page, "Change Quota").click();
    await labelled(group(page, "Quota"), "Burst").fill("5");
    await button(page, "Add Pool").click();
    await save(page);
    const touched = {
      ...{ account: "a1", chat: 7, retries: 3, tls: false, region: "eu", greeting: "hi", suffix: "-y" },
      ...{ days: ["mon", "wed"], extra: [1.5], route: { kind: "direct" }, hosts: ["b.example.com"] },
      ...{ quota: { size: 20, burst: 5 }, pool: {} },
    };
    expect(await stored(id)).toEqual(touched);
    for (const name of ["Retries", "Greeting", "Suffix", "Days", "Extra", "Hosts", "Quota"]) {
      await button(page, `Use default for ${name}`).click();
    }
    for (const name of ["TLS", "Region", "Route"]) await field(page, name).selectOption({ index: 0 });
    await button(page, "Remove Pool").click();
    expect(await field(page, "Extra").inputValue()).toBe("");
    await page.getByText(/^Saved /).waitFor({ state: "hidden" });
    await save(page);
    expect(await stored(id)).toEqual({ account: "a1", chat: 7 });
  });

  test("hold in a new item, in JSON and in a test of the connection", { timeout: 60_000 }, async () => {
    const type = await panel.server.typeIdOf("relay");
    const { page } = await panel.visit(`/types/${type}/add?module=apps/relay-smtp&name=smtp`);
    const label = newLabel("new");
    await labelled(page, "Label").fill(label);
    await field(page, "Account").fill("a1");
    await page.getByRole("button", { name: "Test connection" }).click();
    await page.getByText("a1 3 2").waitFor();
    await section(page).getByText("JSON", { exact: true }).click();
    const json = field(page, "Configuration as JSON");
    expect(JSON.parse(await json.inputValue())).toEqual({ account: "a1" });
    await page.getByRole("button", { name: "Add item", exact: true }).click();
    await page.getByText(`Added smtp (${label}).`).waitFor();
    const items = panel.server.plugbay.items(relay);
    expect(items.find((item) => item.label === label)?.config).toEqual({ account: "a1" });
  });

  test("do not hide a number that would lose digits: it is refused", { timeout: 60_000 }, async () => {
    const { id, page } = await open({ account: "a1" });
    await field(page, "Account").fill("a2");
    for (const number of ["12345678901234567891", "0.1234567890123456789"]) {
      await field(page, "Chat").fill(number);
      await field(page, "Account").focus();
      expect(await field(page, "Chat").inputValue()).toBe(number);
      await section(page).getByText("This number has too many digits to be stored exactly.").waitFor();
      await button(page, "Save").click();
      await page.locator(":focus").and(field(page, "Chat")).waitFor();
    }
    expect(await stored(id)).toEqual({ account: "a1" });
    await field(page, "Chat").fill("1234567890123456");
    await save(page);
    expect(await stored(id)).toEqual({ account: "a2", chat: 1234567890123456 });

    await section(page).getByText("JSON", { exact: true }).click();
    const json = field(page, "Configuration as JSON");
    await json.fill('{\n  "account": "a1", "chat": 12345678901234567891 }');
    await section(page).getByText("line 2, character 28").waitFor();
    await button(page, "Save").click();
    await page.locator(":focus").and(json).waitFor();
    expect(await stored(id)).toEqual({ account: "a2", chat: 1234567890123456 });
  });
});
