import { fork } from "node:child_process";
import { once } from "node:events";
import { type Browser, chromium } from "playwright-core";
import { quantile, report } from "./report.ts";

const runs = 9;
const limitMs = 1_000;

/** What the pages show, by which it is seen that they can be used; with the least number of rows in the end. */
const pages = [
  { name: "types", path: "", search: "type-999" },
  { name: "items", path: "items", search: "provider-99" },
] as const;

/**
 * How soon the panel's pages can be used, with an empty cache: until their first rows are painted and the
 * search can be typed into. The server and the browser are processes of their own.
 */
export async function benchPages(file: string, typeCount: number, itemCount: number): Promise<void> {
  const script = new URL("admin-server.js", import.meta.url);
  const server = fork(script, [file, String(typeCount), String(itemCount)]);
  const [port] = (await once(server, "message")) as [number];
  const browser = await chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-quic", "--disable-background-networking"],
  });
  try {
    const origin = `http://127.0.0.1:${port}`;
    for (const { name, path, search } of pages) {
      await benchPage(browser, `page of ${name}`, `${origin}/${path}`, 'input[type="search"]', search);
    }
    const { types } = (await (await fetch(`${origin}/api/types`)).json()) as { types: { id: string }[] };
    await benchPage(browser, "page of a type", `${origin}/types/${types[0]?.id}`, '[role="tab"]');
  } finally {
    await browser.close();
    server.disconnect();
    await once(server, "exit");
  }
}

async function benchPage(
  browser: Browser,
  name: string,
  url: string,
  control: string,
  search?: string,
): Promise<void> {
  const samples: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.addInitScript({ content: watchUntilUsable('main a[href*="/items/"]', control) });
    await page.goto(url, { waitUntil: "commit" });
    const usable = await page.waitForFunction<number>("globalThis.usableMs");
    samples.push(await usable.jsonValue());
    if (search !== undefined) {
      await page.locator(control).fill(search);
      await page.locator("main tbody tr", { hasText: search }).first().waitFor();
    }
    await context.close();
  }
  report({
    name: `${name}, usable after, median`,
    value: quantile(samples, 0.5),
    limit: limitMs,
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
