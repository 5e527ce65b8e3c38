import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BrowserContextOptions } from "playwright-core";
import { sqlite } from "plugbay/sqlite";
import { findBrowser, launchBrowser } from "../test/panel/browser.ts";
import { addSample, configuredSetup } from "../test/panel/configured.ts";
import { startPanel } from "../test/panel/panel-server.ts";
import { Visitor } from "../test/panel/visitor.ts";
import { fillLastHour, gateway, gatewayPlugins } from "./screenshot-traffic.ts";

/** Pictures of the panel for the documents, of the real panel over a real database. */
const folder = join(import.meta.dirname, "../docs/screenshots");

const program = await findBrowser();
if (program === undefined) throw new Error("There is no browser to take screenshots with.");

const place = await mkdtemp(join(tmpdir(), "plugbay-screenshots-"));
const database = sqlite(join(place, "app.db"));
const [browser, panel] = await Promise.all([
  launchBrowser(program),
  startPanel({
    ...{ ...configuredSetup, title: "plugbay", environment: "production", database },
    plugins: [configuredSetup.plugins, gateway, gatewayPlugins],
  }),
]);
const { control } = panel.plugbay;
await control.updateItem(await panel.idOf("sms"), { priority: 5 }, { actor: "alice", source: "admin" });
await control.bulk([await panel.idOf("voice")], "lower", { actor: "bob", source: "cli" });
// What the panel's tests need to fail has nothing to do with this.
await control.bulk([await panel.idOf("pigeon"), await panel.idOf("telegraph")], "disable", {
  ...{ actor: "bob", source: "cli" },
});
const otp = (await control.types()).find(({ name }) => name === "otp");

const gatewayId = await panel.typeIdOf("sms");
await fillLastHour(database, gatewayId, (name) => panel.idOf(name));
// The first choice fails, and is put aside: the second one rescues its calls.
for (let call = 0; call < 6; call += 1)
  await panel.plugbay.run(gateway, (_, { item }) => {
    if (item.name === "vonage")
      throw Object.assign(new Error("HTTP 503 from vonage.example.com"), { status: 503 });
  });
await control.updateItem(
  await panel.idOf("twilio"),
  { description: "Kept ready for the night" },
  { ...{ actor: "alice", source: "admin" }, reason: "vonage announced an outage" },
);

const configured = await addSample(panel.plugbay, "webhook", "orders");

const pages = {
  overview: "/",
  types: "/types",
  type: `/types/${otp?.id}`,
  traffic: `/types/${gatewayId}?tab=traffic`,
  items: "/items",
  item: `/items/${await panel.idOf("sms")}`,
  form: `/items/${configured}`,
  history: "/history",
  processes: "/processes",
};

type Name = keyof typeof pages;
const wide = { viewport: { width: 1280, height: 800 } };
const looks: Readonly<Record<string, { options: BrowserContextOptions; shown: readonly Name[] }>> = {
  light: {
    options: wide,
    shown: ["overview", "types", "type", "traffic", "items", "item", "form", "history", "processes"],
  },
  dark: { options: { ...wide, colorScheme: "dark" }, shown: ["type", "item"] },
  phone: { options: { viewport: { width: 360, height: 740 } }, shown: ["type", "items"] },
  persian: { options: { ...wide, locale: "fa-IR" }, shown: ["type", "item"] },
};

await mkdir(folder, { recursive: true });
try {
  for (const [look, { options, shown }] of Object.entries(looks)) {
    const visitor = await Visitor.arrive(browser, panel, options);
    for (const name of shown) {
      await visitor.open(pages[name]);
      if (name === "overview") await visitor.page.getByText("Not the first choice").first().waitFor();
      if (name === "traffic") await visitor.page.locator(".u-wrap canvas").first().waitFor();
      if (name === "form") await showForm(visitor);
      await visitor.page.screenshot({ path: join(folder, `${name}-${look}.png`), animations: "disabled" });
    }
    await visitor.leave();
  }
} finally {
  await browser.close();
  await panel.stop();
  await rm(place, { recursive: true });
}

async function showForm({ page }: Visitor): Promise<void> {
  const section = page.getByRole("region", { name: "Configuration" });
  await section.getByRole("textbox").first().waitFor();
  await page.mouse.wheel(0, 10_000);
  await page.waitForFunction("window.scrollY > 0");
}
