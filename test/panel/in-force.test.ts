import { expect, test } from "vitest";
import { providers } from "./providers.ts";
import { describePanel, usePanel } from "./use-panel.ts";

describePanel("what a message says of a change", () => {
  const panel = usePanel();

  test.each([1_440, 390])("is in how many processes it is in force, %i wide", async (width) => {
    const other = await panel.server.openProcess({ plugins: providers, pollIntervalMs: 100 });
    try {
      const visitor = await panel.visit("/items?search=voice", { viewport: { width, height: 900 } });
      const { page } = visitor;
      await page.getByRole("checkbox", { name: "Select all items shown" }).check();
      await page.getByRole("button", { name: width === 390 ? "Activate" : "Disable", exact: true }).click();
      await page
        .getByRole("dialog")
        .getByRole("button", { name: /^Set 1 item to/ })
        .click();
      await page.getByText("1 item changed.").waitFor();
      await page.getByText("In force in 2 of 2 processes.").waitFor();
      expect(await visitor.overflow()).toBeLessThanOrEqual(0);
    } finally {
      await other.close();
    }
  });

  test("has a button that takes it back: what was saved in the list, retired, and released", async () => {
    const { plugbay, idOf } = panel.server;
    const id = await idOf("sms");
    const { page } = await panel.visit("/items?search=sms");
    const undo = async () => {
      await page.getByRole("button", { name: "Undo", exact: true }).click();
      await page.getByText("Undone.").waitFor();
      await page.getByText("In force in 1 of 1 process.").waitFor();
      expect(await page.getByRole("button", { name: "Undo", exact: true }).count()).toBe(0);
      await page.getByRole("button", { name: "Dismiss this message" }).click();
    };
    await page.getByLabel("Priority of sms", { exact: true }).fill("25");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await undo();
    expect((await plugbay.control.getItem(id)).priority).toBe(20);

    await page.getByRole("link", { name: "sms" }).first().click();
    await page.getByRole("button", { name: "Retire" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Retire" }).click();
    await undo();
    expect((await plugbay.control.getItem(id)).retiredAt).toBeNull();

    await plugbay.control.hold(id, { reason: "maintenance" }, { actor: "bob" });
    await page.getByRole("button", { name: "Release" }).first().click();
    await undo();
    expect((await plugbay.control.getItem(id)).hold?.reason).toBe("maintenance");
  });
});
