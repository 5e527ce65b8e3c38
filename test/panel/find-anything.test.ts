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
    await page.keyboard.press("/");
    await page.getByRole("searchbox").and(page.locator(":focus")).waitFor();
    await page.keyboard.type("gt?");
    expect(await page.getByRole("searchbox").inputValue()).toBe("gt?");
    await page.locator("h1[tabindex]").focus();
    await page.keyboard.press("g");
    await page.keyboard.press("o");
    await title(page, "Overview");
    await hasTitle(page);
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
    expect(await visitor.violations()).toEqual([]);
  });
});
