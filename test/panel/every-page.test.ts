import { expect, test } from "vitest";
import { addSample, configuredSetup } from "./configured.ts";
import { describePanel, usePanel } from "./use-panel.ts";

const phone = { width: 360, height: 740 };

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
      "/types",
      `/types/${otp?.id}`,
      ...["traffic", "timeline", "explain"].map((tab) => `/types/${otp?.id}?tab=${tab}`),
      `/types/${tax?.id}`,
      `/types/${await panel.server.typeIdOf("notifier")}/add`,
      "/items",
      `/items/${await idOf("mail")}`,
      `/items/${await idOf("pigeon")}`,
      `/items/${configuredId}`,
      "/history",
      "/history/changes/2",
      "/processes",
      "/nowhere",
    ];
  };

  // One after the other on each page as it is: loading pages takes longer than looking at them.
  test.each([
    { locale: "en-GB", direction: "ltr" },
    { locale: "de-DE", direction: "ltr" },
    { locale: "fa-IR", direction: "rtl" },
  ])(
    "in $locale runs $direction, gives axe nothing to find, is readable in the dark, and fits a phone",
    { timeout: 240_000 },
    async ({ locale, direction }) => {
      const visitor = await panel.visit("/", { locale, colorScheme: "light" });
      const { page } = visitor;
      const wide = page.viewportSize() ?? phone;
      for (const path of await pages()) {
        await visitor.open(path);
        expect(await page.evaluate("document.documentElement.dir"), path).toBe(direction);
        expect(await visitor.violations(), path).toEqual([]);

        await page.emulateMedia({ colorScheme: "dark" });
        await expect
          .poll(() => page.evaluate("document.documentElement.dataset.mantineColorScheme"))
          .toBe("dark");
        expect(await visitor.violations("color-contrast"), path).toEqual([]);

        await page.setViewportSize(phone);
        await expect.poll(() => visitor.overflow(), { message: path }).toBe(0);
        await page.setViewportSize(wide);
        await page.emulateMedia({ colorScheme: "light" });
      }
    },
  );
});
