import type { Page } from "playwright-core";
import { afterEach, expect, test } from "vitest";
import { describePanel, usePanel } from "./use-panel.ts";

describePanel("a server that goes away", () => {
  const panel = usePanel();
  let isAway = false;
  const goAway = async () => {
    isAway = true;
    await panel.server.goAway();
  };
  const comeBack = async () => {
    isAway = false;
    await panel.server.comeBack();
  };
  afterEach(async () => {
    if (isAway) await comeBack();
  });

  const badge = (page: Page) => page.getByRole("status", { name: "Connection" });
  const badgeSays = (page: Page, words: string) =>
    expect.poll(() => badge(page).innerText(), { timeout: 30_000 }).toBe(words);
  /** The code of the pages comes shortly after the first one is shown. */
  const hasCodeOf = async (page: Page, ...chunks: string[]) => {
    const loaded = "performance.getEntriesByType('resource').map(({ name }) => name).join()";
    await expect
      .poll(() => page.evaluate<string>(loaded))
      .toSatisfy((names: string) => chunks.every((chunk) => new RegExp(`/${chunk}-[^/]+\\.js`).test(names)));
  };
  const goTo = (page: Page, name: string) =>
    page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name, exact: true }).click();

  test("is told of at once, while what is known stays in sight, and comes back by itself", async () => {
    const visitor = await panel.visit("/types");
    const { page } = visitor;
    await badgeSays(page, "Live");
    visitor.expectSilence();
    await goAway();
    await badgeSays(page, "Reconnecting");
    expect(await badge(page).locator("[title]").getAttribute("title")).toContain(
      "What you see may be out of date",
    );
    await page.getByRole("link", { name: "otp", exact: true }).waitFor();

    const { plugbay, idOf } = panel.server;
    await plugbay.control.updateItem(await idOf("mail"), { status: "disable" }, { actor: "bob" });
    await comeBack();
    await badgeSays(page, "Live");
    // What changed meanwhile was told to nobody, and shows all the same.
    const row = page.getByRole("row").filter({ has: page.getByRole("link", { name: "otp", exact: true }) });
    await row.getByRole("link", { name: "sms", exact: true }).waitFor();
  });

  test("is an error that says what to do on a page that was not open yet, and the page comes back", async () => {
    const visitor = await panel.visit("/types");
    const { page } = visitor;
    await hasCodeOf(page, "history-page", "shared");
    visitor.expectSilence();
    await goAway();
    await badgeSays(page, "Reconnecting");
    await goTo(page, "History");
    const alert = page.getByRole("alert");
    await alert.getByText("The server does not answer").waitFor();
    expect(await alert.innerText()).toContain("The application keeps serving");
    expect(await visitor.violations()).toEqual([]);
    await alert.getByRole("button", { name: "Try again" }).click();
    await alert.getByText("The server does not answer").waitFor();
    await comeBack();
    await page.locator("main ol > li").first().waitFor();
    await alert.waitFor({ state: "detached" });
  });

  test("is told of once where an item could not be saved, and the edit waits for it", async () => {
    const visitor = await panel.visit(`/items/${await panel.server.idOf("voice")}`);
    const { page } = visitor;
    visitor.expectSilence();
    await goAway();
    await badgeSays(page, "Reconnecting");
    await page.getByRole("textbox", { name: "Priority" }).fill("12");
    const save = page.getByRole("button", { name: "Save", exact: true });
    const failed = page.waitForEvent("requestfailed", (request) => request.method() === "GET");
    await save.click();
    await page.getByRole("alert").getByText("The server does not answer").waitFor();
    // What is read anew after a save comes to nothing, too, and is no second piece of news.
    await failed;
    await badgeSays(page, "Reconnecting");
    expect(await page.getByRole("alert").count()).toBe(1);
    await comeBack();
    await badgeSays(page, "Live");
    await save.click();
    await page.getByText("Saved voice.").waitFor();
    await page.getByRole("alert").waitFor({ state: "detached" });
  });

  test("puts an order back that it could not take, and says why", async () => {
    const visitor = await panel.visit(`/types/${await panel.server.typeIdOf("otp")}`);
    const { page } = visitor;
    const active = () => page.getByRole("region", { name: "Active", exact: true }).getByRole("link");
    const before = await active().allInnerTexts();
    visitor.expectSilence();
    await goAway();
    await page.getByRole("button", { name: "Move pigeon", exact: true }).click();
    await page.getByRole("menuitem", { name: "Move to the top" }).click();
    await page
      .getByRole("region", { name: "Messages" })
      .getByText("The order was not saved: The server does not answer.")
      .waitFor();
    await expect.poll(() => active().allInnerTexts()).toEqual(before);
  });

  test("is an error that says what to do where the first page finds nobody, and the page comes back", async () => {
    const visitor = await panel.visit("/types");
    const { page } = visitor;
    visitor.expectSilence();
    await page.route("**/api/session", (route) => route.abort());
    await page.goto(`${panel.server.url}/items`);
    await page.getByText("The server does not answer").waitFor();
    await page.unroute("**/api/session");
    await page.getByRole("link", { name: "sms", exact: true }).first().waitFor();
  });

  test("is an error with a way out where the code of the first page does not come", async () => {
    const visitor = await panel.visit("/types");
    const { page } = visitor;
    visitor.expectSilence();
    await page.route("**/assets/items-page-*.js", (route) => route.abort());
    await page.goto(`${panel.server.url}/items`);
    const reload = page.getByRole("button", { name: "Reload" });
    await reload.waitFor();
    await page.unroute("**/assets/items-page-*.js");
    await reload.click();
    await page.getByRole("link", { name: "sms", exact: true }).first().waitFor();
  });

  test("shows that something is coming where a first answer is slow", async () => {
    const { page } = await panel.visit("/types");
    let answer = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await page.route("**/api/session", async (route) => {
      await held;
      await route.continue();
    });
    await page.goto(`${panel.server.url}/items`, { waitUntil: "commit" });
    await page.locator("#root:empty").waitFor({ state: "attached" });
    const ring = "getComputedStyle(document.querySelector('#root:empty'), '::after').opacity";
    await expect.poll(() => page.evaluate<string>(ring)).toBe("1");
    answer();
    await page.getByRole("link", { name: "sms", exact: true }).first().waitFor();
  });
});
