import type { Page } from "playwright-core";
import { expect } from "vitest";
import type { Visitor } from "./visitor.ts";

export const savedFilters = (page: Page) => page.getByRole("button", { name: "Saved filters" });

/** Keeps what is set now under a name. */
export async function saveFilters(visitor: Visitor, name: string): Promise<void> {
  const { page } = visitor;
  await savedFilters(page).click();
  await page.getByRole("menuitem", { name: "Save these filters" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill(name);
  expect(await visitor.violations()).toEqual([]);
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").waitFor({ state: "detached" });
}

/** Chooses an entry of their menu: what is kept under a name, to be set again, or to be removed. */
export async function chooseFilters(page: Page, entry: string): Promise<void> {
  await savedFilters(page).click();
  await page.getByRole("menuitem", { name: entry }).click();
}
