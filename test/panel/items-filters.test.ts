import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { listedNames } from "./listed-names.ts";
import { carrierCount } from "./providers.ts";
import { chooseFilters, savedFilters, saveFilters } from "./saved-filters.ts";
import { describePanel, usePanel } from "./use-panel.ts";

describePanel("the filters of the items", () => {
  const panel = usePanel();
  beforeAll(async () => {
    const { plugbay, idOf } = panel.server;
    await plugbay.control.retire([await idOf("de")], { actor: "alice" });
  });

  const filter = (page: Page, name: string) => page.getByRole("combobox", { name, exact: true });
  const search = (page: Page) => page.getByRole("searchbox", { name: "Search" });
  const count = (page: Page, words: string) => page.getByText(words, { exact: true }).first().waitFor();
  const address = (page: Page) => Object.fromEntries(new URL(page.url()).searchParams);

  test.each([
    { name: "Status", choice: "Reserved", kept: { status: "reserve" }, items: ["voice"] },
    { name: "Readiness", choice: "Failed", kept: { readiness: "failed" }, items: ["pigeon"] },
    { name: "Readiness", choice: "Missing", kept: { readiness: "missing" }, items: ["telegraph"] },
    { name: "Manager", choice: "apps/billing", kept: { manager: "apps/billing" }, items: ["nl"] },
    { name: "Module", choice: "apps/otp-sms", kept: { module: "apps/otp-sms" }, items: ["sms"] },
    { name: "Retired items", choice: "Retired only", kept: { retired: "true" }, items: ["de"] },
  ])("find items by $name: $choice, and keep it over a reload", async ({ name, choice, kept, items }) => {
    const { page } = await panel.visit("/items");
    await filter(page, name).selectOption(choice);
    await expect.poll(() => listedNames(page)).toEqual(items);
    expect(address(page)).toEqual(kept);
    await page.reload();
    await expect.poll(() => listedNames(page)).toEqual(items);
    expect(await filter(page, name).locator("option:checked").innerText()).toBe(choice);
    await filter(page, name).selectOption("");
    await expect.poll(() => address(page)).toEqual({});
  });

  test("find the items of a type by a part of its name, and keep it over a reload", async () => {
    const { page } = await panel.visit("/items");
    await filter(page, "Type").fill("ta");
    expect(await page.getByRole("listbox").getByRole("option").allInnerTexts()).toEqual(["tax"]);
    await page.getByRole("listbox").getByRole("option", { name: "tax" }).click();
    await expect.poll(() => listedNames(page)).toEqual(["nl"]);
    expect(address(page)).toEqual({ type: "tax" });
    await page.reload();
    await expect.poll(() => listedNames(page)).toEqual(["nl"]);
    expect(await filter(page, "Type").inputValue()).toBe("tax");
    await page.getByLabel("Clear", { exact: true }).click();
    await expect.poll(() => address(page)).toEqual({});
  });

  test("find what differs from code, say in what, and reset it at once, which an undo takes back", async () => {
    const { control } = panel.server.plugbay;
    const sms = await panel.server.idOf("sms");
    await control.updateItem(sms, { priority: 99, status: "reserve" }, { actor: "alice" });
    const { page } = await panel.visit("/items", { viewport: { width: 1440, height: 900 } });
    await filter(page, "Compared with code").selectOption("Differs from code");
    await expect.poll(() => listedNames(page)).toEqual(["sms"]);
    expect(address(page)).toEqual({ differsFromCode: "true" });
    await page.getByRole("cell", { name: /^Status\s*Priority$/ }).waitFor();
    await page.setViewportSize({ width: 1024, height: 900 });
    await page.getByRole("cell", { name: /^sms.*Differs from code$/s }).waitFor();

    await page.getByRole("checkbox", { name: "Select all items shown" }).check();
    await page.getByRole("button", { name: "Reset to code" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText(/Status, priority and description become/).waitFor();
    await dialog.getByText("What serves now stays the same.").waitFor();
    await dialog.getByRole("button", { name: "Reset 1 item to code" }).click();
    await page.getByText("No item matches", { exact: true }).waitFor();
    expect(await control.getItem(sms)).toMatchObject({ priority: 20, status: "active" });
    await page.getByRole("button", { name: "Undo", exact: true }).click();
    await expect.poll(() => listedNames(page)).toEqual(["sms"]);
    await control.bulk([sms], "reset", { actor: "alice" });
  });

  test("are there for a link whose sort is no column: it is left out", async () => {
    const { page } = await panel.visit("/items?sort=%3Cscript%3E&type=tax");
    await expect.poll(() => listedNames(page)).toEqual(["nl"]);
    await filter(page, "Status").waitFor();
  });

  test("show retired items beside the others where they are asked to", async () => {
    const { page } = await panel.visit("/items?type=tax");
    await expect.poll(() => listedNames(page)).toEqual(["nl"]);
    await filter(page, "Retired items").selectOption("With retired");
    await expect.poll(async () => (await listedNames(page)).sort()).toEqual(["de", "nl"]);
    expect(address(page)).toEqual({ type: "tax", retired: "include" });
  });

  test("narrow each other down, together with a search, and are cleared at once", async () => {
    const { page } = await panel.visit("/items");
    await filter(page, "Manager").selectOption("apps/otp");
    await count(page, "5 items");
    await filter(page, "Status").selectOption("Active");
    await count(page, "4 items");
    await filter(page, "Readiness").selectOption("Ready");
    await expect.poll(() => listedNames(page)).toEqual(["mail", "sms"]);
    await search(page).fill("MESSAGE text");
    await expect.poll(() => listedNames(page)).toEqual(["sms"]);
    const kept = { manager: "apps/otp", status: "active", readiness: "ready", search: "MESSAGE text" };
    expect(address(page)).toEqual(kept);
    await page.reload();
    await expect.poll(() => listedNames(page)).toEqual(["sms"]);
    expect(await search(page).inputValue()).toBe("MESSAGE text");

    await filter(page, "Module").selectOption("apps/otp-mail");
    await page.getByText("No item matches", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Clear all filters" }).click();
    await count(page, `${carrierCount + 6} items`);
    expect(address(page)).toEqual({});
    expect(await search(page).inputValue()).toBe("");
  });

  test("are kept under a name, set again by it, and forgotten", async () => {
    const visitor = await panel.visit("/items?type=carrier&status=active&sort=-priority&page=2");
    const { page } = visitor;
    await saveFilters(visitor, "Carriers in use");
    await visitor.open("/items");
    await chooseFilters(page, "Carriers in use");
    await expect.poll(() => address(page)).toEqual({ type: "carrier", status: "active", sort: "-priority" });
    await chooseFilters(page, "Remove “Carriers in use”");
    await visitor.open("/items");
    await filter(page, "Status").waitFor();
    expect(await savedFilters(page).count()).toBe(0);
  });

  test("begin at the first page, and keep the order", async () => {
    const { page } = await panel.visit("/items?type=carrier&sort=-priority&page=2");
    await expect.poll(async () => (await listedNames(page))[0]).toBe("carrier_029");
    await filter(page, "Status").selectOption("Active");
    await expect.poll(async () => (await listedNames(page))[0]).toBe("carrier_129");
    expect(address(page)).toEqual({ type: "carrier", sort: "-priority", status: "active" });
  });
});
