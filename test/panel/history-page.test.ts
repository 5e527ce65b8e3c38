import { expect, test } from "vitest";
import { chooseFilters, saveFilters } from "./saved-filters.ts";
import { describePanel, usePanel } from "./use-panel.ts";

describePanel("the page of the history", () => {
  const panel = usePanel();
  const { visit } = panel;
  const change = async (name: string, priority: number, actor: string) => {
    const { control } = panel.server.plugbay;
    await control.updateItem(await panel.server.idOf(name), { priority }, { actor, source: "admin" });
  };

  test.each([
    ["en-GB", "Europe/Berlin"],
    ["en-US", "America/New_York"],
  ])("writes times as a reader of %s in %s does", async (locale, timezoneId) => {
    const { page } = await panel.visit("/history", { locale, timezoneId });
    const time = page.locator("main time").first();
    const at = new Date((await time.getAttribute("datetime")) ?? "");
    const form = { dateStyle: "medium", timeStyle: "medium", timeZone: timezoneId } as const;
    const plain = (written: string | null) => written?.replaceAll(/\s/g, " ");
    const expected = new Intl.DateTimeFormat(locale, form).format(at);
    expect(plain(await time.getAttribute("title"))).toBe(plain(expected));
  });

  test("tells who changed what, from where, before and after", async () => {
    await change("mail", 11, "bob");
    const { page } = await visit("/history");
    const entry = page.locator("main ol > li").first();
    const told = await entry.innerText();
    for (const part of ["Changed", "mail", "apps/otp / otp", "by bob", "Panel"]) expect(told).toContain(part);
    expect(await entry.getByRole("row", { name: /^Priority/ }).innerText()).toMatch(/Priority\s+10\s+11/);
  });

  test("shows another operator's change without a reload", async () => {
    const { page } = await visit("/history");
    await change("mail", 12, "carol");
    await page.getByText("by carol").waitFor();
  });

  test("filters by who, and keeps that in the address", async () => {
    const { page } = await visit("/history");
    await page.getByRole("textbox", { name: "Who" }).fill("bob");
    await page.waitForURL("**/history?actor=bob");
    await page.getByText("by carol").waitFor({ state: "hidden" });
    await page.reload();
    await page.getByText("by bob").waitFor();
    expect(await page.getByText("by carol").count()).toBe(0);
  });

  test("filters by a part of who, and by a part of the reason", async () => {
    const { plugbay, idOf } = panel.server;
    const why = { actor: "grace.example", reason: "INC-5150: wrong bills" };
    await plugbay.control.updateItem(await idOf("voice"), { description: "By a ring" }, why);
    const { page } = await visit("/history");
    const entries = page.locator("main ol > li");
    await page.getByText("by carol").waitFor();
    await page.getByRole("textbox", { name: "Who" }).fill("RACE");
    await page.waitForURL("**/history?actor=RACE");
    await expect.poll(() => entries.count()).toBe(1);
    await page.getByText("by grace.example").waitFor();
    await page.getByRole("button", { name: "Clear all filters" }).click();
    await page.getByText("by carol").waitFor();
    await page.getByRole("textbox", { name: "Why" }).fill("wrong");
    await page.waitForURL("**/history?reason=wrong");
    await expect.poll(() => entries.count()).toBe(1);
    await page.getByText("Because: INC-5150: wrong bills").waitFor();
  });

  test("keeps filters under a name, and sets them again by it", async () => {
    const visitor = await visit("/history?actor=bob&source=admin");
    const { page } = visitor;
    await saveFilters(visitor, "What bob did");
    await visitor.open("/history?reason=nothing");
    await chooseFilters(page, "What bob did");
    await page.waitForURL("**/history?actor=bob&source=admin");
    await page.getByText("by bob").first().waitFor();
    expect(await page.getByText("by carol").count()).toBe(0);
    expect(await visitor.violations()).toEqual([]);
  });

  test("filters by source, type, item and time, and clears all at once", async () => {
    const { page } = await visit("/history");
    const entries = page.locator("main ol > li");
    await page.getByRole("combobox", { name: "Source" }).selectOption("Panel");
    await page.waitForURL("**/history?source=admin");
    await expect.poll(() => entries.count()).toBe(2);
    await page.getByRole("combobox", { name: "Type", exact: true }).fill("carr");
    expect(await page.getByRole("listbox").getByRole("option").allInnerTexts()).toEqual([
      "apps/shop / carrier",
    ]);
    await page.getByRole("option", { name: "apps/shop / carrier" }).click();
    await page.getByText("No changes match these filters").waitFor();
    await page.getByRole("button", { name: "Clear all filters" }).first().click();
    await page.waitForURL("**/history");

    await page.getByRole("combobox", { name: "Item" }).fill("mail");
    await page.getByRole("option", { name: /^mail ·/ }).click();
    await page.waitForURL("**/history?item=*");
    await expect.poll(() => entries.count()).toBe(3);
    await page.getByLabel("Until", { exact: true }).fill("2001-01-01T00:00");
    await page.getByText("No changes match these filters").waitFor();
    await page.getByLabel("Until", { exact: true }).fill("");
    await entries.first().waitFor();
    expect(await entries.count()).toBe(3);
  });

  test("goes back to where it begins, page by page", async () => {
    const { plugbay, idOf } = panel.server;
    const id = await idOf("carrier_000");
    const actor = `zoe ${Date.now()}`;
    for (let count = 1; count <= 60; count += 1) {
      await plugbay.control.updateItem(id, { description: `draft ${count}` }, { actor });
    }
    const { page } = await visit(`/history?actor=${encodeURIComponent(actor)}`);
    const older = page.getByRole("button", { name: "Older changes" });
    const entries = page.locator("main ol > li");
    expect(await entries.count()).toBe(50);
    // News that come meanwhile have all that is shown read again.
    let asked = 0;
    await page.route(/before=/, async (route) => {
      asked += 1;
      if (asked > 1) return route.continue();
      const again = page.waitForRequest((request) => /changes(?!.*before=)/.test(request.url()));
      await plugbay.control.updateItem(id, { description: `news for ${actor}` }, { actor });
      await again;
      await route.continue().catch(() => undefined);
    });
    await older.click();
    await page.getByText("This is the start of the history.").waitFor();
    await expect.poll(() => entries.count()).toBe(61);
    expect(asked).toBeGreaterThan(1);
    expect(await older.count()).toBe(0);
  });

  test("reverts a change as a new one, after it has shown what is set back", async () => {
    const { page } = await visit("/history?actor=carol");
    await page.getByRole("button", { name: /^Revert the change to mail/ }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("What serves now stays the same.").waitFor();
    expect(await dialog.getByRole("row", { name: /^Priority/ }).innerText()).toMatch(/Priority\s+12\s+11/);
    await dialog.getByRole("button", { name: "Revert the change" }).click();
    await page.getByText("Reverted the change to mail.").waitFor();
    const { control } = panel.server.plugbay;
    expect(await control.getItem(await panel.server.idOf("mail"))).toMatchObject({ priority: 11 });
    expect((await control.history({ limit: 1 }))[0]).toMatchObject({
      actor: "alice",
      after: { priority: 11 },
    });
    await page.getByRole("button", { name: /^Revert the change to mail/ }).waitFor({ state: "hidden" });
  });

  test("says why a revert was refused, and changes nothing", async () => {
    await change("sms", 21, "dave");
    const visitor = await visit("/history?actor=dave");
    visitor.expectRefusal(409);
    await visitor.page.getByRole("button", { name: /^Revert the change to sms/ }).click();
    await change("sms", 22, "erin");
    const dialog = visitor.page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Revert the change" }).click();
    await dialog.getByRole("alert").getByText("Somebody else has changed this").waitFor();
    const { control } = panel.server.plugbay;
    expect(await control.getItem(await panel.server.idOf("sms"))).toMatchObject({ priority: 22 });
  });

  test("shows one action as one change, under a link of its own, and reverts all of it", async () => {
    const { plugbay, idOf } = panel.server;
    const ids = [await idOf("mail"), await idOf("sms")];
    const why = { actor: "frank", reason: "INC-4211" };
    const { revision } = await plugbay.control.bulk(ids, "disable", why);
    const visitor = await visit("/history?actor=frank");
    const { page } = visitor;
    await page.getByRole("link", { name: "2 items disabled" }).waitFor();
    expect(await page.locator("main ol > li").count()).toBe(1);
    await page.getByRole("button", { name: "Show the changes" }).click();
    expect(await page.getByRole("row", { name: /^Status/ }).count()).toBe(2);
    await page.getByRole("link", { name: "2 items disabled" }).click();
    await page.waitForURL(`**/history/changes/${revision}`);
    await page.getByRole("heading", { name: "2 items disabled" }).waitFor();
    await page.reload();
    await page.getByText("Because: INC-4211").waitFor();
    expect(await page.getByRole("row", { name: /^Status/ }).count()).toBe(2);
    expect(await visitor.violations()).toEqual([]);

    await page.getByRole("button", { name: /^Revert all of it/ }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("otp: ").waitFor();
    expect(await dialog.getByRole("row", { name: /^Status/ }).count()).toBe(2);
    await dialog.getByLabel(/Reason/).fill("it was not the provider");
    await dialog.getByRole("button", { name: "Revert all of it" }).click();
    await page.getByText("Set back 2 items.").waitFor();
    const [latest] = await plugbay.control.changeSets({ limit: 1 });
    expect(latest).toMatchObject({ actor: "alice", reason: "it was not the provider", total: 2 });
    await page.getByText("Cannot be reverted: it was changed again since.").first().waitFor();
    await expect.poll(() => page.getByRole("button", { name: /^Revert/ }).count()).toBe(0);
  });

  test("says of a change set why it cannot be reverted", async () => {
    const visitor = await visit("/history/changes/1");
    const { page } = visitor;
    await page
      .getByText(/Only changes that an operator made to an item can be reverted/)
      .first()
      .waitFor();
    visitor.expectRefusal(404);
    await visitor.open("/history/changes/99999");
    await page.getByText("Not found").first().waitFor();
  });

  test("offers a reader nothing to revert", async () => {
    const { page } = await visit("/history", { access: "read" });
    await page.getByText("by erin").waitFor();
    expect(await page.getByRole("button", { name: /Revert/ }).count()).toBe(0);
  });
});
