import type { Page } from "playwright-core";
import { afterEach, expect, test, vi } from "vitest";
import { describePanel, usePanel } from "./use-panel.ts";

const page = () => new Response("<h1>Sign in</h1>", { headers: { "content-type": "text/html" } });
const redirect = (to: string) => new Response(null, { status: 302, headers: { location: to } });

/** What sign-ins of applications answer to who is not signed in. */
const answers: Record<string, (request: Request) => Response> = {
  "a redirect to a page": ({ url }) => (url.endsWith("/login") ? page() : redirect("/login")),
  "a redirect to another origin": () => redirect("http://localhost:9/login"),
  "401 with a page": () => new Response("no", { status: 401, headers: { "content-type": "text/html" } }),
  "a page": page,
  "JSON of its own": () => Response.json({ error: "not signed in" }),
  "JSON that says nothing": () => Response.json(null),
  "403 with JSON of its own": () => Response.json({ error: "no session" }, { status: 403 }),
};

describePanel("a session of the application that ends while the panel is open", () => {
  const panel = usePanel();
  afterEach(() => {
    panel.server.signIn = undefined;
    vi.useRealTimers();
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
      await expect.poll(() => panel.server.openStreams).toBe(1);
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
    // The server ends a stream after a minute.
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    const visitor = await panel.visit("/types");
    const { page } = visitor;
    visitor.expectSignIn();
    await badgeSays(page, "Live");
    await expect.poll(() => panel.server.openStreams).toBe(1);
    const aMinutePasses = () => vi.advanceTimersByTime(60_000);

    const said = page.evaluate<string>(watchBadge);
    const again = page.waitForResponse((response) => /\/api\/events\/?$/.test(response.url()));
    aMinutePasses();
    await again;
    expect(await said).toBe("Live");

    panel.server.signIn = answers["a redirect to a page"];
    aMinutePasses();
    await page.getByRole("alert").getByText("You are not signed in").waitFor();
    await badgeSays(page, "Signed out");
  });

  test("is not told of where something in front of the panel refuses one request", async () => {
    const visitor = await panel.visit(`/items/${await panel.server.idOf("voice")}`);
    const { page } = visitor;
    visitor.expectRefusal(403);
    await page.getByRole("textbox", { name: "Priority" }).fill("12");
    panel.server.signIn = ({ method }) =>
      method === "PATCH" ? Response.json({ error: "no token" }, { status: 403 }) : undefined;
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByRole("alert").getByText("You do not have permission to do this").waitFor();
    await badgeSays(page, "Live");
    expect(await page.getByText("You are not signed in").count()).toBe(0);
  });
});

/** All that the badge says within three seconds. */
const watchBadge = `new Promise((resolve) => {
  const badge = document.querySelector("header [role=status]");
  const said = new Set([badge.innerText]);
  new MutationObserver(() => said.add(badge.innerText)).observe(badge, { subtree: true, childList: true, characterData: true });
  setTimeout(() => resolve([...said].join()), 3000);
})`;
