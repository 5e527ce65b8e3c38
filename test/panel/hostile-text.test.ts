import type { Page } from "playwright-core";
import { definePlugin, definePluginType } from "plugbay";
import { beforeAll, expect, test } from "vitest";
import { z } from "zod";
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

describePanel("markup in a text", () => {
  const panel = usePanel({ title: hostile("title"), plugins: [type, selecting, good, failing, chosen] });

  beforeAll(async () => {
    const { control } = panel.server.plugbay;
    const by = { actor, source: "admin" } as const;
    const label = hostile("label");
    await control.createItem({ type, module: good.module, name: good.name, label, priority: 2 }, by);
    const id = await panel.server.idOf(failing.name);
    await control.updateItem(id, { description: hostile("by hand") }, by);
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
    const visitor = await visit("/");
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
