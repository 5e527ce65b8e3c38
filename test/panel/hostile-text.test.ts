import { randomUUID } from "node:crypto";
import type { Page } from "playwright-core";
import { definePlugin, definePluginType } from "plugbay";
import { beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { BreakableDatabase } from "../runtime/breakable-database.ts";
import { describePanel, usePanel } from "./use-panel.ts";
import type { Visitor } from "./visitor.ts";

interface Sender {
  send(): string;
}

/** Markup that would call what does not exist, or ask for a picture, or break the policy: each is a fault. */
const hostile = (word: string): string => `${word}"><img src=x onerror=pwned()><script>pwned()</script>`;

const type = definePluginType<Sender>({
  name: hostile("type"),
  manager: hostile("manager"),
  description: hostile("what it is for"),
  methods: { send: "required" },
});

const selecting = definePluginType<Sender>({
  name: hostile("selecting"),
  manager: hostile("manager"),
  methods: { send: "required" },
}).withSelector((_candidates, country: string) => {
  throw new Error(hostile(`no country ${country}`));
});

const good = definePlugin(type, {
  name: hostile("good"),
  module: hostile("module"),
  description: hostile("what it does"),
  config: z.object({}),
  create: () => ({ send: () => "sent" }),
});

const failing = definePlugin(type, {
  name: hostile("failing"),
  module: hostile("module"),
  priority: 1,
  create: () => {
    throw new Error(hostile("no licence"));
  },
});

const chosen = definePlugin(selecting, {
  name: hostile("chosen"),
  module: hostile("module"),
  create: () => ({ send: () => "sent" }),
});

const actor = hostile("mallory");
const { db } = await BreakableDatabase.open();

describePanel("markup in a text", () => {
  const plugins = [type, selecting, good, failing, chosen];
  const panel = usePanel({ title: hostile("title"), plugins, database: db });

  beforeAll(async () => {
    const { control } = panel.server.plugbay;
    const by = { actor, source: "admin" } as const;
    const label = hostile("label");
    await control.createItem({ type, module: good.module, name: good.name, label, priority: 2 }, by);
    const id = await panel.server.idOf(failing.name);
    await control.updateItem(id, { description: hostile("by hand") }, by);
    // A machine's name and an application's version are what the machine says.
    const process = await db.selectFrom("plugbay_process").selectAll().executeTakeFirstOrThrow();
    const row = { ...process, id: randomUUID(), host: hostile("host"), version: hostile("version") };
    await db.insertInto("plugbay_process").values(row).execute();
  });

  const visit = (path: string) => panel.visit(path, { actor });
  const typePath = async () => `/types/${await panel.server.typeIdOf(type.name)}`;

  /** That a page shows these texts as they were written, and made nothing of them. */
  async function isText({ page }: Visitor, ...words: string[]): Promise<void> {
    await expect.poll(() => page.locator("body").innerText()).toContain(hostile(words[0] ?? ""));
    const told = await page.locator("body").innerText();
    for (const word of words) expect(told).toContain(hostile(word));
    await isHarmless(page);
  }

  async function isHarmless(page: Page): Promise<void> {
    expect(await page.locator("img, #root script, [onerror]").count()).toBe(0);
  }

  test("is text on the page of the types", async () => {
    const visitor = await visit("/types");
    await isText(visitor, "type", "selecting", "manager", "what it is for", "good", "title");
    expect(await visitor.page.title()).toContain(hostile("title"));
    await visitor.page.getByRole("combobox", { name: "Manager" }).selectOption(hostile("manager"));
    await visitor.page.getByRole("searchbox").fill(hostile("nothing"));
    await visitor.page.getByText("No type matches").waitFor();
    await visitor.page.reload();
    await visitor.page.getByText("No type matches").waitFor();
    await isHarmless(visitor.page);
  });

  test("is text on the page of a type, in its order and its reasons", async () => {
    const visitor = await visit(await typePath());
    await isText(visitor, "type", "manager", "what it is for", "good", "label", "failing", "no licence");
    await visitor.open(`${await typePath()}?tab=explain`);
    await isText(visitor, "good", "failing", "no licence");
    expect(await visitor.page.title()).toContain(hostile("type"));
  });

  test("is text in what a selector throws, and in the arguments that it was given", async () => {
    const visitor = await visit(`/types/${await panel.server.typeIdOf(selecting.name)}?tab=explain`);
    const { page } = visitor;
    await isText(visitor, "no country undefined");
    await page.getByLabel("Arguments, as a JSON list").fill(JSON.stringify([hostile("nowhere")]));
    await page.getByRole("button", { name: "Try", exact: true }).click();
    await page.getByText(hostile(`no country ${hostile("nowhere")}`)).waitFor();
    await isHarmless(page);
  });

  test("is text on the page of an item", async () => {
    const failed = await visit(`/items/${await panel.server.idOf(failing.name)}`);
    await isText(failed, "failing", "module", "type", "manager", "no licence", "host", "mallory", "by hand");
    const description = failed.page.getByRole("textbox", { name: "Description" });
    expect(await description.inputValue()).toBe(hostile("by hand"));
    expect(await failed.page.title()).toContain(hostile("failing"));

    const { items } = await panel.server.plugbay.control.list({ search: hostile("label") });
    const labelled = await visit(`/items/${items[0]?.id}`);
    await isText(labelled, "good", "label", "what it does");
    await labelled.page.getByRole("button", { name: "Retire" }).click();
    await labelled.page.getByRole("dialog").getByText(hostile("good")).first().waitFor();
    await isHarmless(labelled.page);
  });

  test("is text on the page of the history, and where a change is reverted", async () => {
    const visitor = await visit("/history");
    const { page } = visitor;
    await isText(visitor, "mallory", "failing", "type", "manager", "by hand");
    const all = page.getByRole("button", { name: "Show the changes" });
    while ((await all.count()) > 0) await all.first().click();
    const show = page.getByRole("button", { name: "Show the fields" });
    while ((await show.count()) > 0) await show.first().click();
    await isText(visitor, "module", "good", "label", "what it is for");
    await page
      .getByRole("button", { name: /^Revert the change to failing/ })
      .first()
      .click();
    await page.getByRole("dialog").getByText(hostile("by hand")).waitFor();
    await isHarmless(page);
    await visitor.open(`/history?actor=${encodeURIComponent(actor)}`);
    expect(await page.getByRole("textbox", { name: "Who" }).inputValue()).toBe(actor);
    await isText(visitor, "mallory");
    await page.getByRole("combobox", { name: "Item" }).fill("failing");
    await page.getByRole("option", { name: /^failing/ }).waitFor();
    await isHarmless(page);
  });

  test("is text on the page of the processes", async () => {
    const visitor = await visit("/processes");
    await isText(visitor, "host", "version", "failing", "module", "type", "no licence");
  });

  test("is text in a conflict", async () => {
    const alice = await visit("/items");
    const field = alice.page.getByLabel(`Priority of ${failing.name}`, { exact: true });
    await field.fill("7");
    const id = await panel.server.idOf(failing.name);
    await panel.server.plugbay.control.updateItem(id, { priority: 8 }, { actor });
    alice.expectRefusal(409);
    await alice.page.getByRole("button", { name: "Save", exact: true }).click();
    await alice.page.getByRole("dialog").getByText(failing.name).first().waitFor();
    await isHarmless(alice.page);
  });
});
