import axe, { type AxeResults } from "axe-core";
import type { Browser as Chromium, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findBrowser, launchBrowser } from "../panel/browser.ts";
import type { Answer, Browser } from "./browser.ts";
import { secret } from "./credentials.ts";
import type { Panel } from "./panel.ts";
import { Workplace } from "./workplace.ts";

const program = await findBrowser();

const named = { title: "Orders & <co>", environment: 'production "eu"' };
const email = "ada@example.com";

let workplace: Workplace;
let panel: Panel;
let known: Browser;

beforeAll(async () => {
  workplace = await Workplace.ready({ secret, trustedProxies: ["127.0.0.1"], ...named });
  await workplace.someone("editor", email);
  panel = await workplace.start();
  known = await panel.signedIn(email);
});

afterAll(async () => {
  await panel[Symbol.asyncDispose]();
  await workplace[Symbol.asyncDispose]();
});

const languages = { en: "ltr", de: "ltr", fa: "rtl" } as const;
type Language = keyof typeof languages;

/** Every page that there is besides the panel, and the status that it comes with. */
const pages: Readonly<Record<string, readonly [number, (language: Language) => Promise<Answer>]>> = {
  "the sign-in": [200, (language) => stranger().get("/sign-in", asking(language))],
  "a wrong password": [
    401,
    (language) => stranger().post("/sign-in", { email: "x@example.com", password: "x" }, sending(language)),
  ],
  "too many attempts": [429, tooMany],
  "too many people": [503, (language) => busy(language)],
  "signed out": [200, (language) => stranger().get("/sign-in?notice=signed-out", asking(language))],
  "not a user": [200, (language) => stranger().get("/sign-in?error=signup_disabled", asking(language))],
  "a form from elsewhere": [403, (language) => stranger().post("/sign-in", {}, asking(language))],
  "a form that is too long": [
    413,
    (language) => stranger().post("/sign-in", { email: "x".repeat(20_000) }, sending(language)),
  ],
  "an address that is none": [404, (language) => stranger().get("/auth/none", asking(language))],
  "the change of a password": [200, (language) => known.get("/password", asking(language))],
  "a change that fails": [
    400,
    (language) => known.post("/password", { current: "x", new: "x", again: "y" }, sending(language)),
  ],
  "the sign-out": [200, (language) => known.get("/sign-out", asking(language))],
};

const stranger = (): Browser => panel.browser();
const asking = (language: Language) => ({ accept: "text/html", "accept-language": language });
const sending = (language: Language) => ({ ...asking(language), origin: panel.origin });

async function tooMany(language: Language): Promise<Answer> {
  const browser = stranger();
  for (let attempt = 0; attempt < 5; attempt += 1) await browser.signIn(`${attempt}@example.com`, "x");
  return browser.post("/sign-in", { email, password: "x" }, sending(language));
}

/** More than the line takes. */
async function busy(language: Language): Promise<Answer> {
  const attempt = (_: unknown, index: number) =>
    stranger().post("/sign-in", { email: `${index}@example.com`, password: "x" }, sending(language));
  const answers = await Promise.all(Array.from({ length: 40 }, attempt));
  return answers.find(({ status }) => status === 503) ?? expect.unreachable("all had their turn");
}

describe.each(Object.entries(pages))("the page for %s", (_, [status, ask]) => {
  test.each(["en", "de", "fa"] as const)(
    "names the product and the environment, and has an icon, in %s",
    async (language) => {
      const { status: got, headers, text } = await ask(language);
      expect(got).toBe(status);
      expect(headers.get("content-type")).toBe("text/html; charset=utf-8");
      expect(text).toContain(`<html lang="${language}" dir="${languages[language]}">`);
      expect(text).toMatch(/<title>([^<]+ · )?Orders &amp; &lt;co&gt; · production &quot;eu&quot;<\/title>/);
      const [, heading = ""] = /<h1>(.*?)<\/h1>/s.exec(text) ?? [];
      expect(heading).toContain("<bdi>Orders &amp; &lt;co&gt;</bdi>");
      expect(heading).toContain(">production &quot;eu&quot;</bdi>");
      expect(text).toContain('<link rel="icon" type="image/svg+xml" href="/assets/icon.svg">');
      expect(headers.get("content-security-policy")).toContain("img-src 'self'");
      expect(text).toContain('<meta name="color-scheme" content="light dark">');
    },
  );
});

test("the icon is there for those who are not signed in", async () => {
  const { status, headers, text } = await stranger().get("/assets/icon.svg", { accept: "image/*" });
  expect(status).toBe(200);
  expect(headers.get("content-type")).toBe("image/svg+xml");
  expect(text).toMatch(/^<svg xmlns=/);
});

