import { describe, expect, test } from "vitest";
import { addSample, configuredSetup } from "./configured.ts";
import { describePanel, usePanel } from "./use-panel.ts";

describePanel("every page", () => {
  const panel = usePanel(configuredSetup);

  let configuredId: string | undefined;
  const pages = async (): Promise<readonly string[]> => {
    const { plugbay, idOf } = panel.server;
    configuredId ??= await addSample(plugbay, "mailer");
    const types = await plugbay.control.types();
    const otp = types.find(({ name }) => name === "otp");
    const tax = types.find(({ name }) => name === "tax");
    return [
      "/",
      `/types/${otp?.id}`,
      `/types/${tax?.id}`,
      `/types/${await panel.server.typeIdOf("notifier")}/add`,
      "/items",
      `/items/${await idOf("mail")}`,
      `/items/${await idOf("pigeon")}`,
      `/items/${configuredId}`,
      "/history",
      "/processes",
      "/nowhere",
    ];
  };

  describe.each([
    { locale: "en-GB", colorScheme: "light", direction: "ltr" },
    { locale: "de-DE", colorScheme: "dark", direction: "ltr" },
    { locale: "fa-IR", colorScheme: "light", direction: "rtl" },
    { locale: "fa-IR", colorScheme: "dark", direction: "rtl" },
  ] as const)("in $locale, $colorScheme", ({ locale, colorScheme, direction }) => {
    test(`runs ${direction} and gives axe nothing to find`, { timeout: 120_000 }, async () => {
      const visitor = await panel.visit("/", { locale, colorScheme });
      for (const path of await pages()) {
        await visitor.open(path);
        expect(await visitor.page.evaluate("document.documentElement.dir"), path).toBe(direction);
        expect(await visitor.violations(), path).toEqual([]);
      }
    });
  });

  test.each(["en-GB", "de-DE", "fa-IR"])(
    "fits a phone without scrolling sideways, in %s",
    { timeout: 60_000 },
    async (locale) => {
      const viewport = { width: 360, height: 740 };
      const visitor = await panel.visit("/", { locale, viewport, hasTouch: true });
      for (const path of await pages()) {
        await visitor.open(path);
        expect(await visitor.overflow(), path).toBe(0);
      }
    },
  );
});
