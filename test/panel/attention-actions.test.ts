import { definePlugin, definePluginType } from "plugbay";
import { expect, test } from "vitest";
import { addSample, configuredSetup, newKeys } from "./configured.ts";
import { describePanel, usePanel } from "./use-panel.ts";

const relay = definePluginType<{ send(): void }>({
  ...{ name: "relay", manager: "apps/relay", methods: { send: "required" } },
});
const create = () => ({ send: () => undefined });
const steady = definePlugin(relay, { name: "steady", module: "apps/relays", priority: 1, create });
const broken = definePlugin(relay, {
  ...{ name: "broken", module: "apps/relays", priority: 2 },
  create: (): { send(): void } => {
    throw new Error("relay.example.com has no such account");
  },
});
const formerKey = newKeys("former");

describePanel("each entry of what needs attention", () => {
  const panel = usePanel({
    plugins: [relay, steady, broken, ...configuredSetup.plugins],
    keys: `${newKeys()},${formerKey}`,
  });

  test("leads to the item that is to be mended", async () => {
    const { page } = await panel.visit("/", { access: "read" });
    const list = page.getByRole("region", { name: "Needs attention" });
    await list.getByRole("link", { name: "Open broken", exact: true }).click();
    await page.getByRole("heading", { level: 1, name: "broken" }).waitFor();
  });

  test("leads to the item whose hold or lead is about to end", async () => {
    const { plugbay, idOf } = panel.server;
    const id = await idOf("steady");
    await plugbay.control.serveNow(id, { forMs: 600_000, actor: "ann" });
    const { page } = await panel.visit("/");
    const entry = page.getByRole("listitem").filter({ hasText: "Lead ends soon" });
    await entry.getByRole("link", { name: "Open steady", exact: true }).click();
    await page.getByRole("heading", { level: 1, name: "steady" }).waitFor();
    await plugbay.control.endLead(id, { actor: "ann" });
  });

  test("leads to the processes where these differ", async () => {
    const other = await panel.server.openProcess({ plugins: [relay, steady], version: "1.9.0", sync: false });
    try {
      const { page } = await panel.visit("/");
      const entry = page.getByRole("listitem").filter({ hasText: "Versions differ" });
      await entry.getByRole("link", { name: "Show processes", exact: true }).click();
      await page.getByRole("heading", { level: 1, name: "Processes" }).waitFor();
    } finally {
      await other.close();
    }
  });

  test("gives the command that nobody can click", async () => {
    const former = await panel.server.openProcess({
      plugins: configuredSetup.plugins,
      keys: formerKey,
      sync: false,
    });
    await addSample(former, "webhook").finally(() => former.close());
    const visitor = await panel.visit("/");
    const { page } = visitor;
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    const entry = page.getByRole("listitem").filter({ hasText: "Old key" });
    await entry.getByRole("button", { name: "Copy command", exact: true }).click();
    await entry.getByRole("button", { name: "Copied", exact: true }).waitFor();
    const copied = await page.evaluate("navigator.clipboard.readText()");
    expect(copied).toBe("npx plugbay keys rotate");
    expect(await visitor.violations()).toEqual([]);
  });
});
