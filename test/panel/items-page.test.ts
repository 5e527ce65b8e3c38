import { expect, test } from "vitest";
import { carrierCount } from "./providers.ts";
import { describePanel, usePanel } from "./use-panel.ts";

describePanel("the page of the items", () => {
  const panel = usePanel();
  const item = async (name: string) => panel.server.plugbay.control.getItem(await panel.server.idOf(name));

  test("finds items by words, and keeps them in the address", async () => {
    const { page } = await panel.visit("/items");
    await page.getByRole("searchbox").or(page.getByRole("textbox")).first().fill("text message");
    await page.getByRole("link", { name: "sms" }).waitFor();
    await page.getByRole("link", { name: "carrier_000" }).waitFor({ state: "hidden" });
    await page.reload();
    await page.getByRole("link", { name: "sms" }).waitFor();
    expect(await page.getByRole("link", { name: "mail" }).count()).toBe(0);
  });

  test("saves several items with one save", async () => {
    const { page } = await panel.visit("/items?search=otp");
    await page.getByLabel(/^Status of sms/).selectOption("reserve");
    await page.getByLabel(/^Priority of mail/).fill("9");
    const bar = page.getByRole("region", { name: "Save", exact: true });
    await bar.getByText("What serves now stays the same.").waitFor();
    await page.getByLabel(/^Priority of mail/).fill("99");
    await page.getByLabel(/^Status of sms/).selectOption("active");
    await bar.getByText("otp: sms serves instead of mail").waitFor();
    await page.getByLabel(/^Status of sms/).selectOption("reserve");
    await page.getByLabel(/^Priority of mail/).fill("9");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await expect.poll(async () => (await item("sms")).status).toBe("reserve");
    expect(await item("mail")).toMatchObject({ priority: 9 });
    expect((await item("mail")).revision).toBe((await item("sms")).revision);
  });

  test("selects all items on all pages and changes them at once", async () => {
    const { page } = await panel.visit("/items?search=carrier");
    await page.getByRole("checkbox", { name: "Select all items shown" }).check();
    await page.getByRole("button", { name: `Select all ${carrierCount} on all pages` }).click();
    await page.getByRole("button", { name: "Disable", exact: true }).click();
    await page
      .getByRole("dialog")
      .getByRole("button", { name: `Set ${carrierCount} items to Disabled` })
      .click();
    await page.getByText(`${carrierCount} items changed.`).waitFor();
    expect((await panel.server.plugbay.control.list({ status: "disable" })).total).toBe(carrierCount);
    await page.getByRole("button", { name: "Undo", exact: true }).click();
    await page.getByText("Undone.").waitFor();
    expect((await panel.server.plugbay.control.list({ status: "disable" })).total).toBe(0);
  });

  test("shows items disabled in bulk as those disabled singly", async () => {
    const { control } = panel.server.plugbay;
    await control.updateItem(await panel.server.idOf("sms"), { status: "disable" }, { actor: "alice" });
    const { page } = await panel.visit("/items?search=otp");
    const row = (name: string) => page.getByRole("row").filter({ has: page.getByLabel(`Select ${name}`) });
    await page.getByLabel("Select mail", { exact: true }).check();
    await page.getByRole("button", { name: "Disable", exact: true }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Set 1 item to Disabled" }).click();
    await page.getByText("1 item changed.").waitFor();
    const shown = async (name: string) => {
      const status = page.getByLabel(`Status of ${name}`, { exact: true });
      const readiness = await row(name).getByRole("cell").nth(7).innerText();
      return [await status.getAttribute("class"), await status.inputValue(), readiness];
    };
    await expect.poll(async () => (await shown("mail"))[1]).toBe("disable");
    await expect.poll(() => shown("mail")).toEqual(await shown("sms"));
  });

  test("says of a page past the end that there is none, and leads back", async () => {
    const { page } = await panel.visit("/items?search=sms&page=9");
    await page.getByText("Page 9 does not exist").waitFor();
    await page.getByRole("button", { name: "Show the last page" }).click();
    await page.getByRole("link", { name: "sms" }).waitFor();
  });

  test("shows every item once on a window of any height", async () => {
    const { page } = await panel.visit("/items?search=carrier&show=all", {
      viewport: { width: 1280, height: 8_000 },
    });
    const names = page.getByRole("row").getByRole("link", { name: /^carrier_/ });
    await names.nth(carrierCount - 1).waitFor();
    const shown = await names.allInnerTexts();
    expect(shown).toHaveLength(carrierCount);
    expect(new Set(shown).size).toBe(carrierCount);
  });
});
