import type { Locator, Page } from "playwright-core";
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

const smtp = definePlugin(relay, {
  name: "smtp",
  module: "apps/relay-smtp",
  config: z.object({
    account: z.string().default("a0"),
    ratio: z.number().optional(),
    other: z.number().optional(),
    count: z.int().default(5),
    port: z.number().min(10).max(20).default(15),
    share: z.number().multipleOf(0.05).default(0.15),
  }),
  create: ({ config }) => ({ send: () => config }),
});

const separated = "Use a point before decimals and no separators between thousands, such as 1234.5.";
const unreadable = "Not a number. Enter one such as 1234.5, -7 or 1e-7.";

describePanel("a field for a number", () => {
  const panel = usePanel({ plugins: [relay, smtp] });
  const open = async (config: JsonValue = {}) => {
    const plugin = { type: relay, module: "apps/relay-smtp", name: "smtp" };
    const item = { ...plugin, label: newLabel("n"), config };
    const { id } = await panel.server.plugbay.control.createItem(item, { actor: "alice" });
    const visitor = await panel.visit(`/items/${id}`);
    await field(visitor.page, "Account").waitFor();
    return { id, visitor, page: visitor.page };
  };
  const form = (page: Page) =>
    page.locator("form").filter({ has: page.getByLabel("Account", { exact: true }) });
  const field = (page: Page, name: string) => labelled(form(page), name);
  const save = async (page: Page) => {
    const button = form(page).locator("button[type=submit]");
    await button.click();
    await expect.poll(() => button.isDisabled()).toBe(true);
  };
  const stored = async (id: string) => (await panel.server.plugbay.control.getItem(id)).config;
  const paste = (box: Locator, text: string) =>
    box.evaluate((element: { focus(): void }, pasted: string) => {
      element.focus();
      // @ts-expect-error It runs in the page.
      document.execCommand("insertText", false, pasted);
    }, text);

  test("stores what is typed or pasted, however it is written", { timeout: 120_000 }, async () => {
    const numbers = [
      ...([
        ["1e-7", 1e-7],
        ["2.5e3", 2500],
        ["1e21", 1e21],
        ["5e-324", 5e-324],
      ] as const),
      ...([
        ["100000000000000000000", 1e20],
        ["-0.5", -0.5],
        ["۱۲٫۵", 12.5],
        ["1,5", 1.5],
      ] as const),
    ];
    const { id, page } = await open();
    for (const [written, value] of numbers) {
      await field(page, "Ratio").fill("");
      await field(page, "Ratio").pressSequentially(written);
      await field(page, "Other").fill("");
      await paste(field(page, "Other"), written);
      expect(await field(page, "Other").inputValue()).toBe(written);
      await field(page, "Account").focus();
      expect(await field(page, "Other").inputValue()).toBe(String(value));
      await field(page, "Account").fill(`a${written}`);
      await save(page);
      await expect.poll(() => stored(id)).toEqual({ account: `a${written}`, ratio: value, other: value });
    }
  });

  test("keeps what is no number as it was typed, says so, and is not saved", {
    timeout: 120_000,
  }, async () => {
    const { id, page, visitor } = await open({ ratio: 7 });
    const refused = [
      ...([
        ["1,234", separated],
        ["1,234.5", separated],
        ["1_000", separated],
      ] as const),
      ...([
        ["12-34", unreadable],
        ["0x10", unreadable],
        ["1e", unreadable],
        ["007", unreadable],
      ] as const),
      ["9007199254740993", "This number has too many digits to be stored exactly."],
    ] as const;
    for (const [written, message] of refused) {
      for (const how of ["type", "paste"]) {
        await field(page, "Ratio").fill("");
        if (how === "type") await field(page, "Ratio").pressSequentially(written);
        else await paste(field(page, "Ratio"), written);
        await form(page).getByRole("button", { name: "Save", exact: true }).click();
        await form(page).getByText(message).waitFor();
        expect(await field(page, "Ratio").inputValue()).toBe(written);
        await page.locator(":focus").and(field(page, "Ratio")).waitFor();
      }
    }
    expect(await stored(id)).toEqual({ ratio: 7 });
    await field(page, "Count").fill("1.5");
    await form(page).getByText("Enter a whole number.").waitFor();
    expect(await visitor.violations()).toEqual([]);
    await form(page).getByRole("button", { name: "Discard", exact: true }).click();
    await expect.poll(() => field(page, "Ratio").inputValue()).toBe("7");
  });

  test("says nothing of a number that is still being typed", async () => {
    const { page } = await open();
    await field(page, "Ratio").pressSequentially("-1.");
    expect(await field(page, "Ratio").getAttribute("aria-invalid")).not.toBe("true");
    await field(page, "Ratio").press("Enter");
    await form(page).getByText(unreadable).waitFor();
  });

  test("steps from its value or its default, within its limits", { timeout: 60_000 }, async () => {
    const { id, page } = await open();
    await field(page, "Count").press("ArrowUp");
    await field(page, "Port").press("ArrowDown");
    await field(page, "Share").press("ArrowUp");
    await field(page, "Ratio").press("ArrowDown");
    await save(page);
    await expect.poll(() => stored(id)).toEqual({ count: 6, port: 14, share: 0.2, ratio: -1 });
    for (let press = 0; press < 10; press += 1) await field(page, "Port").press("ArrowUp");
    await save(page);
    await expect.poll(() => stored(id)).toMatchObject({ port: 20 });
  });

  test("is the same in Persian and German, and says what is wrong in them", { timeout: 60_000 }, async () => {
    for (const [locale, message] of [
      ["fa", "پیش از رقم‌های اعشار نقطه بگذارید"],
      ["de", "Punkt vor die Nachkommastellen"],
    ] as const) {
      const { id } = await open();
      const { page } = await panel.visit(`/items/${id}`, { locale });
      await field(page, "Ratio").fill("۱۲۳");
      await field(page, "Other").fill("1,234");
      await form(page).getByText(message).waitFor();
      await field(page, "Other").fill("0,5");
      await save(page);
      await expect.poll(() => stored(id)).toEqual({ ratio: 123, other: 0.5 });
    }
  });

  test("shows what the server says of it", async () => {
    const { page, visitor } = await open();
    // As something in front of the server that writes bodies anew.
    await page.route("**/api/items/*", (route) => {
      const body = route.request().postData()?.replace('"ratio":8', '"ratio":12345678901234567891');
      return route.continue(body === undefined ? {} : { postData: body });
    });
    visitor.expectRefusal(400);
    await field(page, "Ratio").fill("8");
    await form(page).getByRole("button", { name: "Save", exact: true }).click();
    await page.locator(":focus").and(field(page, "Ratio")).waitFor();
    expect(await field(page, "Ratio").getAttribute("aria-invalid")).toBe("true");
    await form(page).getByText("is a number with too many digits to be stored exactly").first().waitFor();
    expect(await page.getByText("Something went wrong").count()).toBe(0);
  });

  test("for a priority goes by the same rules, on the page of an item and in the list", async () => {
    const { id, page, visitor } = await open();
    const priority = page.getByRole("textbox", { name: "Priority" });
    const priorityOf = async () => (await panel.server.plugbay.control.getItem(id)).priority;
    for (const written of ["12-34", "1,234", "0x10", "1.5"]) {
      await priority.fill(written);
      await priority.blur();
      expect(await priority.inputValue()).toBe(written);
      expect(await priority.getAttribute("aria-invalid")).toBe("true");
    }
    await priority.fill("۱e۲");
    await priority.press("ArrowUp");
    await page.getByRole("button", { name: "Save", exact: true }).first().click();
    await expect.poll(priorityOf).toBe(101);
    await visitor.open("/items");
    const { label } = await panel.server.plugbay.control.getItem(id);
    const cell = page.getByLabel(`Priority of smtp (${label})`);
    await cell.fill("1,234");
    expect([await cell.inputValue(), await cell.getAttribute("aria-invalid")]).toEqual(["1,234", "true"]);
    await cell.fill("-۷");
    await cell.press("ArrowDown");
    await page.getByRole("button", { name: /^Save/ }).click();
    await expect.poll(priorityOf).toBe(-8);
  });
});
