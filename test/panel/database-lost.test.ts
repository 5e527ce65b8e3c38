import type { Page } from "playwright-core";
import { afterEach, expect, test } from "vitest";
import { BreakableDatabase } from "../runtime/breakable-database.ts";
import { describePanel, usePanel } from "./use-panel.ts";

const database = await BreakableDatabase.open();
const outage = Object.assign(new Error("connect ECONNREFUSED 10.0.0.7"), { code: "ECONNREFUSED" });

describePanel("a database that is lost", () => {
  const panel = usePanel({ database: database.db });
  afterEach(async () => {
    database.failure = undefined;
    await panel.server.plugbay.refresh();
  });

  const badge = (page: Page) => page.getByRole("status", { name: "Connection" });
  const badgeSays = (page: Page, words: string | RegExp) =>
    expect.poll(() => badge(page).innerText()).toMatch(words);
  const priority = async () => {
    const { plugbay, idOf } = panel.server;
    return (await plugbay.control.getItem(await idOf("sms"))).priority;
  };

  test("is told of by the badge, with since when and why, until it is back", async () => {
    const visitor = await panel.visit("/types", { expected: ["status of 503 "] });
    await badgeSays(visitor.page, /^Live$/);
    database.failure = outage;
    await badgeSays(visitor.page, /^Stale since /);
    const title = await badge(visitor.page).locator("[title]").getAttribute("title");
    expect(title).toContain("The application keeps serving from revision");
    expect(title).toContain("connect ECONNREFUSED 10.0.0.7");
    expect(await visitor.violations()).toEqual([]);
    database.failure = undefined;
    await badgeSays(visitor.page, /^Live$/);
  });

  test("leaves the types and the items to be read, also to who comes only now", async () => {
    database.failure = outage;
    const visitor = await panel.visit("/types", { expected: ["status of 503 "] });
    const { page } = visitor;
    await badgeSays(page, /^Stale since /);
    await page.getByRole("link", { name: "otp", exact: true }).waitFor();
    await visitor.open(`/types/${await panel.server.typeIdOf("otp")}`);
    await page.getByRole("region", { name: "Serving now" }).getByRole("link", { name: "mail" }).waitFor();
    await visitor.open("/items?search=text+message");
    await page.getByRole("link", { name: "sms", exact: true }).waitFor();
  });

  test("leaves an item to be read, and refuses its change in clear words", async () => {
    const visitor = await panel.visit(`/items/${await panel.server.idOf("sms")}`);
    const { page } = visitor;
    const before = await priority();
    visitor.expectRefusal(503);
    database.failure = outage;
    await badgeSays(page, /^Stale since /);
    await page.getByRole("textbox", { name: "Priority" }).fill("4");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    const alert = page.getByRole("alert").filter({ hasText: "The database does not answer" }).first();
    await alert.waitFor();
    expect(await alert.innerText()).toContain("Changes are possible again once the database answers.");
    expect(await alert.innerText()).toContain("DATABASE_UNAVAILABLE");
    expect(await page.getByRole("textbox", { name: "Priority" }).inputValue()).toBe("4");
    expect(await visitor.violations()).toEqual([]);

    database.failure = undefined;
    await badgeSays(page, /^Live$/);
    expect(await priority()).toBe(before);
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText("Saved sms.").waitFor();
    expect(await priority()).toBe(4);
  });

  test("refuses a save of the list in clear words, and keeps what was typed", async () => {
    const visitor = await panel.visit("/items?search=otp");
    const { page } = visitor;
    const before = await priority();
    visitor.expectRefusal(503);
    database.failure = outage;
    await page.getByLabel("Priority of sms", { exact: true }).fill("8");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    const messages = page.getByRole("region", { name: "Messages" });
    await messages.getByText(/^The database does not answer\. .*connect ECONNREFUSED/).waitFor();
    await page.getByText("1 item changed, not saved").waitFor();
    database.failure = undefined;
    expect(await priority()).toBe(before);
  });

  test("takes the history away until it is back, and says so", async () => {
    const visitor = await panel.visit("/types");
    const { page } = visitor;
    visitor.expectRefusal(503);
    database.failure = outage;
    await visitor.open("/history");
    await page.getByRole("alert").getByText("The database does not answer").waitFor();
    database.failure = undefined;
    await page.getByRole("alert").getByRole("button", { name: "Try again" }).click();
    await page.locator("main ol > li").first().waitFor();
  });
});
