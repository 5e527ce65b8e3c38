import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import axe, { type AxeResults } from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { signInPage } from "../../examples/otp/web/sign-in-page.ts";
import { findBrowser, launchBrowser } from "../panel/browser.ts";

const program = await findBrowser();
const files = join(import.meta.dirname, "../../examples/otp/web/public");

describe.skipIf(program === undefined)("the sign-in of the example", () => {
  let server: Server;
  let browser: Browser;
  beforeAll(async () => {
    const [css, icon, html] = await Promise.all([
      readFile(join(files, "style.css")),
      readFile(join(files, "icon.svg")),
      signInPage(false, "User or password is wrong."),
    ]);
    server = createServer(({ url = "" }, response) => {
      const [type, content] =
        { "/style.css": ["text/css", css], "/icon.svg": ["image/svg+xml", icon] }[url] ??
        (["text/html", String(html)] as const);
      response.setHeader("content-type", String(type));
      response.end(content);
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    browser = await launchBrowser(program ?? "");
  });
  afterAll(async () => {
    await browser.close();
    server.close();
  });

  const boxOf = async (page: Page, selector: string) => {
    const box = await page.locator(selector).first().boundingBox();
    return box ?? expect.unreachable(selector);
  };

  test.each(["light", "dark"] as const)(
    "names the product and where it is, with an icon, in the %s",
    async (colorScheme) => {
      const page = await browser.newPage({ colorScheme });
      await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
      expect(await page.title()).toBe("Sign in · One-time codes · demo");
      expect(await page.locator(".brand").textContent()).toBe("One-time codes demo");
      expect(await page.locator("link[rel=icon]").getAttribute("href")).toBe("/icon.svg");
      const drawn = await page.evaluate<number>('document.querySelector(".brand img").naturalWidth');
      expect(drawn).toBeGreaterThan(0);
      await page.evaluate(axe.source);
      const { violations } = await page.evaluate<AxeResults>("axe.run()");
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
      await page.close();
    },
  );

  test.each([1440, 1024, 390, 320])("is one card in the middle of a window of %d pixels", async (width) => {
    const page = await browser.newPage({ viewport: { width, height: 800 } });
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    const card = await boxOf(page, "section");
    expect(card.width).toBeGreaterThanOrEqual(Math.min(400, width - 40));
    expect(card.width).toBeLessThanOrEqual(Math.min(440, width));
    expect(Math.abs(card.x * 2 + card.width - width)).toBeLessThan(3);
    for (const selector of ["input[name=name]", "input[name=password]", "button"]) {
      const field = await boxOf(page, selector);
      expect(field.width).toBeGreaterThan(card.width * 0.8);
      expect(field.height).toBeGreaterThanOrEqual(44);
    }
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
    await page.close();
  });
});
