import type { Page } from "playwright-core";
import { afterEach, expect, test } from "vitest";
import { insecureHost } from "./browser.ts";
import { actorCookie } from "./panel-server.ts";
import { describePanel, usePanel } from "./use-panel.ts";
import type { Visitor } from "./visitor.ts";

/** More than the connections that a browser has to a host. */
const tabCount = 8;

/** Without windows there are no hidden tabs: the page is told what a browser would tell it. */
const turn = (page: Page, state: "hidden" | "visible") =>
  page.evaluate(`
    Object.defineProperty(document, "visibilityState", { value: "${state}", configurable: true });
    document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
  `);

const badgeSays = (page: Page, words: string) =>
  expect
    .poll(() => page.getByRole("status", { name: "Connection" }).innerText(), { timeout: 30_000 })
    .toBe(words);

const describes = (page: Page, words: string) =>
  expect.poll(() => page.getByRole("textbox", { name: "Description" }).inputValue()).toBe(words);

// Without a secure context, where a browser has the fewest means.
describePanel("a browser with many tabs of the panel", () => {
  const panel = usePanel({ host: insecureHost });
  /** Over plain HTTP, Chromium says that it ignores a header. */
  const expected = ["Cross-Origin-Opener-Policy header has been ignored", "net::ERR_"];
  const visit = async () => panel.visit(`/items/${await panel.server.idOf("mail")}`, { expected });
  const oneMore = async ({ page }: Visitor) => {
    const tab = await page.context().newPage();
    await tab.goto(page.url());
    await tab.getByRole("heading", { level: 1 }).waitFor();
    return tab;
  };
  const bobWrites = async (description: string) => {
    const { plugbay, idOf } = panel.server;
    await plugbay.control.updateItem(await idOf("mail"), { description }, { actor: "bob" });
  };
  const holdsStreams = (count: number) => expect.poll(() => panel.server.openStreams).toBe(count);

  test("holds one event stream, which tells all of them, and has connections left", async () => {
    const visitor = await visit();
    const tabs = [visitor.page];
    while (tabs.length < tabCount) tabs.push(await oneMore(visitor));
    await holdsStreams(1);
    await bobWrites("told");
    for (const tab of tabs) {
      await describes(tab, "told");
      await badgeSays(tab, "Live");
    }
  });

  test("holds one event stream when the tabs are opened at once", async () => {
    const visitor = await visit();
    const tabs = await Promise.all(Array.from({ length: tabCount - 1 }, () => oneMore(visitor)));
    await bobWrites("opened at once");
    for (const tab of tabs) await describes(tab, "opened at once");
    await holdsStreams(1);
  });

  test("goes on with another tab when the one with the stream is closed, or crashes", async () => {
    const visitor = await visit();
    const second = await oneMore(visitor);
    const third = await oneMore(visitor);
    await holdsStreams(1);
    await third.close();
    await bobWrites("closed");
    await describes(visitor.page, "closed");
    await describes(second, "closed");
    await holdsStreams(1);

    const fourth = await oneMore(visitor);
    await holdsStreams(1);
    const session = await fourth.context().newCDPSession(fourth);
    void session.send("Page.crash").catch(() => undefined);
    await holdsStreams(0);
    await bobWrites("crashed");
    await describes(visitor.page, "crashed");
    await describes(second, "crashed");
    await holdsStreams(1);
  });

  test("tells all of them that the line is down, and that it is there again", async () => {
    const visitor = await visit();
    const second = await oneMore(visitor);
    await badgeSays(second, "Live");
    await panel.server.goAway();
    await badgeSays(visitor.page, "Reconnecting");
    await badgeSays(second, "Reconnecting");
    await panel.server.comeBack();
    await badgeSays(visitor.page, "Live");
    await badgeSays(second, "Live");
    await holdsStreams(1);
  });
});

/** Tells of each event stream when it is opened and closed, by the clock that all tabs share. */
const noteLines = `
  const Native = EventSource;
  window.EventSource = class extends Native {
    constructor(url) {
      super(url);
      noteLine(Date.now(), 1);
    }
    close() {
      if (!this.isEnded) noteLine(Date.now(), -1);
      this.isEnded = true;
      super.close();
    }
  };
`;

