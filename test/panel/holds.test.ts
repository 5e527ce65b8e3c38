import type { Page } from "playwright-core";
import { beforeEach, expect, test } from "vitest";
import { resetLanes } from "./lanes.ts";
import { describePanel, usePanel } from "./use-panel.ts";

const by = { actor: "bob" };
const minute = 60_000;

describePanel("a hold", () => {
  const panel = usePanel();
  const { item, control } = {
    item: async (name: string) => panel.server.plugbay.control.getItem(await panel.server.idOf(name)),
    control: () => panel.server.plugbay.control,
  };
  const holdSms = async (hold: object = {}) =>
    control().hold(await panel.server.idOf("sms"), { reason: "wrong bills", ...hold }, by);
  const fillIn = async (page: Page, reason: string, duration: string) => {
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("textbox", { name: "Reason" }).fill(reason);
    await dialog.getByText(duration, { exact: true }).click();
    await dialog.getByRole("button", { name: "Hold", exact: true }).click();
    await dialog.waitFor({ state: "detached" });
  };
  beforeEach(async () => {
    await control().release(await panel.server.idOf("sms"), by);
    await resetLanes(panel.server);
  });

  test("is made in the item's menu with a reason and a time, and ended there", async () => {
    const { page } = await panel.visit(`/types/${await panel.server.typeIdOf("otp")}`);
    const menu = () => page.getByRole("button", { name: "Move sms", exact: true }).click();
    await menu();
    await page.getByRole("menuitem", { name: "Hold…" }).click();
    const from = Date.now();
    await fillIn(page, "maintenance", "1 hour");
    const { hold } = await item("sms");
    expect(hold).toMatchObject({ reason: "maintenance", by: "alice" });
    expect(Date.parse(hold?.until ?? "") - from).toBeGreaterThanOrEqual(60 * minute);
    const card = page.getByRole("listitem").filter({ has: page.getByRole("button", { name: "Move sms" }) });
    await card.getByText("Held", { exact: true }).waitFor();
    await card.getByText("maintenance").waitFor();
    await card.getByText(/^comes back in (59 minutes|1 hour)$/).waitFor();

    await menu();
    await page.getByRole("menuitem", { name: "Release" }).click();
    await page.getByText("sms is released.").waitFor();
    await card.getByText("Held", { exact: true }).waitFor({ state: "detached" });
    expect((await item("sms")).hold).toBeUndefined();
  });

  test("is made on the item's page until it is released, and is told there with who and why", async () => {
    const { page } = await panel.visit(`/items/${await panel.server.idOf("sms")}`);
    await page.getByRole("button", { name: "Hold…" }).click();
    await fillIn(page, "until the contract is signed", "Until released");
    await page.getByText(/^Held .* by alice$/).waitFor();
    await page.getByText("until it is released").first().waitFor();
    await page.getByText("Held by an operator, so it gets no calls.").waitFor();
    await page.getByRole("button", { name: "Change the hold…" }).click();
    const reason = page.getByRole("dialog").getByRole("textbox", { name: "Reason" });
    expect(await reason.inputValue()).toBe("until the contract is signed");
    await fillIn(page, "for a moment", "15 minutes");
    await page.getByText("for a moment").first().waitFor();
    await page.getByRole("button", { name: "Release", exact: true }).click();
    await page.getByText(/^Held .* by alice$/).waitFor({ state: "detached" });
    expect((await item("sms")).hold).toBeUndefined();
  });

  test("has to have a reason, of at most 500 characters", async () => {
    const { page } = await panel.visit(`/items/${await panel.server.idOf("sms")}`);
    await page.getByRole("button", { name: "Hold…" }).click();
    const dialog = page.getByRole("dialog");
    const [reason, confirm] = [
      dialog.getByRole("textbox", { name: "Reason" }),
      dialog.getByRole("button", { name: "Hold", exact: true }),
    ];
    expect(await confirm.isDisabled()).toBe(true);
    await reason.fill("  ");
    expect(await confirm.isDisabled()).toBe(true);
    await reason.fill("x".repeat(501));
    await dialog.getByText("At most 500 characters.").waitFor();
    expect(await confirm.isDisabled()).toBe(true);
    await reason.fill("x".repeat(500));
    expect(await confirm.isEnabled()).toBe(true);
  });

  test("shows in the list, in the history, and is gone by itself when its time is over", async () => {
    await holdSms({ forMs: 4_000 });
    const { page } = await panel.visit("/items?readiness=held");
    await page.getByText("wrong bills").first().waitFor();
    await page
      .getByText(/^comes back/)
      .first()
      .waitFor();
    const history = await panel.visit("/history");
    await history.page.getByText("Held", { exact: true }).first().waitFor();
    await history.page.getByText("wrong bills").first().waitFor();
    await page.getByText("wrong bills").first().waitFor({ state: "detached" });
  });

  test("can be put on an item that a file manages", async () => {
    const { typeIdOf, plugbay } = panel.server;
    const items = [{ module: "apps/otp-sms", name: "sms" }];
    const document = { plugbay: 1, types: [{ manager: "apps/otp", name: "otp", items }] };
    await plugbay.control.import(document, { ...by, managed: true });
    const { page } = await panel.visit(`/types/${await typeIdOf("otp")}`);
    await page.getByRole("button", { name: "Hold sms", exact: true }).click();
    await page.getByRole("menuitem", { name: "Hold…" }).click();
    await fillIn(page, "maintenance", "15 minutes");
    expect((await item("sms")).hold?.reason).toBe("maintenance");
    await plugbay.control.import(document, by);
  });

  test("that somebody else changed meanwhile is said in the dialog, and nothing is overwritten", async () => {
    const visitor = await panel.visit(`/items/${await panel.server.idOf("sms")}`, { hearsNothing: true });
    visitor.expectRefusal(409);
    const { page } = visitor;
    await page.getByRole("button", { name: "Hold…" }).click();
    await holdSms();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("textbox", { name: "Reason" }).fill("mine");
    await dialog.getByRole("button", { name: "Hold", exact: true }).click();
    await dialog.getByText("Somebody else has changed this").waitFor();
    expect((await item("sms")).hold?.reason).toBe("wrong bills");
  });

  test("is offered to nobody who may only read, and shown to them", async () => {
    await holdSms();
    const { page } = await panel.visit(`/items/${await panel.server.idOf("sms")}`, { access: "read" });
    await page.getByText("wrong bills").first().waitFor();
    expect(await page.getByRole("button", { name: /hold|release/i }).count()).toBe(0);
  });

  test.each([
    ["en-GB", "light", 1440],
    ["en-GB", "dark", 390],
    ["fa-IR", "light", 390],
    ["fa-IR", "dark", 1440],
  ] as const)("fits and can be read in %s, %s, %i wide", async (locale, colorScheme, width) => {
    await holdSms({ reason: `wrong bills ${"and so on ".repeat(40)}`, forMs: 60 * minute });
    const viewport = { width, height: 900 };
    const visitor = await panel.visit(`/items/${await panel.server.idOf("sms")}`, {
      ...{ locale, colorScheme, viewport },
    });
    expect(await visitor.overflow()).toBeLessThanOrEqual(0);
    await visitor.page.getByRole("button", { name: /Change the hold|تغییر نگه‌داشت/ }).click();
    await visitor.page.getByRole("dialog").waitFor();
    expect(await visitor.violations()).toEqual([]);
    expect(await visitor.overflow()).toBeLessThanOrEqual(0);
    for (const path of ["/items?search=otp", `/types/${await panel.server.typeIdOf("otp")}`]) {
      await visitor.open(path);
      await visitor.page.getByText("wrong bills").first().waitFor();
      expect(await visitor.violations()).toEqual([]);
      expect(await visitor.overflow()).toBeLessThanOrEqual(0);
    }
  });
});
