import { beforeAll, beforeEach, expect, test } from "vitest";
import { carry } from "./drag.ts";
import { lanesNow, resetLanes } from "./lanes.ts";
import { describePanel, usePanel } from "./use-panel.ts";

const by = { actor: "deployment" };

describePanel("an item that a file manages", () => {
  const panel = usePanel();
  const item = async (name: string) => panel.server.plugbay.control.getItem(await panel.server.idOf(name));
  const importSms = (managed: boolean) =>
    panel.server.plugbay.control.import(
      {
        plugbay: 1,
        types: [{ manager: "apps/otp", name: "otp", items: [{ module: "apps/otp-sms", name: "sms" }] }],
      },
      { ...by, managed },
    );
  beforeAll(async () => {
    await resetLanes(panel.server);
  });
  beforeEach(async () => {
    await importSms(true);
  });

  test("cannot be edited on its page, which says why, but retired and restored", async () => {
    const { page } = await panel.visit(`/items/${await panel.server.idOf("sms")}`);
    await page.getByText("This item is managed by a file").waitFor();
    await page.getByText("Managed by a file").first().waitFor();
    expect(await page.getByRole("textbox", { name: "Priority" }).count()).toBe(0);
    expect(await page.getByRole("button", { name: "Save", exact: true }).count()).toBe(0);
    await page.getByRole("button", { name: "Retire", exact: true }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Retire", exact: true }).click();
    await expect.poll(async () => (await item("sms")).retiredAt).not.toBeNull();
    await page.getByRole("button", { name: "Restore", exact: true }).click();
    await expect.poll(async () => (await item("sms")).retiredAt).toBeNull();
    expect(await item("sms")).toMatchObject({ managed: "file" });
  });

  test("has its fields locked in the list, among others that can be edited", async () => {
    const { page } = await panel.visit("/items?search=otp");
    expect(await page.getByLabel(/^Status of sms/).isDisabled()).toBe(true);
    expect(await page.getByLabel(/^Priority of sms/).isDisabled()).toBe(true);
    expect(await page.getByLabel(/^Status of mail/).isEnabled()).toBe(true);
    expect(await page.getByText("Managed by a file").count()).toBe(1);
  });

  test("is refused with its name in a change of many, which changes none", async () => {
    const visitor = await panel.visit("/items?search=otp");
    visitor.expectRefusal(409);
    const { page } = visitor;
    await page.getByRole("checkbox", { name: "Select all items shown" }).check();
    await page.getByRole("button", { name: "Disable", exact: true }).click();
    await page
      .getByRole("dialog")
      .getByRole("button", { name: /^Set \d+ items to Disabled$/ })
      .click();
    await page
      .getByText(/apps\/otp-sms:sms is managed by a file/)
      .first()
      .waitFor();
    expect((await lanesNow(panel.server)).active).toContain("mail");
  });

  test("cannot be dragged, and others are dropped around it", async () => {
    const { page } = await panel.visit(`/types/${await panel.server.typeIdOf("otp")}`);
    const handle = (name: string) => page.getByRole("button", { name: `Drag ${name}`, exact: true });
    await handle("mail").waitFor();
    expect(await handle("sms").count()).toBe(0);
    expect(await page.getByRole("button", { name: "Move sms", exact: true }).count()).toBe(0);
    const { priority } = await item("sms");
    await carry(page, handle("mail"), handle("pigeon"));
    await page.mouse.up();
    await expect
      .poll(() => lanesNow(panel.server))
      .toMatchObject({ active: ["sms", "pigeon", "mail", "telegraph"] });
    expect((await item("sms")).priority).toBe(priority);
  });

  test("is editable again at once when an import releases it", async () => {
    const { page } = await panel.visit(`/items/${await panel.server.idOf("sms")}`);
    await page.getByText("This item is managed by a file").waitFor();
    await importSms(false);
    await page.getByText("This item is managed by a file").waitFor({ state: "hidden" });
    await page.getByRole("button", { name: "Save", exact: true }).waitFor();
  });
});