// Where browsers have locks: on https, and on this machine.
describePanel("tabs of a panel in a secure context", () => {
  const panel = usePanel();
  const tabsOf = ({ page }: Visitor) =>
    Promise.all(
      Array.from({ length: tabCount - 1 }, async () => {
        const tab = await page.context().newPage();
        await tab.goto(page.url());
        await tab.getByRole("heading", { level: 1 }).waitFor();
        return tab;
      }),
    );

  test("have one event stream at any time, also when they are opened at once and hidden", async () => {
    const id = await panel.server.idOf("mail");
    const visitor = await panel.visit(`/items/${id}`);
    const context = visitor.page.context();
    const lines: { readonly at: number; readonly change: 1 | -1 }[] = [];
    await context.exposeFunction("noteLine", (at: number, change: 1 | -1) => lines.push({ at, change }));
    await context.addInitScript(noteLines);
    await visitor.page.reload();
    await badgeSays(visitor.page, "Live");
    const tabs = await tabsOf(visitor);
    for (const tab of tabs) await badgeSays(tab, "Live");
    await Promise.all(tabs.slice(2).map((tab) => turn(tab, "hidden")));
    const { control } = panel.server.plugbay;
    await control.updateItem(id, { description: "one line" }, { actor: "bob" });
    for (const tab of [visitor.page, ...tabs.slice(0, 2)]) await describes(tab, "one line");

    lines.sort((one, other) => one.at - other.at || one.change - other.change);
    let open = 0;
    const counts = lines.map(({ change }) => {
      open += change;
      return open;
    });
    expect(counts.length).toBeGreaterThan(2);
    expect(Math.max(...counts)).toBe(1);
  });

  test("take the line from a tab that has hung, and hear of changes again", async () => {
    const id = await panel.server.idOf("mail");
    const visitor = await panel.visit(`/items/${id}`);
    const tab = await visitor.page.context().newPage();
    const line = tab.waitForResponse(/\/api\/events$/);
    await tab.goto(visitor.page.url());
    await line;
    await expect.poll(() => panel.server.openStreams).toBe(1);
    // It keeps the lock, and does nothing any more.
    void tab.evaluate("(() => { for (;;); })()").catch(() => undefined);
    // Until what the other one has to read for the change of lines was read.
    await visitor.page.waitForTimeout(2_000);
    const { control } = panel.server.plugbay;
    await control.updateItem(id, { description: "behind the back" }, { actor: "bob" });
    const description = visitor.page.getByRole("textbox", { name: "Description" });
    await expect.poll(() => description.inputValue(), { timeout: 30_000 }).toBe("behind the back");
    await control.updateItem(id, { description: "by its own line" }, { actor: "bob" });
    await describes(visitor.page, "by its own line");
    await tab.close().catch(() => undefined);
  }, 60_000);
});

describePanel("a tab that is hidden", () => {
  const panel = usePanel();
  afterEach(() => {
    panel.server.signIn = undefined;
  });

  test("holds no event stream, and shows what changed meanwhile when it is in sight again", async () => {
    const { page } = await panel.visit(`/items/${await panel.server.idOf("mail")}`);
    await expect.poll(() => panel.server.openStreams).toBe(1);
    await turn(page, "hidden");
    await expect.poll(() => panel.server.openStreams).toBe(0);
    const { plugbay, idOf } = panel.server;
    await plugbay.control.updateItem(await idOf("mail"), { description: "while hidden" }, { actor: "bob" });
    await turn(page, "visible");
    await describes(page, "while hidden");
    await badgeSays(page, "Live");
    expect(panel.server.openStreams).toBe(1);
  });

  test("says when it is in sight again that the server is away", async () => {
    const visitor = await panel.visit("/types");
    visitor.expectSilence();
    await badgeSays(visitor.page, "Live");
    await turn(visitor.page, "hidden");
    await panel.server.goAway();
    await turn(visitor.page, "visible");
    await badgeSays(visitor.page, "Reconnecting");
    await panel.server.comeBack();
    await badgeSays(visitor.page, "Live");
  });

  test("says when it is in sight again that the session has ended, and goes on after signing in elsewhere", async () => {
    const visitor = await panel.visit("/types");
    visitor.expectSignIn();
    await badgeSays(visitor.page, "Live");
    await turn(visitor.page, "hidden");
    panel.server.signIn = () => new Response("no", { status: 401 });
    await turn(visitor.page, "visible");
    await badgeSays(visitor.page, "Signed out");
    await turn(visitor.page, "hidden");
    panel.server.signIn = undefined;
    await turn(visitor.page, "visible");
    await badgeSays(visitor.page, "Live");
    expect(await visitor.page.getByRole("alert").count()).toBe(0);
  });
});

describePanel("a page that the server has no event stream left for", () => {
  const panel = usePanel();

  test("shows changes by asking again, and follows the events once there is a place", async () => {
    const headers = { cookie: `${actorCookie}=alice` };
    const others = await Promise.all(
      Array.from({ length: 10 }, () => fetch(`${panel.server.url}/api/events`, { headers })),
    );
    const { plugbay, idOf } = panel.server;
    const id = await idOf("mail");
    const { page } = await panel.visit(`/items/${id}`, { expected: ["status of 429 "] });
    await badgeSays(page, "Delayed");
    await plugbay.control.updateItem(id, { description: "asked for" }, { actor: "bob" });
    await expect
      .poll(() => page.getByRole("textbox", { name: "Description" }).inputValue(), { timeout: 30_000 })
      .toBe("asked for");
    expect(await page.getByRole("alert").count()).toBe(0);

    await Promise.all(others.map(({ body }) => body?.cancel()));
    await badgeSays(page, "Live");
    await expect.poll(() => panel.server.openStreams).toBe(1);
  });
});
