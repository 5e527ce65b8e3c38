import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { signInPage } from "../../examples/otp/web/sign-in-page.ts";
import { findBrowser, launchBrowser } from "../panel/browser.ts";

const program = await findBrowser();
const style = join(import.meta.dirname, "../../examples/otp/web/public/style.css");

describe.skipIf(program === undefined)("the sign-in of the example", () => {
  let server: Server;
  let browser: Browser;
  beforeAll(async () => {
    const [css, html] = await Promise.all([readFile(style), signInPage(false, "User or password is wrong.")]);
    server = createServer(({ url }, response) => {
      const isStyle = url === "/style.css";
      response.setHeader("content-type", isStyle ? "text/css" : "text/html");
      response.end(isStyle ? css : String(html));
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