test("the panel itself is told the names, too", async () => {
  expect(await known.api("session")).toMatchObject({ body: named });
  expect((await known.get("/")).text).toContain(
    "<title>Orders &amp; &lt;co&gt; · production &quot;eu&quot;</title>",
  );
});

test("without names it is plugbay, somewhere", async () => {
  await using other = await Workplace.ready({ secret, baseUrl: "https://example.com/ops" });
  await using panel = await other.start();
  const { text } = await panel.browser().get("/ops/sign-in");
  expect(text).toContain("<title>Sign in · plugbay</title>");
  expect(text).not.toContain('class="environment"');
  expect(text).toContain('href="/ops/assets/icon.svg"');
  expect(await panel.browser().get("/ops/assets/icon.svg", {})).toMatchObject({ status: 200 });
});

test.each([{ title: 5 }, { environment: ["production"] }])("names are texts, not %j", async (wrong) => {
  await using other = await Workplace.make({ secret, ...wrong } as object);
  const [name] = Object.keys(wrong);
  await expect(other.start()).rejects.toThrow(
    new RegExp(`plugbay\\.config\\.ts: serve: option \\W*${name}\\W* is .*; it is a text`),
  );
});

describe.skipIf(program === undefined)("in a browser", () => {
  const long = `${"A product of Example Corporation with a long name, ".repeat(9)}${"W".repeat(300)}`;
  let elsewhere: Workplace;
  let strange: Panel;
  let browser: Chromium;

  beforeAll(async () => {
    elsewhere = await Workplace.ready({ secret, title: long, environment: long });
    [strange, browser] = await Promise.all([elsewhere.start(), launchBrowser(program ?? "")]);
  });
  afterAll(async () => {
    await browser.close();
    await strange[Symbol.asyncDispose]();
    await elsewhere[Symbol.asyncDispose]();
  });

  const seen = [
    { width: 1440, locale: "en-GB", colorScheme: "light" },
    { width: 1024, locale: "de-DE", colorScheme: "dark" },
    { width: 390, locale: "fa-IR", colorScheme: "light" },
    { width: 390, locale: "fa-IR", colorScheme: "dark" },
    { width: 320, locale: "de-DE", colorScheme: "light" },
  ] as const;

  async function visit({ width, ...look }: (typeof seen)[number], work: (page: Page) => Promise<void>) {
    const context = await browser.newContext({ viewport: { width, height: 800 }, ...look });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on("console", (message) => {
      if (!message.text().includes("status of 4")) complaints.push(message.text());
    });
    await work(page);
    expect(complaints).toEqual([]);
    await context.close();
  }

  async function expectFits(page: Page, width: number): Promise<void> {
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
    for (const target of await page.locator("input:visible, button, a").all()) {
      expect((await target.boundingBox())?.height).toBeGreaterThanOrEqual(44);
    }
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate<AxeResults>("axe.run()");
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  }

  test.each(seen)("the sign-in fits and reads well: $width, $locale, $colorScheme", async (look) => {
    await visit(look, async (page) => {
      await page.goto(`${panel.origin}/sign-in`);
      await expectFits(page, look.width);
      expect(await page.evaluate("document.activeElement.name")).toBe("email");
      await page.fill("[name=email]", "nobody@example.com");
      await page.fill("[name=password]", "wrong");
      // A proxy would say from where; so this address may try as often as it likes.
      await page.setExtraHTTPHeaders({ "x-forwarded-for": `192.0.2.${seen.indexOf(look)}` });
      await page.click("button");
      await page.getByRole("alert").waitFor();
      await expectFits(page, look.width);
      expect(await page.evaluate("document.activeElement.name")).toBe("password");
    });
  });

  test.each(seen)("the user's pages do, too: $width, $locale, $colorScheme", async (look) => {
    await visit(look, async (page) => {
      const cookies = [...known.cookies].map(([name, value]) => ({ name, value, url: panel.origin }));
      await page.context().addCookies(cookies);
      for (const path of ["/password", "/sign-out", "/auth/none"]) {
        await page.goto(`${panel.origin}${path}`);
        await expectFits(page, look.width);
      }
    });
  });

  test.each(seen)("names that are very long take a few lines: $width, $locale", async (look) => {
    await visit(look, async (page) => {
      await page.goto(`${strange.origin}/sign-in`);
      await expectFits(page, look.width);
      expect((await page.locator("h1").boundingBox())?.height).toBeLessThan(110);
    });
  });
});
