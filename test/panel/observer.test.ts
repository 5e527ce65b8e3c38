import { join } from "node:path";
import type { Browser } from "playwright-core";
import { openPlugbay, type Plugbay } from "plugbay";
import { sqlite } from "plugbay/sqlite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { all } from "../cli/fixtures/definitions.ts";
import { password } from "../serve/credentials.ts";
import type { Panel } from "../serve/panel.ts";
import { Workplace } from "../serve/workplace.ts";
import { findBrowser, launchBrowser } from "./browser.ts";

const program = await findBrowser();
const version = "3.1.0-application";

/** `plugbay serve` as a process of its own, beside one of the application. */
describe.skipIf(program === undefined)("a process that only shows the panel", () => {
  let workplace: Workplace;
  let application: Plugbay;
  let panel: Panel;
  let browser: Browser;

  beforeAll(async () => {
    workplace = await Workplace.ready();
    const database = sqlite(join(workplace.folder, "app.db"));
    application = await openPlugbay({ database, plugins: all, version });
    [panel, browser] = await Promise.all([workplace.start(), launchBrowser(program ?? "")]);
  });

  afterAll(async () => {
    await browser?.close();
    await panel?.stop("SIGKILL");
    await application?.close();
    await workplace?.[Symbol.asyncDispose]();
  });

  test("is named on the page of the processes, and is none of those that serve", async () => {
    const page = await browser.newPage({ locale: "en-GB" });
    await page.goto(panel.url);
    await page.locator("input[name=email]").fill(await workplace.someone("reader"));
    await page.locator("input[name=password]").fill(password);
    await page.keyboard.press("Enter");
    await page.getByRole("link", { name: "Processes" }).click();
    await page.getByText(/^1 process serves\./).waitFor();
    const said = page.getByText("It only shows the panel, serves nothing, and is not counted.");
    const [pid] = /\d+(?=\P{L}* on )/u.exec(await said.innerText()) ?? [];
    expect(Number(pid)).toBe(panel.pid);
    const cards = page.getByRole("heading", { level: 2, name: /^Process \d+ on / });
    expect(await cards.count()).toBe(1);
    expect(await cards.innerText()).toMatch(new RegExp(`^Process ${process.pid} on `));
    await page.getByText(version, { exact: true }).waitFor();
    expect(await page.getByText("This panel's process", { exact: true }).count()).toBe(0);
    await page.context().close();
  });
});
