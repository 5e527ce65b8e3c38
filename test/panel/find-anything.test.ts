import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { addSample, configuredSetup } from "./configured.ts";
import { describePanel, usePanel } from "./use-panel.ts";

describePanel("finding anything", () => {
  const panel = usePanel(configuredSetup);
  const field = (page: Page) => page.getByRole("combobox", { name: "Search" });
  const dialog = (page: Page) => page.getByRole("dialog", { name: "Find anything" });
  const title = (page: Page, name: string) => page.getByRole("heading", { level: 1, name }).waitFor();
  const hasTitle = (page: Page) => page.locator("h1[tabindex]").waitFor();

  test("Ctrl+K finds pages, types and items from any page, with the keyboard alone", async () => {
    const visitor = await panel.visit("/history");
    const { page } = visitor;
    await page.keyboard.press("Control+k");
    await field(page).and(page.locator(":focus")).waitFor();
    await page.getByRole("option", { name: "Processes" }).waitFor();
    expect(await visitor.violations()).toEqual([]);

    await page.keyboard.type("notif");
    await page.getByRole("option", { name: /^notifier/ }).waitFor();
    await page.keyboard.press("Enter");
    await title(page, "notifier");
    await dialog(page).waitFor({ state: "detached" });

    await page.keyboard.press("Control+k");
    await page.keyboard.type("mail");
    await page.getByRole("option", { name: /^mail\s*Item/ }).click();
    await title(page, "mail");
  });

  test("what can be done with an item is found beside it, or by its verb, and the panel's settings by their names", async () => {
    const { plugbay } = panel.server;
    const visitor = await panel.visit("/");
    const { page } = visitor;
    const find = async (words: string) => {
      await page.keyboard.press("Control+k");
      await field(page).fill(words);
    };
    await find("hold sms");
    await page.getByRole("option", { name: /^Hold sms/ }).waitFor();
    await expect.poll(() => page.getByRole("option").count()).toBe(1);
    await page.keyboard.press("Enter");
    await page.getByRole("dialog", { name: "Hold sms" }).waitFor();
    expect(await visitor.violations()).toEqual([]);
    await page.keyboard.press("Escape");

    await find("sms");
    for (const action of ["Serve now", "Hold", "Test connection"]) {
      await page.getByRole("option", { name: new RegExp(`^${action} sms`) }).waitFor();
    }
    await page.getByRole("option", { name: /^Disable sms/ }).click();
    await page.getByRole("dialog", { name: "Disable sms?" }).getByRole("button", { name: "Disable" }).click();
    await page
      .getByText("sms is saved.")
      .or(page.getByRole("button", { name: "Undo" }))
      .first()
      .waitFor();
    const { items } = await plugbay.control.list({ search: "otp-sms" });
    expect(items).toMatchObject([{ status: "disable" }]);
    await page.getByRole("button", { name: "Undo", exact: true }).click();
    await page.getByText("Undone.").waitFor();

    await find("dark");
    await page.getByRole("option", { name: /^Dark/ }).click();
    await page.locator("html[data-mantine-color-scheme=dark]").waitFor();
    await find("deutsch");
    await page.getByRole("option", { name: /^Deutsch/ }).waitFor();
    await page.keyboard.press("Enter");
    await page.locator("html[lang=de]").waitFor();
  });

  test("an item is found by its id, and what is not there is said", async () => {
    const id = await addSample(panel.server.plugbay, "webhook");
    const { page } = await panel.visit("/");
    await page.getByRole("button", { name: "Find anything" }).click();
    await field(page).fill("no such thing at all");
    await dialog(page).getByText("Nothing found").waitFor();
    await field(page).fill(id);
    await page.getByRole("option", { name: id }).waitFor();
    await page.keyboard.press("Enter");
    await page.waitForURL(`**/items/${id}`);
  });

  test("keys lead to pages, to the search and to help, but not where they are typed as text", async () => {
    const visitor = await panel.visit("/");
    const { page } = visitor;
    await page.keyboard.press("g");
    await page.keyboard.press("i");
    await title(page, "Items");
    await page.getByRole("searchbox").waitFor();
    await page.keyboard.press("/");
    await page.getByRole("searchbox").and(page.locator(":focus")).waitFor();
    await page.keyboard.type("gt?");
    expect(await page.getByRole("searchbox").inputValue()).toBe("gt?");
    await page.locator("h1[tabindex]").focus();
    await page.keyboard.press("g");
    await page.keyboard.press("o");
    await title(page, "Overview");
    await hasTitle(page);
    await page.keyboard.press("g");
    await page.keyboard.press("t");
    await title(page, "Types");
    await hasTitle(page);
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
    expect(await visitor.violations()).toEqual([]);
  });
});
