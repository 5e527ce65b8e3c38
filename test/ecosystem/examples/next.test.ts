import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findBrowser, launchBrowser } from "../../panel/browser.ts";
import type { Application } from "../harness/application.ts";
import { installExample, RunningServer } from "../harness/example.ts";

const program = await findBrowser();
const quiet = { NEXT_TELEMETRY_DISABLED: "1" };
let app: Application;
let browser: Browser | undefined;

beforeAll(async () => {
  app = await installExample("next");
  if (program !== undefined) browser = await launchBrowser(program);
});
afterAll(async () => {
  await browser?.close();
  await app?.[Symbol.asyncDispose]();
});

const greetingAt = async (server: RunningServer): Promise<string | undefined> =>
  /<h1>(.*?)<\/h1>/.exec(await (await server.ask("/")).text())?.[1];

/** How many are open, by what they tell each other in the database. */
async function openPlugbays(): Promise<number> {
  const { stdout } = await app.run("npx", "--no", "--", "plugbay", "processes", "--json");
  return JSON.parse(stdout).length;
}

test("examples/next is built without a database", async () => {
  const built = await app.runWith(quiet, "npm", "run", "build");
  expect(built.code, built.stdout + built.stderr).toBe(0);
  expect(await readdir(app.folder)).not.toContain("next.db");
});

test.skipIf(program === undefined)(
  "its panel is behind the sign-in, and what is chosen there greets",
  async () => {
    await using server = await RunningServer.start(app, quiet);
    expect(await greetingAt(server)).toBe("Hello, visitor!");
    expect((await server.ask("/admin/plugins/api/items")).status).toBe(401);

    const page = await browser?.newPage();
    if (page === undefined) throw new Error("There is no browser.");
    await page.goto(server.url);
    await page.getByLabel("Password").fill("demo");
    await page.getByRole("button", { name: "To the panel" }).click();
    await page.getByRole("link", { name: "greeting" }).first().waitFor();

    const listed = await page.request.get(`${server.url}/admin/plugins/api/items`);
    const { items } = await listed.json();
    const english = items.find(({ name }: { name: string }) => name === "english");
    const changed = await page.request.patch(`${server.url}/admin/plugins/api/items/${english.id}`, {
      headers: { origin: server.url },
      data: { version: english.version, status: "disable" },
    });
    expect(changed.status()).toBe(200);
    await page.goto(server.url);
    await page.getByRole("heading", { name: "Dag, visitor!" }).waitFor();
    await page.close();
  },
);

test("in development an edit takes effect, and the former plugbay is closed", async () => {
  // Next ends without closing plugbay, so those that served before are listed for some time.
  for (const name of await readdir(app.folder)) if (name.startsWith("next.db")) await app.remove(name);
  await using server = await RunningServer.start(app, quiet, "dev");
  const file = await readFile(join(app.folder, "plugins.ts"), "utf8");
  for (const word of ["Hallo", "Hoi", "Goedendag"]) {
    await app.write({ "plugins.ts": file.replaceAll("Dag", word).replaceAll("Hello", word) });
    await expect.poll(() => greetingAt(server), { timeout: 60_000 }).toBe(`${word}, visitor!`);
  }
  await expect.poll(openPlugbays).toBe(1);
});
