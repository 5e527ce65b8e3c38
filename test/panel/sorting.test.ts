import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { listedNames } from "./listed-names.ts";
import { describePanel, usePanel } from "./use-panel.ts";

describePanel("sorting", () => {
  const panel = usePanel();

  const header = (page: Page, name: string) => page.getByRole("columnheader", { name });
  const sortBy = (page: Page, name: string, modifiers: "Shift"[] = []) =>
    header(page, name).getByRole("button").click({ modifiers });
  const sorted = (page: Page, name: string) => header(page, name).getAttribute("aria-sort");
  const inAddress = (page: Page) => new URL(page.url()).searchParams.get("sort");

  describe("the types", () => {
    test("by a column, upwards, downwards and no more", async () => {
      const { page } = await panel.visit("/types");
      const usual = await listedNames(page);
      await sortBy(page, "Type");
      await expect.poll(() => listedNames(page)).toEqual(["carrier", "otp", "tax"]);
      expect(inAddress(page)).toBe("name");
      expect(await sorted(page, "Type")).toBe("ascending");
      await sortBy(page, "Type");
      await expect.poll(() => listedNames(page)).toEqual(["tax", "otp", "carrier"]);
      expect(inAddress(page)).toBe("-name");
      expect(await sorted(page, "Type")).toBe("descending");
      await sortBy(page, "Type");
      await expect.poll(() => inAddress(page)).toBe(null);
      expect(await listedNames(page)).toEqual(usual);
    });

    test("by several columns with the shift key, kept over a reload", async () => {
      const { page } = await panel.visit("/types");
      await sortBy(page, "Reserved");
      await sortBy(page, "Active", ["Shift"]);
      await expect.poll(() => inAddress(page)).toBe("-reserve,-active");
      expect(await listedNames(page)).toEqual(["otp", "carrier", "tax"]);
      await sortBy(page, "Active", ["Shift"]);
      await expect.poll(() => inAddress(page)).toBe("-reserve,active");
      expect(await listedNames(page)).toEqual(["otp", "tax", "carrier"]);
      await page.reload();
      await expect.poll(() => listedNames(page)).toEqual(["otp", "tax", "carrier"]);
      expect(await sorted(page, "Reserved")).toBe("descending");
      expect(await sorted(page, "Active")).toBe("ascending");
    });

    test("by health, the troubled first", async () => {
      const { page } = await panel.visit("/types");
      await sortBy(page, "Health");
      await expect.poll(() => inAddress(page)).toBe("-problems");
      expect((await listedNames(page))[0]).toBe("otp");
    });
  });

  describe("the items", () => {
    test("by a column, on the server", async () => {
      const { page } = await panel.visit("/items?search=otp");
      await sortBy(page, "Priority");
      await expect.poll(() => listedNames(page)).toEqual(["telegraph", "pigeon", "voice", "sms", "mail"]);
      expect(inAddress(page)).toBe("-priority");
      await sortBy(page, "Priority");
      await expect.poll(() => listedNames(page)).toEqual(["mail", "sms", "voice", "pigeon", "telegraph"]);
      expect(inAddress(page)).toBe("priority");
    });

    test("by several columns with the shift key, kept over a reload beside a search", async () => {
      const { page } = await panel.visit("/items?search=otp");
      await sortBy(page, "Status");
      await sortBy(page, "Priority", ["Shift"]);
      await expect.poll(() => inAddress(page)).toBe("status,-priority");
      const order = ["telegraph", "pigeon", "sms", "mail", "voice"];
      await expect.poll(() => listedNames(page)).toEqual(order);
      await page.reload();
      await expect.poll(() => listedNames(page)).toEqual(order);
      expect(await sorted(page, "Status")).toBe("ascending");
      expect(await sorted(page, "Priority")).toBe("descending");
      expect(new URL(page.url()).searchParams.get("search")).toBe("otp");
    });

    test("on a phone, which shows no headers, by a menu of the columns", async () => {
      const viewport = { width: 375, height: 740 };
      const visitor = await panel.visit("/items?search=otp", { viewport, hasTouch: true });
      const { page } = visitor;
      const usual = await listedNames(page);
      await page.getByRole("button", { name: "Sort", exact: true }).tap();
      const choice = (name: string | RegExp) => page.getByRole("menuitem", { name });
      await choice(/^Status\b.*not sorted/).tap();
      await choice(/^Priority\b.*not sorted/).tap();
      await choice(/^Priority\b.*sorted ascending/).tap();
      await choice(/^Priority\b.*sorted descending/).waitFor();
      await expect.poll(() => inAddress(page)).toBe("status,-priority");
      await expect.poll(() => listedNames(page)).toEqual(["telegraph", "pigeon", "sms", "mail", "voice"]);
      expect(await visitor.overflow()).toBe(0);
      expect(await visitor.violations()).toEqual([]);
      await choice("Default order").tap();
      await expect.poll(() => inAddress(page)).toBe(null);
      await expect.poll(() => listedNames(page)).toEqual(usual);
      await page.getByRole("menu").waitFor({ state: "detached" });
    });

    test("goes through all pages, and begins at the first one", async () => {
      const { page } = await panel.visit("/items?type=carrier&page=2");
      await expect.poll(async () => (await listedNames(page))[0]).toBe("carrier_100");
      await sortBy(page, "Item");
      await sortBy(page, "Item");
      await expect.poll(async () => (await listedNames(page))[0]).toBe("carrier_129");
      expect(new URL(page.url()).search).toBe("?type=carrier&sort=-name");
    });
  });
});
