import { expect, test } from "vitest";
import { resetLanes } from "./lanes.ts";
import { describePanel, usePanel } from "./use-panel.ts";

describePanel("the reason of a change", () => {
  const panel = usePanel();
  const latest = async () => (await panel.server.plugbay.control.history({ limit: 1 }))[0];

  test("may be said in the item's form, beside its button, and stands in the history", async () => {
    const { page } = await panel.visit(`/items/${await panel.server.idOf("mail")}`);
    await page.getByRole("textbox", { name: "Description" }).first().fill("By letter");
    await page.getByRole("textbox", { name: "Reason (optional)" }).fill("INC-4211: نامه‌ها");
    await page.getByRole("button", { name: "Save", exact: true }).first().click();
    await page.getByText("mail is saved.").or(page.getByText(/saved/i)).first().waitFor();
    await expect.poll(async () => (await latest())?.reason).toBe("INC-4211: نامه‌ها");
  });

  test("may be said in a dialogue, and need not be", async () => {
    await resetLanes(panel.server);
    const { page } = await panel.visit("/items?search=voice");
    const disable = async (reason: string) => {
      await page.getByRole("checkbox", { name: "Select all items shown" }).check();
      await page.getByRole("button", { name: "Disable", exact: true }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByRole("textbox", { name: "Reason (optional)" }).fill(reason);
      await dialog.getByRole("button", { name: /^Set 1 item to Disabled/ }).click();
      await dialog.waitFor({ state: "detached" });
    };
    await disable("too dear");
    expect(await latest()).toMatchObject({ reason: "too dear", after: { status: "disable" } });
    await resetLanes(panel.server);
    await disable("");
    expect((await latest())?.reason).toBeNull();
  });
});

describePanel("a reason that is required", () => {
  const panel = usePanel({ requireReason: true });
  const { item, latest } = {
    item: async (name: string) => panel.server.plugbay.control.getItem(await panel.server.idOf(name)),
    latest: async () => (await panel.server.plugbay.control.history({ limit: 1 }))[0],
  };

  test("keeps a dialogue from being confirmed without one", async () => {
    const visitor = await panel.visit("/items?search=voice");
    const { page } = visitor;
    await page.getByRole("checkbox", { name: "Select all items shown" }).check();
    await page.getByRole("button", { name: "Disable", exact: true }).click();
    const dialog = page.getByRole("dialog");
    const confirm = dialog.getByRole("button", { name: /^Set 1 item to Disabled/ });
    expect(await confirm.isDisabled()).toBe(true);
    expect(await visitor.violations()).toEqual([]);
    await dialog.getByRole("textbox", { name: "Reason" }).fill("too dear");
    await confirm.click();
    await dialog.waitFor({ state: "detached" });
    expect(await latest()).toMatchObject({ reason: "too dear" });
    await page.getByRole("button", { name: "Undo", exact: true }).click();
    await page.getByRole("dialog").getByRole("textbox", { name: "Reason" }).fill("a mistake");
    await page.getByRole("button", { name: "Continue" }).click();
    await page.getByText("Undone.").waitFor();
    expect(await latest()).toMatchObject({ reason: "a mistake" });
  });

  test("is asked for where a change has no dialogue, and without it nothing is changed", async () => {
    await panel.server.plugbay.control.hold(
      await panel.server.idOf("sms"),
      { reason: "wrong bills" },
      { actor: "bob" },
    );
    const { page } = await panel.visit(`/items/${await panel.server.idOf("sms")}`);
    const dialog = page.getByRole("dialog", { name: "Why this change?" });
    await page.getByRole("button", { name: "Release", exact: true }).click();
    await dialog.waitFor();
    await dialog.getByRole("button", { name: "Cancel" }).click();
    await page.getByText(/No reason was given/).waitFor();
    expect((await item("sms")).hold).toBeDefined();

    await page.getByRole("button", { name: "Release", exact: true }).click();
    await dialog.getByRole("textbox", { name: "Reason" }).fill("bills are right");
    await dialog.getByRole("button", { name: "Continue" }).click();
    await page.getByText("sms is released.").waitFor();
    expect(await latest()).toMatchObject({ action: "release", reason: "bills are right" });
  });

  test("of a hold is the hold's own", async () => {
    const { page } = await panel.visit(`/items/${await panel.server.idOf("sms")}`);
    await page.getByRole("button", { name: "Hold…" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("textbox", { name: "Reason" }).fill("maintenance");
    await dialog.getByRole("button", { name: "Hold", exact: true }).click();
    await dialog.waitFor({ state: "detached" });
    expect(await latest()).toMatchObject({ action: "hold", reason: "maintenance" });
  });
});
