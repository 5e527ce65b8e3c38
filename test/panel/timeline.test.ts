import { definePlugin, definePluginType } from "plugbay";
import { expect, test } from "vitest";
import { providers } from "./providers.ts";
import { describePanel, usePanel } from "./use-panel.ts";

let isDown = false;
const payment = definePluginType<{ pay(): Promise<string> }>({
  ...{ name: "payment", manager: "apps/pay", methods: { pay: "required" } },
  policy: { circuit: { failures: 2, coolingMs: 2_000, maxCoolingMs: 2_000 } },
});
const of = (name: string, priority: number) =>
  definePlugin(payment, {
    ...{ name, module: "apps/pay", priority },
    create: () => ({
      pay: async () => {
        if (name === "vonage" && isDown) {
          throw Object.assign(new Error("the provider takes no calls"), { code: "ECONNREFUSED" });
        }
        return name;
      },
    }),
  });
const plugins = [providers, payment, of("vonage", 1), of("stripe", 2)];

describePanel("the timeline of a type", () => {
  const panel = usePanel({ plugins });

  test("tells what happened and who did what, as it comes", { timeout: 90_000 }, async () => {
    const { plugbay, typeIdOf, idOf, openProcess } = panel.server;
    const other = await openProcess({ plugins, pollIntervalMs: 100 });
    try {
      const visitor = await panel.visit(`/types/${await typeIdOf("payment")}`);
      const { page } = visitor;
      await page.getByRole("tab", { name: "Timeline" }).click();
      await page.waitForURL("**/types/*?tab=timeline");
      const pay = () => plugbay.run(payment, (provider) => provider.pay());
      isDown = true;
      for (let calls = 0; calls < 3; calls += 1) await pay();
      await page.getByText("vonage: circuit opened in 2 of 2 processes").waitFor();
      await page.getByText("the provider takes no calls").last().waitFor();
      await page.getByText("stripe took over from vonage in 2 of 2 processes").waitFor();
      isDown = false;
      await expect
        .poll(
          async () => {
            await pay();
            return page.getByText("vonage: recovered in 2 of 2 processes").count();
          },
          { timeout: 30_000, interval: 500 },
        )
        .toBe(1);
      const id = await idOf("vonage");
      const { revision } = await plugbay.control.bulk([id], "disable", {
        ...{ actor: "bob", reason: "it bills twice" },
      });
      await page.getByText("Because: it bills twice").waitFor();
      expect(await visitor.violations()).toEqual([]);
      await page.getByRole("link", { name: "vonage: Disabled" }).click();
      await page.waitForURL(`**/history/changes/${revision}`);

      const phone = await panel.visit(`/types/${await typeIdOf("payment")}?tab=timeline`, {
        ...{ viewport: { width: 390, height: 844 }, locale: "fa-IR", colorScheme: "dark" },
      });
      await phone.page.getByText("it bills twice").waitFor();
      expect(await phone.overflow()).toBeLessThanOrEqual(0);
      expect(await phone.violations()).toEqual([]);
    } finally {
      await other.close();
    }
  });
});
