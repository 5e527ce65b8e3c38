import type { Locator } from "playwright-core";
import { expect, test } from "vitest";
import { addSample, configuredSetup } from "./configured.ts";
import { describePanel, usePanel } from "./use-panel.ts";

/** The words of headers, names in lists, buttons, badges and links of the navigation that stand on two lines, each broken in itself. */
const brokenWords = `(() => {
  const broken = [];
  for (const element of document.querySelectorAll("th, td bdi, button, nav a, h1, h2, dt, [class*='badge'], [class*='Badge']")) {
    const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const node = texts.currentNode;
      for (const { index, 0: word } of node.data.matchAll(/[\\p{L}\\p{N}]{2,}/gu)) {
        const range = document.createRange();
        range.setStart(node, index);
        range.setEnd(node, index + word.length);
        const lines = new Set([...range.getClientRects()].filter(({ width }) => width > 1).map(({ top }) => Math.round(top / 4)));
        if (lines.size > 1) broken.push(word);
      }
    }
  }
  return broken;
})()`;

describePanel("the layout", () => {
  const panel = usePanel(configuredSetup);

  test.each(["en-GB", "de-DE", "fa-IR"])(
    "fits 1024 pixels in %s, and breaks no words of headers, names, buttons and badges",
    async (locale) => {
      const { plugbay, idOf, typeIdOf } = panel.server;
      const configured = await addSample(plugbay, "mailer");
      const differing = { status: "reserve", priority: 99, description: "By post" } as const;
      await plugbay.control.updateItem(await idOf("mail"), differing, { actor: "alice" });
      const visitor = await panel.visit("/", { locale, viewport: { width: 1024, height: 768 } });
      const otp = await typeIdOf("otp");
      const paths = [
        "/",
        "/types",
        `/types/${otp}`,
        ...["traffic", "timeline", "explain"].map((tab) => `/types/${otp}?tab=${tab}`),
        `/types/${await typeIdOf("notifier")}/add`,
        "/items",
        `/items/${await idOf("pigeon")}`,
        `/items/${configured}`,
        "/history",
        "/history/changes/2",
        "/processes",
      ];
      for (const path of paths) {
        await visitor.open(path);
        expect(await visitor.overflow(), path).toBe(0);
        expect(await visitor.page.evaluate(brokenWords), path).toEqual([]);
      }
    },
  );

  test.each(["en-GB", "de-DE", "fa-IR"])(
    "has room for the widest list from 1409 pixels on in %s",
    async (locale) => {
      const visitor = await panel.visit("/items", { locale, viewport: { width: 1409, height: 768 } });
      expect(await visitor.overflow()).toBe(0);
      expect(await visitor.page.evaluate(brokenWords)).toEqual([]);
    },
  );

  test("keeps what saves a long form in sight", async () => {
    const id = await addSample(panel.server.plugbay, "mailer");
    const { page } = await panel.visit(`/items/${id}`, { viewport: { width: 1024, height: 600 } });
    const form = page.getByRole("region", { name: "Configuration" }).locator("form");
    await form.getByRole("textbox").first().waitFor();
    const save = form.getByRole("button", { name: "Save", exact: true });
    const bottomOf = async (element: Locator) => {
      const { y, height } = (await element.boundingBox()) ?? { y: 0, height: 0 };
      return y + height;
    };
    const height = Math.ceil((await bottomOf(form.getByRole("textbox").first())) + 80);
    await page.setViewportSize({ width: 1024, height });
    await expect.poll(() => bottomOf(save)).toBeLessThanOrEqual(height);
  });

  test("names the label of an item that is about to be retired", async () => {
    const id = await addSample(panel.server.plugbay, "webhook");
    const { name, label } = await panel.server.plugbay.control.getItem(id);
    const { page } = await panel.visit(`/items/${id}`);
    await page.getByRole("button", { name: "Retire" }).click();
    await page.getByRole("dialog", { name: `Retire ${name} (${label})?` }).waitFor();
  });
});
