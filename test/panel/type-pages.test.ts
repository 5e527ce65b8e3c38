import { expect, test } from "vitest";
import { resetLanes } from "./lanes.ts";
import { hostileError } from "./providers.ts";
import { chooseFilters, saveFilters } from "./saved-filters.ts";
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

  test("keeps filters of the types under a name, and sets them again by it", async () => {
    const visitor = await panel.visit("/types?search=parcel&sort=-name");
    const { page } = visitor;
    await saveFilters(visitor, "Parcels");
    await visitor.open("/types");
    await page.getByRole("link", { name: "otp", exact: true }).first().waitFor();
    await chooseFilters(page, "Parcels");
    await page.waitForURL("**/types?search=parcel&sort=-name");
    await page.getByRole("link", { name: "otp", exact: true }).first().waitFor({ state: "hidden" });
    expect(await visitor.violations()).toEqual([]);
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

  test("explains by its address who would serve, and why each of the others would not", async () => {
    const { plugbay, idOf, typeIdOf } = panel.server;
    const by = { actor: "bob" };
    await resetLanes(panel.server);
    await plugbay.control.hold(await idOf("mail"), { reason: "wrong bills" }, by);
    const visitor = await panel.visit(`/types/${await typeIdOf("otp")}?tab=explain`);
    const { page } = visitor;
    await page.getByRole("tab", { name: "Explain", selected: true }).waitFor();
    const lines = page.getByRole("tabpanel", { name: "Explain" }).getByRole("listitem");
    const line = (name: string) => lines.filter({ has: page.getByRole("link", { name, exact: true }) });
    await line("sms").getByText("Serving: it is the first active item that is ready.").waitFor();
    const reasons = {
      mail: "Held by an operator, so it gets no calls.",
      voice: "Ready and reserved: it serves when no active item is ready.",
      pigeon: "It could not be prepared, so it is skipped.",
      telegraph: /no plugin|lacks|not have/i,
    };
    for (const [name, reason] of Object.entries(reasons))
      await line(name).getByText(reason).first().waitFor();
    await line("mail").getByText("wrong bills").waitFor();
    await line("pigeon").getByText(hostileError).waitFor();
    expect(await page.getByText(/^Serving: /).count()).toBe(1);
    expect(await visitor.violations()).toEqual([]);

    await plugbay.control.release(await idOf("mail"), by);
    await line("mail").getByText("Serving: it is the first active item that is ready.").waitFor();
    await line("sms").getByText("Ready, but mail comes first.").waitFor();
  });
});
