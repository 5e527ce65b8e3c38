import { fork } from "node:child_process";
import { once } from "node:events";
import type { Browser } from "playwright-core";
import { findBrowser, launchBrowser } from "../test/panel/browser.ts";
import { quantile, report, timed } from "./report.ts";

const runs = 9;
const changes = 40;
/** Of a page, and of a change that another operator made. */
const limitMs = { usable: 400, shown: 1_000 };

/** What the pages show, by which it is seen that they can be used; with the least number of rows in the end. */
const pages = [
  { name: "types", path: "types", search: "type-999" },
  { name: "items", path: "items", search: "provider-99" },
] as const;

/** A row of a list. */
const row = 'main a[href*="/items/"]';

/**
 * How soon the panel's pages can be used, with an empty cache: until their first rows are painted and the
 * search can be typed into. The server and the browser are processes of their own.
 */
export async function benchPages(file: string, typeCount: number, itemCount: number): Promise<void> {
  // The one that an operator has, if it is there: the one of the tests is quicker.
  const program = await findBrowser(["chromium", "chromium-headless-shell"]);
  if (program === undefined) throw new Error("There is no browser to measure the pages in.");
  console.log(`browser: ${program}`);
  const script = new URL("admin-server.js", import.meta.url);
  const server = fork(script, [file, String(typeCount), String(itemCount)]);
  const [port] = (await once(server, "message")) as [number];
  const browser = await launchBrowser(program);
  try {
    const origin = `http://127.0.0.1:${port}`;
    for (const { name, path, search } of pages) {
      await benchPage(browser, `page of ${name}`, `${origin}/${path}`, [row, 'input[type="search"]'], search);
    }
    const { types } = (await (await fetch(`${origin}/api/types`)).json()) as { types: { id: string }[] };
    await benchPage(browser, "page of a type", `${origin}/types/${types[0]?.id}`, [row, '[role="tab"]']);
    await benchPage(browser, "overview", origin, ["main h2", "main section"]);
    await benchLiveChange(browser, origin);
  } finally {
    await browser.close();
    server.disconnect();
    await once(server, "exit");
  }
}

/** `shown`: what is there once the page has its data; `search`: what to type into its control, once that can be. */
async function benchPage(
  browser: Browser,
  name: string,
  url: string,
  [shown, control]: readonly [shown: string, control: string],
  search?: string,
): Promise<void> {
  const samples: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.addInitScript({ content: watchUntilUsable(shown, control) });
    await page.goto(url, { waitUntil: "commit" });
    const usable = await page.waitForFunction(() => (globalThis as unknown as Watched).usableMs);
    samples.push((await usable.jsonValue()) ?? Number.NaN);
    if (search !== undefined) {
      await page.locator(control).fill(search);
      await page.locator("main tbody tr", { hasText: search }).first().waitFor();
    }
    await context.close();
  }
  report({
    name: `${name}, usable after, median`,
    value: quantile(samples, 0.5),
    limit: limitMs.usable,
    unit: "ms",
  });
}

/** What a page has for the functions that run in it, under its policy, which allows no code in a text. */
interface Watched {
  readonly usableMs?: number;
  readonly document: {
    querySelector(selector: string): { getAttribute(name: string): string | null } | null;
  };
}

/** How soon the page of types shows that another operator's change lets another item serve. */
async function benchLiveChange(browser: Browser, origin: string): Promise<void> {
  const page = await browser.newPage();
  await page.goto(`${origin}/types`);
  const serving = page.locator('main tbody a[href*="/items/"]').first();
  const path = String(await serving.getAttribute("href"));
  const item = `${origin}/api${new URL(path, origin).pathname}`;
  const samples: number[] = [];
  for (let run = 0; run < changes; run += 1) {
    const { version } = (await (await fetch(item)).json()) as { version: number };
    const status = run % 2 === 0 ? "disable" : "active";
    const shown = page.waitForFunction(
      ({ path, serves }) => {
        const { document } = globalThis as unknown as Watched;
        const serving = document.querySelector('main tbody a[href*="/items/"]');
        return (serving?.getAttribute("href") === path) === serves;
      },
      { path, serves: status === "active" },
    );
    samples.push(
      await timed(async () => {
        const headers = { "content-type": "application/json", origin };
        const body = JSON.stringify({ version, status });
        const { ok } = await fetch(item, { method: "PATCH", headers, body });
        if (!ok) throw new Error("The change was refused.");
        await shown;
      }),
    );
  }
  await page.close();
  report({
    name: "another operator's change shown after, p99",
    value: quantile(samples, 0.99),
    limit: limitMs.shown,
    unit: "ms",
  });
}

/** A script that runs in the page before its own: it notes the milliseconds from the start of the navigation. */
const watchUntilUsable = (row: string, control: string): string => `
  const observer = new MutationObserver(() => {
    if (!document.querySelector(${JSON.stringify(row)}) || !document.querySelector(${JSON.stringify(control)})) return;
    observer.disconnect();
    // The frame after the next one begins when the next one has been painted.
    requestAnimationFrame(() => requestAnimationFrame(() => { globalThis.usableMs = performance.now(); }));
  });
  observer.observe(document, { childList: true, subtree: true });
`;
