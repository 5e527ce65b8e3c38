import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { addSample, configuredSetup } from "./configured.ts";
import { describePanel, usePanel } from "./use-panel.ts";

describePanel("what a change would do, before it is made", () => {
  const panel = usePanel(configuredSetup);

  test("is said beside the button that restores an item", async () => {
    const { control } = panel.server.plugbay;
    const mail = await panel.server.idOf("mail");
    await control.retire([mail], { actor: "alice" });
    const visitor = await panel.visit(`/items/${mail}`);
    const { page } = visitor;
    await page.getByRole("status").filter({ hasText: "mail serves instead of sms" }).waitFor();
    expect(await visitor.violations()).toEqual([]);
    await page.getByRole("button", { name: "Restore" }).click();
    await expect.poll(async () => (await control.getItem(mail)).retiredAt).toBeNull();
  });

  test("is said of a config that was edited, before it is saved", async () => {
    const { control } = panel.server.plugbay;
    const id = await addSample(panel.server.plugbay, "mailer");
    await control.serveNow(id, { actor: "alice" });
    const { name, label } = await control.getItem(id);
    const { page } = await panel.visit(`/items/${id}`);
    const form = page.getByRole("region", { name: "Configuration" }).locator("form");
    await form.getByRole("textbox", { name: "Sender" }).fill("codes@example.com");
    await form.getByText(`${name} (${label}) goes on serving, with this config`).waitFor();
  });

  test.each([
    [
      "retires an item",
      "Retire mail?",
      (page: Page) => page.getByRole("button", { name: "Retire", exact: true }).click(),
    ],
    ["holds it", "Hold mail", (page: Page) => page.getByRole("button", { name: "Hold…" }).click()],
    [
      "disables it from the palette",
      "Disable mail?",
      async (page: Page) => {
        await page.keyboard.press("Control+k");
        await page.getByRole("combobox", { name: "Search" }).fill("disable mail");
        await page.getByRole("option", { name: /^Disable mail\b(?!er)/ }).click();
      },
    ],
  ] as const)("is said in the dialogue that %s, and cancelling changes nothing", async (_, name, ask) => {
    const { plugbay, idOf, typeIdOf } = panel.server;
    const mail = await idOf("mail");
    const visitor = await panel.visit(`/items/${mail}`);
    const { page } = visitor;
    await ask(page);
    const dialog = page.getByRole("dialog", { name });
    await dialog.getByRole("status").filter({ hasText: "sms serves instead of mail" }).waitFor();
    expect(await visitor.violations()).toEqual([]);
    const before = await plugbay.control.getItem(mail);
    await dialog.getByRole("button", { name: "Cancel" }).click();
    await dialog.waitFor({ state: "detached" });
    expect(await plugbay.control.getItem(mail)).toEqual(before);
    expect((await plugbay.control.getType(await typeIdOf("otp"))).serving?.name).toBe("mail");
  });
});
