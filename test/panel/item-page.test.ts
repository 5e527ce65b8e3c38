import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { hostileError } from "./providers.ts";
import { describePanel, usePanel } from "./use-panel.ts";

describePanel("the page of an item", () => {
  const panel = usePanel();
  const openItem = async (name: string, actor = "alice") =>
    panel.visit(`/items/${await panel.server.idOf(name)}`, { actor });
  const item = async (name: string) => panel.server.plugbay.control.getItem(await panel.server.idOf(name));

  const priority = (page: Page) => page.getByRole("textbox", { name: "Priority" });
  const description = (page: Page) => page.getByRole("textbox", { name: "Description" });
  const save = (page: Page) => page.getByRole("button", { name: "Save", exact: true });
  const saved = (page: Page, name: string) => page.getByText(`Saved ${name}.`).waitFor();

  test("saves status, priority and description in one change", async () => {
    const { page } = await openItem("sms");
    await page.locator("label", { hasText: "Reserved" }).click();
    await priority(page).fill("7");
    await description(page).fill("Only at night");
    await save(page).click();
    await saved(page, "sms");
    expect(await item("sms")).toMatchObject({
      status: "reserve",
      priority: 7,
      description: "Only at night",
      version: 2,
    });
  });

  test("marks what differs from the code and takes its value back", async () => {
    const { page } = await openItem("sms");
    await page.getByText("In code: 20").waitFor();
    await page.getByRole("button", { name: "Use the value from code for Priority" }).click();
    expect(await priority(page).inputValue()).toBe("20");
    await save(page).click();
    await saved(page, "sms");
    expect(await item("sms")).toMatchObject({ priority: 20, status: "reserve" });
  });

  test("keeps a section collapsed that the reader collapsed, on the pages of all items", async () => {
    const visitor = await openItem("sms");
    const { page } = visitor;
    const section = page.getByRole("region", { name: "Processes", exact: true });
    const toggle = section.getByRole("button", { name: "Processes", exact: true });
    await section.getByText("Has the plugin").waitFor();
    await toggle.click();
    await section.getByText("Has the plugin").waitFor({ state: "hidden" });
    expect(await toggle.getAttribute("aria-expanded")).toBe("false");
    expect(await visitor.violations()).toEqual([]);
    await visitor.open(`/items/${await panel.server.idOf("mail")}`);
    await toggle.waitFor();
    expect(await section.getByText("Has the plugin").isVisible()).toBe(false);
    expect(await page.getByRole("region", { name: "History" }).locator("ol").isVisible()).toBe(true);
    await toggle.click();
    await section.getByText("Has the plugin").waitFor();
    await page.reload();
    await section.getByText("Has the plugin").waitFor();
  });

  test("refuses a priority that no database takes", async () => {
    const { page } = await openItem("sms");
    await priority(page).fill("70000");
    await page.getByText("A whole number from -32,768 to 32,767").waitFor();
    expect(await save(page).isDisabled()).toBe(true);
    await page.getByRole("button", { name: "Discard" }).click();
    expect(await priority(page).inputValue()).toBe("20");
  });

  test("shows both versions of a conflict, and keeps mine", async () => {
    const alice = await openItem("mail", "alice");
    const bob = await openItem("mail", "bob");
    alice.expectRefusal(409);
    await priority(alice.page).fill("3");
    await priority(bob.page).fill("99");
    await description(bob.page).fill("By Bob");
    await save(bob.page).click();
    await saved(bob.page, "mail");
    await alice.page.getByText("When you save, you can choose which values to keep").waitFor();
    await save(alice.page).click();

    const dialog = alice.page.getByRole("dialog");
    await dialog.getByText("by bob", { exact: true }).waitFor();
    expect(await dialog.getByRole("row", { name: /^Priority/ }).innerText()).toMatch(/Different\s+3\s+99/);
    expect(await dialog.getByRole("row", { name: /^Description/ }).innerText()).toMatch(
      /Not changed by you\s+By Bob/,
    );
    await dialog.getByText("What serves now stays the same.").waitFor();
    expect(await alice.violations()).toEqual([]);
    await dialog.getByRole("button", { name: "Keep mine" }).click();
    await saved(alice.page, "mail");
    expect(await item("mail")).toMatchObject({ priority: 3, description: "By Bob" });
  });

  test("shows both versions of a conflict, and takes theirs", async () => {
    const alice = await openItem("mail", "alice");
    const bob = await openItem("mail", "bob");
    alice.expectRefusal(409);
    await description(alice.page).fill("By Alice");
    await description(bob.page).fill("By Bob again");
    await save(bob.page).click();
    await saved(bob.page, "mail");
    await save(alice.page).click();
    await alice.page.getByRole("button", { name: "Take theirs" }).click();
    await alice.page.getByRole("dialog").waitFor({ state: "hidden" });
    expect(await description(alice.page).inputValue()).toBe("By Bob again");
    expect(await item("mail")).toMatchObject({ description: "By Bob again" });
  });

  test("shows another operator's change without a reload", async () => {
    const { page } = await openItem("voice");
    const id = await panel.server.idOf("voice");
    await panel.server.plugbay.control.updateItem(id, { priority: 77 }, { actor: "bob" });
    await expect.poll(() => priority(page).inputValue()).toBe("77");
  });

  test("shows the whole error of a plugin as text", async () => {
    const { page } = await openItem("pigeon");
    await page.getByRole("heading", { name: "What went wrong" }).waitFor();
    expect(await page.locator("pre").first().innerText()).toContain(hostileError);
    expect(await page.locator("main img, main script").count()).toBe(0);
    expect(await description(page).inputValue()).toBe("<script>alert(1)</script>");
  });

  test("says which processes have the plugin, and that this one has not", async () => {
    const { page } = await openItem("telegraph");
    await page.getByText("This panel's process does not have this plugin in its code.").waitFor();
    await page.getByText("Does not have the plugin").waitFor();
    await page.getByText("there are no defaults to compare with").waitFor();
  });

  test("retires, restores, retires again and purges, saying what goes", async () => {
    const { page } = await openItem("telegraph");
    const retire = async () => {
      await page.getByRole("button", { name: "Retire" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Retire" }).click();
      await page.getByText("by an operator.").waitFor();
    };
    await retire();
    expect((await item("telegraph")).retiredBy).toBe("operator");
    await page.getByRole("button", { name: "Restore" }).click();
    await page.getByText("Restored telegraph.").waitFor();
    expect((await item("telegraph")).retiredAt).toBeNull();

    await retire();
    await page.getByRole("button", { name: "Purge" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("1 item", { exact: true }).waitFor();
    await dialog.getByText("telegraph", { exact: true }).waitFor();
    await dialog.getByText(/^\d+ history entries about it are kept\.$/).waitFor();
    // The news of it are here before the answer: the page must not read again what is gone.
    await page.route("**/api/items/purge", async (route) => {
      const response = await route.fetch();
      await page.waitForTimeout(1_000);
      await route.fulfill({ response });
    });
    await dialog.getByRole("button", { name: "Purge permanently" }).click();
    await page.getByText("Purged telegraph.").waitFor();
    await page.waitForURL("**/admin/items");
    await expect(panel.server.idOf("telegraph")).rejects.toThrow("There is no item telegraph.");
  });

  test("offers who may not purge to restore what is retired, and no more", async () => {
    const id = await panel.server.idOf("sms");
    const { page } = await panel.visit(`/items/${id}`, { access: "edit" });
    await page.getByRole("button", { name: "Retire" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Retire" }).click();
    await page.getByText("You do not have permission to purge it.").waitFor();
    expect(await page.getByRole("button", { name: /Purge/ }).count()).toBe(0);
    await page.getByRole("button", { name: "Restore" }).click();
    await page.getByText("Restored sms.").waitFor();
    expect((await item("sms")).retiredAt).toBeNull();
  });

  test("offers a reader nothing to change", async () => {
    const { page } = await panel.visit(`/items/${await panel.server.idOf("mail")}`, { access: "read" });
    await page.getByText("You can view this item but not change it.").waitFor();
    expect(await page.getByRole("button", { name: /Save|Retire|Revert|Purge|value from code/ }).count()).toBe(
      0,
    );
    expect(await page.getByRole("radio").count()).toBe(0);
  });

  test("says of an item that does not exist what to do", async () => {
    const visitor = await panel.visit("/processes");
    visitor.expectRefusal(404);
    await visitor.open("/items/01a20478-7c1f-7042-9eaf-1664e73c1e9e");
    await visitor.page.getByText("Not found").waitFor();
  });
});
