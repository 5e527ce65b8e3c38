import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { resetLanes } from "./lanes.ts";
import { describePanel, usePanel } from "./use-panel.ts";

const minute = 60_000;

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

  /** A time so many minutes from now, as an input for times takes it. */
  const inMinutes = (page: Page, minutes: number) =>
    page.evaluate((ms) => {
      const date = new Date(Date.now() + ms);
      return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
    }, minutes * minute);
  const voice = async () => panel.server.plugbay.control.getItem(await panel.server.idOf("voice"));

  test("may last until a time, says so with a countdown, and is ended by a button", async () => {
    await resetLanes(panel.server);
    const { page } = await panel.visit(`/types/${await panel.server.typeIdOf("otp")}`);
    const before = await voice();
    await page.getByRole("button", { name: "Move voice", exact: true }).click();
    await page.getByRole("menuitem", { name: "Serve this now…" }).click();
    const dialog = page.getByRole("dialog", { name: "Serve voice now" });
    await dialog.getByText("Until a time", { exact: true }).click();
    await dialog.getByText(/^First until \S*8:00/).waitFor();
    const time = dialog.getByLabel("Until", { exact: true });
    await time.fill(await inMinutes(page, -5));
    expect(await dialog.getByRole("button", { name: "Serve now" }).isDisabled()).toBe(true);
    await time.fill(await inMinutes(page, 90));
    await dialog.getByText("voice serves instead of mail").waitFor();
    await dialog.getByRole("button", { name: "Serve now" }).click();
    await page.getByText(/^voice is first until [^,]+\.$/).waitFor();
    await page.getByText(/^voice is first until .*, then mail again$/).waitFor();
    await page
      .getByText(/^ends in 1 hour$/)
      .first()
      .waitFor();
    const card = page.getByRole("listitem").filter({ has: page.getByRole("button", { name: "Move voice" }) });
    await card.getByText(/^First until /).waitFor();
    expect(await serving()).toBe("voice");
    const { lead, status, priority } = await voice();
    expect(lead?.by).toBe("alice");
    expect({ status, priority }).toEqual({ status: before.status, priority: before.priority });

    await page.getByRole("button", { name: "End this now" }).click();
    await page.getByText("voice is back in its place.").waitFor();
    await card.getByText(/^First until /).waitFor({ state: "detached" });
    expect(await serving()).toBe("mail");
  });

  test("is over by itself when the time is, and the page says so without being asked", async () => {
    await resetLanes(panel.server);
    const { control } = panel.server.plugbay;
    const voice = await panel.server.idOf("voice");
    const { page } = await panel.visit(`/types/${await panel.server.typeIdOf("otp")}`);
    const item = await panel.visit(`/items/${voice}`);
    await item.page.getByRole("heading", { level: 1, name: "voice" }).waitFor();
    await control.serveNow(voice, { forMs: 8_000, actor: "bob" });
    await page.getByText(/^voice is first until/).waitFor();
    await page
      .getByText(/^ends in \d seconds?$/)
      .first()
      .waitFor();
    await item.page.getByText(/^Put first .* by bob;$/).waitFor();
    for (const one of [page, item.page]) await one.getByText(/first until/).waitFor({ state: "detached" });
    expect(await serving()).toBe("mail");
    const history = await panel.visit("/history");
    await history.page.getByText("Put first for a while", { exact: true }).first().waitFor();
  });

  test("for a while shows in the list and where the order is explained", async () => {
    const { control } = panel.server.plugbay;
    const id = await panel.server.idOf("voice");
    await control.serveNow(id, { forMs: 3_600_000, actor: "ann" });
    const list = await panel.visit("/items?search=voice", { viewport: { width: 390, height: 800 } });
    await list.page.getByText(/^First until /).waitFor();
    expect(await list.overflow()).toBeLessThanOrEqual(0);
    expect(await list.violations()).toEqual([]);
    const { page } = await panel.visit(`/types/${await panel.server.typeIdOf("otp")}?tab=explain`);
    const item = page.getByRole("tabpanel").getByRole("listitem").filter({ hasText: "voice" });
    await item.getByText(/^First until /).waitFor();
    await control.endLead(id, { actor: "ann" });
    await item.getByText(/^First until /).waitFor({ state: "detached" });
  });

  test("for an hour, an item that a file manages may be first, and not for good", async () => {
    const { typeIdOf, plugbay } = panel.server;
    const items = [{ module: "apps/otp-voice", name: "voice" }];
    const document = { plugbay: 1, types: [{ manager: "apps/otp", name: "otp", items }] };
    const by = { actor: "bob" };
    await plugbay.control.import(document, { ...by, managed: true });
    const { page } = await panel.visit(`/types/${await typeIdOf("otp")}`);
    await page.getByRole("button", { name: "Hold voice", exact: true }).click();
    await page.getByRole("menuitem", { name: "Serve this now…" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("Until a time", { exact: true }).waitFor();
    expect(await dialog.getByText("For good", { exact: true }).count()).toBe(0);
    await dialog.getByRole("button", { name: "Serve now" }).click();
    await page.getByText(/^voice is first until .*, then mail again$/).waitFor();
    await plugbay.control.endLead(await panel.server.idOf("voice"), by);
    await plugbay.control.import(document, by);
  });

  test.each([
    ["en-GB", "light", 390],
    ["fa-IR", "dark", 390],
    ["fa-IR", "light", 1440],
  ] as const)("a lead fits and can be read in %s, %s, %i wide", async (locale, colorScheme, width) => {
    const { control } = panel.server.plugbay;
    const id = await panel.server.idOf("voice");
    await control.serveNow(id, { forMs: 60 * minute, actor: "bob" });
    const viewport = { width, height: 900 };
    const visitor = await panel.visit(`/types/${await panel.server.typeIdOf("otp")}`, {
      ...{ locale, colorScheme, viewport },
    });
    for (const path of [`/types/${await panel.server.typeIdOf("otp")}`, `/items/${id}`]) {
      await visitor.open(path);
      await visitor.page.getByRole("button", { name: /End this now|اکنون پایان یابد/ }).waitFor();
      expect(await visitor.violations()).toEqual([]);
      expect(await visitor.overflow()).toBeLessThanOrEqual(0);
    }
    await control.endLead(id, { actor: "bob" });
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
