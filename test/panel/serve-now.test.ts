import { expect, test } from "vitest";
import { resetLanes } from "./lanes.ts";
import { describePanel, usePanel } from "./use-panel.ts";

describePanel("serving an item now", () => {
  const panel = usePanel();
  const serving = async () => {
    const { plugbay, typeIdOf } = panel.server;
    const { serving } = await plugbay.control.getType(await typeIdOf("otp"));
    return serving?.name;
  };

  test("takes two clicks in the item's menu, and says before what it does", async () => {
    await resetLanes(panel.server);
    const { page } = await panel.visit(`/types/${await panel.server.typeIdOf("otp")}`);
    await page.getByRole("button", { name: "Move voice", exact: true }).click();
    await page.getByRole("menuitem", { name: "Serve this now…" }).click();
    const dialog = page.getByRole("dialog", { name: "Serve voice now" });
    await dialog.getByText("voice serves instead of mail").waitFor();
    await dialog.getByRole("button", { name: "Serve now" }).click();
    await page.getByText("voice is the first choice now.").waitFor();
    expect(await serving()).toBe("voice");
    const item = await panel.server.plugbay.control.getItem(await panel.server.idOf("voice"));
    expect(item.status).toBe("active");
    await page.getByRole("button", { name: "Undo", exact: true }).click();
    await page.getByText("Undone.").waitFor();
    expect(await serving()).toBe("mail");
  });

  test("a bulk change names the types and what becomes of them", async () => {
    const { page } = await panel.visit("/items?type=otp");
    await page.getByRole("checkbox", { name: "Select all items shown" }).check();
    await page.getByRole("button", { name: "Disable", exact: true }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("otp: not served any more; now mail").waitFor();
    await dialog.getByRole("button", { name: "Cancel" }).click();
    expect(await serving()).toBe("mail");
  });

  test("the item's form says it before it is saved", async () => {
    const { page } = await panel.visit(`/items/${await panel.server.idOf("mail")}`);
    await page.getByRole("radiogroup", { name: "Status" }).getByText("Disabled").click();
    await page.getByText("sms serves instead of mail").waitFor();
    expect(await serving()).toBe("mail");
  });
});
