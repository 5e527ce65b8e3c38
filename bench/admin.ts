import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { chromium } from "playwright-core";
import { openPlugbay } from "plugbay";
import { type Admin, createAdmin } from "plugbay/admin";
import { toNode } from "plugbay/node";
import { type BenchDatabase, withDatabases } from "./databases.ts";
import { makeDefinitions } from "./definitions.ts";
import { broken, quantile, report, timed } from "./report.ts";

// The panel at 100,000 items of 1,000 types: what its server answers, and how soon its page can be used.

const typeCount = 1_000;
const itemCount = 100_000;
const repeats = 150;

const requests: Record<string, string> = {
  types: "types",
  "first page of items": "items",
  "page 700": "items?page=700",
  "by status, sorted": "items?status=active&sort=-priority,name&page=3",
  "two words": "items?search=provider-55%20module-2",
  "by name, deep": "items?sort=name&page=500",
};

async function benchApi(name: string, admin: Admin, statements: (() => number) | undefined): Promise<void> {
  for (const [label, path] of Object.entries(requests)) {
    const ask = async (): Promise<void> => {
      const response = await admin.fetch(new Request(`http://panel.example.com/api/${path}`));
      if (response.status !== 200) throw new Error(`${path}: ${response.status} ${await response.text()}`);
      await response.arrayBuffer();
    };
    await ask();
    const samples: number[] = [];
    const before = statements?.() ?? 0;
    for (let index = 0; index < repeats; index += 1) samples.push(await timed(ask));
    report({ name: `${name}: ${label}, p99`, value: quantile(samples, 0.99), limit: 25, unit: "ms" });
    if (statements) {
      const each = (statements() - before) / repeats;
      report({ name: `${name}: ${label}, statements`, value: each, limit: 2, unit: "" });
    }
  }
}

/** From the start of the navigation until the first row of types can be read, with an empty cache. */
async function benchPage(name: string, admin: Admin): Promise<void> {
  const server = createServer(toNode(admin)).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  const browser = await chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-quic", "--disable-background-networking"],
  });
  const samples: number[] = [];
  for (let index = 0; index < 7; index += 1) {
    const context = await browser.newContext();
    const page = await context.newPage();
    samples.push(
      await timed(async () => {
        await page.goto(`http://127.0.0.1:${port}/`, { waitUntil: "commit" });
        await page.getByRole("link", { name: "type-0", exact: true }).first().waitFor();
      }),
    );
    await context.close();
  }
  await browser.close();
  server.closeAllConnections();
  server.close();
  report({
    name: `${name}: page of ${typeCount} types usable, median`,
    value: quantile(samples, 0.5),
    limit: 1_000,
    unit: "ms",
  });
}

async function bench({ name, fresh }: BenchDatabase): Promise<void> {
  const { database, statements, drop } = await fresh();
  const plugins = makeDefinitions(typeCount, itemCount).all;
  const plugbay = await openPlugbay({
    database,
    plugins,
    pollIntervalMs: false,
    heartbeatMs: false,
    migrate: true,
  });
  const admin = createAdmin(plugbay, { authorize: () => ({ actor: "alice", access: "write" }) });
  await benchApi(name, admin, statements);
  if (name === "SQLite") await benchPage(name, admin);
  await plugbay.close();
  await drop();
}

console.log(`Node ${process.version}, ${itemCount} items of ${typeCount} types.\n`);
await withDatabases(async (databases) => {
  for (const database of databases) await bench(database);
});
const over = broken();
console.log(over.length === 0 ? "\nAll within their bounds." : `\n${over.length} over their bounds.`);
process.exitCode = over.length === 0 ? 0 : 1;
