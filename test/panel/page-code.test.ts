import type { Page } from "playwright-core";
import { afterEach, expect, test } from "vitest";
import { addSample, configuredSetup } from "./configured.ts";
import { describePanel, usePanel } from "./use-panel.ts";

const toSignIn = ({ url }: Request) =>
  url.endsWith("/login")
    ? new Response("<h1>Sign in</h1>", { headers: { "content-type": "text/html" } })
    : new Response(null, { status: 302, headers: { location: "/login" } });
const refused = () => new Response("no", { status: 401 });
const isCode = ({ url }: Request) => /\/assets\/(?!index|first|rolldown|style)/.test(url);

describePanel("code of the panel that does not come", () => {
  const panel = usePanel(configuredSetup);
  let isAway = false;
  afterEach(async () => {
    panel.server.signIn = undefined;
    if (isAway) await panel.server.comeBack();
    isAway = false;
  });

  const goTo = (page: Page, name: string) =>
    page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name, exact: true }).click();
  const isLive = (page: Page) => page.getByRole("status", { name: "Connection" }).getByText("Live").waitFor();
  const historyIsThere = (page: Page) => page.locator("main ol > li").first().waitFor();
  const nothingBroke = async (page: Page) =>
    expect(await page.getByText("This page crashed").count()).toBe(0);

  const expected = ["net::ERR_", "Failed to ", "status of 40", "EventSource's response"];

  test.each([
    ["a redirect", toSignIn, () => undefined],
    ["401", refused, (page: Page) => page.evaluate("dispatchEvent(new Event('visibilitychange'))")],
  ])(
    "because the session has ended (%s) is told as that, and comes after signing in elsewhere",
    async (_, answer, comeBack) => {
      panel.server.signIn = (request) => (isCode(request) ? answer(request) : undefined);
      const { page } = await panel.visit("/", { expected });
      panel.server.signIn = answer;
      await goTo(page, "History");
      await page.getByRole("alert").getByText("You are not signed in").first().waitFor();
      await nothingBroke(page);

      panel.server.signIn = undefined;
      await comeBack(page);
      await historyIsThere(page);
      await isLive(page);
      expect(await page.getByRole("alert").count()).toBe(0);
    },
  );

  test("because the server is away is told as that, and comes with the server", async () => {
    panel.server.signIn = (request) => (isCode(request) ? refused() : undefined);
    const { page } = await panel.visit("/", { expected });
    panel.server.signIn = undefined;
    isAway = true;
    await panel.server.goAway();
    await goTo(page, "History");
    await page.getByRole("alert").getByText("The server does not answer").waitFor();
    await nothingBroke(page);
    isAway = false;
    await panel.server.comeBack();
    await historyIsThere(page);
    expect(await page.getByRole("alert").count()).toBe(0);
  });

  test("because the server has that of another version offers to reload, and to try again", async () => {
    panel.server.signIn = (request) => (isCode(request) ? new Response(null, { status: 404 }) : undefined);
    const { page } = await panel.visit("/", { expected });
    await goTo(page, "History");
    const alert = page.getByRole("alert");
    await alert.getByText("This part of the panel could not be loaded").waitFor();
    await alert.getByRole("button", { name: "Try again" }).click();
    await alert.waitFor({ state: "detached" });
    await alert.getByRole("button", { name: "Reload the page" }).waitFor();
    panel.server.signIn = undefined;
    await alert.getByRole("button", { name: "Reload the page" }).click();
    await historyIsThere(page);
  });

  test("of a form leaves what was typed beside it", async () => {
    const id = await addSample(panel.server.plugbay, "mailer");
    panel.server.signIn = ({ url }) =>
      url.includes("/config-editor-") ? new Response(null, { status: 404 }) : undefined;
    const { page } = await panel.visit(`/items/${id}`, { expected });
    const priority = page.getByRole("textbox", { name: "Priority" });
    await priority.fill("12");
    await page.getByText("This part of the panel could not be loaded").waitFor();
    panel.server.signIn = undefined;
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByRole("region", { name: "Configuration" }).getByRole("textbox").first().waitFor();
    expect(await priority.inputValue()).toBe("12");
  });

  test("of a language leaves the one that is there, and can be asked for again", async () => {
    const { page } = await panel.visit("/", { expected });
    const choose = async () => {
      await page.getByRole("button", { name: "Language" }).click();
      await page.getByRole("menuitemradio", { name: "Deutsch" }).click();
    };
    panel.server.signIn = ({ url }) => (url.includes("/assets/de-") ? refused() : undefined);
    const failed = page.waitForResponse((response) => response.status() === 401);
    await choose();
    await failed;
    await page.getByRole("heading", { name: "Overview" }).waitFor();
    panel.server.signIn = undefined;
    await choose();
    await page.getByRole("heading", { name: "Übersicht" }).waitFor();
  });
});
