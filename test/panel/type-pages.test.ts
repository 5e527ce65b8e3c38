import { expect, test } from "vitest";
import { describePanel, usePanel } from "./use-panel.ts";

describePanel("the pages of the types", () => {
  const panel = usePanel();
  const openType = async (name: string) => panel.visit(`/types/${await panel.server.typeIdOf(name)}`);
  const item = async (name: string) => panel.server.plugbay.control.getItem(await panel.server.idOf(name));

  test("lists the types with who serves, and finds them by words", async () => {
    const { page } = await panel.visit("/types");
    await page.getByRole("link", { name: "otp", exact: true }).first().waitFor();
    await page.getByRole("searchbox").or(page.getByRole("textbox")).first().fill("parcel");
    await page.getByRole("link", { name: "otp", exact: true }).first().waitFor({ state: "hidden" });
    await page.getByRole("link", { name: "carrier", exact: true }).first().waitFor();
    expect(page.url()).toContain("parcel");
  });

  test("moves an item by its menu, with the keyboard alone", async () => {
    const { page } = await openType("otp");
    await page.getByRole("button", { name: /^Move sms/ }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("menuitem", { name: "Move to the top" }).focus();
    await page.keyboard.press("Enter");
    await expect.poll(async () => (await item("sms")).priority < (await item("mail")).priority).toBe(true);
  });

  test("moves an item into another lane by its menu", async () => {
    const { page } = await openType("otp");
    await page.getByRole("button", { name: /^Move sms/ }).click();
    await page.getByRole("menuitem", { name: "Move to Disabled" }).click();
    await expect.poll(async () => (await item("sms")).status).toBe("disable");
  });

  test("explains with arguments whom a selector would choose", async () => {
    const { page } = await openType("tax");
    await page.getByRole("tab", { name: "Explain" }).click();
    await page.getByLabel("Arguments, as a JSON list").fill('["nl"]');
    await page.getByRole("button", { name: "Try", exact: true }).click();
    await page.getByText(/the selector chooses .*nl/).waitFor();
  });
});
