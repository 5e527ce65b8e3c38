import type { Page } from "playwright-core";
import { afterEach, expect, test } from "vitest";
import { describePanel, usePanel } from "./use-panel.ts";

const page = () => new Response("<h1>Sign in</h1>", { headers: { "content-type": "text/html" } });
const redirect = (to: string) => new Response(null, { status: 302, headers: { location: to } });

/** What sign-ins of applications answer to who is not signed in. */
const answers: Record<string, (request: Request) => Response> = {
  "a redirect to a page": ({ url }) => (url.endsWith("/login") ? page() : redirect("/login")),
  "a redirect to another origin": () => redirect("http://localhost:9/login"),
  "401 with a page": () => new Response("no", { status: 401, headers: { "content-type": "text/html" } }),
  "a page": page,
};

describePanel("a session of the application that ends while the panel is open", () => {
  const panel = usePanel();
  afterEach(() => {
    panel.server.signIn = undefined;
  });

  const badgeSays = (page: Page, words: string) =>
    expect
      .poll(() => page.getByRole("status", { name: "Connection" }).innerText(), { timeout: 30_000 })
      .toBe(words);

  test.each(Object.entries(answers))(
    "is told of when saving gets %s, and the edit stays",
    async (_title, answer) => {
      const visitor = await panel.visit(`/items/${await panel.server.idOf("voice")}`);
      const { page } = visitor;
      visitor.expectSignIn();
      await badgeSays(page, "Live");
      const streamEnds = page.waitForEvent("requestfailed", (request) =>
        request.url().endsWith("/api/events"),
      );
      const priority = page.getByRole("textbox", { name: "Priority" });
      await priority.fill("12");
      panel.server.signIn = answer;
      await page.getByRole("button", { name: "Save", exact: true }).click();
      await page.getByRole("alert").getByText("You are not signed in").first().waitFor();
      await badgeSays(page, "Signed out");
      await streamEnds;
      expect(await page.getByText("The server does not answer").count()).toBe(0);
      expect(await priority.inputValue()).toBe("12");
      expect(await page.getByRole("link", { name: "Sign in in another tab" }).count()).toBe(1);

      // Signed in again elsewhere, the same page goes on.
      panel.server.signIn = undefined;
      await page.getByRole("button", { name: "Save", exact: true }).click();
      await page.getByText("Saved voice.").waitFor();
      await badgeSays(page, "Live");
      expect(await page.getByRole("alert").count()).toBe(0);
      await panel.server.plugbay.control.updateItem(
        await panel.server.idOf("voice"),
        { priority: 3 },
        { actor: "bob" },
      );
    },
  );

  test("is told of where the stream of events is opened again, and the badge does not flicker before", async () => {
    const visitor = await panel.visit("/");
    const { page } = visitor;
    visitor.expectSignIn();
    await badgeSays(page, "Live");
    const again = page.waitForRequest((request) => /\/api\/events\/?$/.test(request.url()), {
      timeout: 90_000,
    });
    const seen = page.evaluate<string>(watchBadge);
    await again;
    expect(await seen).toBe("Live");
    panel.server.signIn = answers["a redirect to a page"];
    await page.getByRole("alert").getByText("You are not signed in").waitFor({ timeout: 90_000 });
    await badgeSays(page, "Signed out");
  }, 240_000);
});

/** All that the badge has said within 62 seconds. */
const watchBadge = `new Promise((resolve) => {
  const badge = document.querySelector("header [role=status]");
  const said = new Set([badge.innerText]);
  new MutationObserver(() => said.add(badge.innerText)).observe(badge, { subtree: true, childList: true, characterData: true });
  setTimeout(() => resolve([...said].join()), 62000);
})`;
