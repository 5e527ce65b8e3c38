import type { Page } from "playwright-core";
import { afterEach, expect, test } from "vitest";
import { addSample, configuredSetup } from "./configured.ts";
import { describePanel, usePanel } from "./use-panel.ts";

describePanel("nothing is lost", () => {
  const panel = usePanel(configuredSetup);
  afterEach(() => {
    panel.server.signIn = undefined;
  });

  const priority = (page: Page) => page.getByRole("textbox", { name: "Priority", exact: true });
  const heading = (page: Page, name: string) => page.getByRole("heading", { level: 1, name });
  const scrolled = (page: Page) => page.evaluate<number>("Math.round(scrollY)");
  const toItem = async (page: Page, id: string) => {
    await page.locator(`main a[href$="/items/${id}"]`).first().click();
    await priority(page).waitFor();
  };

  test("browser Back asks before a draft is dropped, once, and leaves it where it is not to be", async () => {
    const id = await addSample(panel.server.plugbay, "webhook");
    const { page } = await panel.visit("/items");
    await toItem(page, id);
    await priority(page).fill("41");
    const questions: string[] = [];
    let answer = false;
    page.on("dialog", (dialog) => {
      questions.push(dialog.message());
      return answer ? dialog.accept() : dialog.dismiss();
    });

    await page.evaluate("history.back()");
    await expect.poll(() => questions).toEqual(["Discard unsaved changes?"]);
    await page.waitForURL(`**/items/${id}`);
    expect(await priority(page).inputValue()).toBe("41");

    answer = true;
    await page.evaluate("history.back()");
    await heading(page, "Items").waitFor();
    expect(questions.length).toBe(2);
    expect(new URL(page.url()).pathname).toMatch(/\/items$/);
  });

  test("the focus is on the heading of a page that was gone to, and Back scrolls as it was", async () => {
    const id = await addSample(panel.server.plugbay, "webhook");
    const { page } = await panel.visit("/items", { viewport: { width: 1280, height: 400 } });
    const link = page.locator(`main a[href$="/items/${id}"]`).first();
    await link.scrollIntoViewIfNeeded();
    await page.evaluate("scrollBy(0, 40)");
    const before = await scrolled(page);
    expect(before).toBeGreaterThan(40);
    await link.click();
    await page.locator("h1:focus").waitFor();
    await priority(page).waitFor();
    expect(await page.locator("h1:focus").innerText()).toMatch(/^webhook/);
    expect(await scrolled(page)).toBe(0);

    await page.goBack();
    await heading(page, "Items").and(page.locator(":focus")).waitFor();
    await expect.poll(() => scrolled(page)).toBe(before);
  });

  test("a label that is refused has the focus in its field", async () => {
    const taken = await addSample(panel.server.plugbay, "webhook");
    const { label } = await panel.server.plugbay.control.getItem(taken);
    const id = await addSample(panel.server.plugbay, "webhook");
    const visitor = await panel.visit(`/items/${id}`);
    const { page } = visitor;
    visitor.expectRefusal(409);
    await page.getByRole("button", { name: "Rename" }).click();
    const field = page.getByRole("dialog").getByRole("textbox", { name: "Label" });
    await field.fill(label ?? "");
    await page.getByRole("dialog").getByRole("button", { name: "Rename" }).click();
    await page.getByText("Another item of this plugin has this label").waitFor();
    await field.and(page.locator(":focus")).waitFor();
  });

  test("a panel that was opened while the server was away comes by itself", async () => {
    const visitor = await panel.visit("/types");
    const { page } = visitor;
    visitor.expectSilence();
    await page.route("**/api/session", (route) => route.abort());
    await page.goto(`${panel.server.url}/items`);
    await page.getByText("The server does not answer").waitFor();
    await page.unroute("**/api/session");
    await heading(page, "Items").waitFor();
  });

  test("a page whose code is of another version, after a deployment, comes by itself", async () => {
    const ofHistory = /\/assets\/history-page-/;
    let isDeployed = false;
    panel.server.signIn = ({ url }) => {
      if (/\/admin\/history$/.test(url)) isDeployed = true;
      return ofHistory.test(url) && !isDeployed ? new Response(null, { status: 404 }) : undefined;
    };
    const { page } = await panel.visit("/types", { expected: ["status of 404", "Failed to fetch"] });
    await page
      .getByRole("navigation", { name: "Pages" })
      .getByRole("link", { name: "History", exact: true })
      .click();
    await page.locator("main ol > li").first().waitFor();
    expect(isDeployed).toBe(true);
  });
});
