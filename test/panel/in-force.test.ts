import { expect, test } from "vitest";
import { providers } from "./providers.ts";
import { describePanel, usePanel } from "./use-panel.ts";

describePanel("what a message says of a change", () => {
  const panel = usePanel();

  test.each([1_440, 390])("is in how many processes it is in force, %i wide", async (width) => {
    const other = await panel.server.openProcess({ plugins: providers, pollIntervalMs: 100 });
    try {
      const visitor = await panel.visit("/items?search=voice", { viewport: { width, height: 900 } });
      const { page } = visitor;
      await page.getByRole("checkbox", { name: "Select all items shown" }).check();
      await page.getByRole("button", { name: width === 390 ? "Activate" : "Disable", exact: true }).click();
      await page
        .getByRole("dialog")
        .getByRole("button", { name: /^Set 1 item to/ })
        .click();
      await page.getByText("1 item changed.").waitFor();
      await page.getByText("In force in 2 of 2 processes.").waitFor();
      expect(await visitor.overflow()).toBeLessThanOrEqual(0);
    } finally {
      await other.close();
    }
  });
});
