import { expect, test } from "vitest";
import { hostileError } from "./providers.ts";
import { describePanel, usePanel } from "./use-panel.ts";

describePanel("the page of the processes", () => {
  const { visit } = usePanel();

  test("tells of the process that answers, and of the plugins that failed or that it misses", async () => {
    const { page } = await visit("/processes");
    const process = page.locator("main li").first();
    await process.getByText("Answers you", { exact: true }).waitFor();
    const told = await process.innerText();
    for (const part of ["Up to date", "2.0.0", "Live", "1 plugin failed", "pigeon", hostileError]) {
      expect(told).toContain(part);
    }
    for (const part of ["1 plugin is missing", "telegraph"]) expect(told).toContain(part);
    expect(await page.locator("main img").count()).toBe(0);
  });

  test("ticks", async () => {
    const { page } = await visit("/processes");
    const heardFrom = page.locator("dt", { hasText: "Last heard from" }).locator("+ dd");
    const before = await heardFrom.innerText();
    await expect.poll(() => heardFrom.innerText(), { timeout: 3_000 }).not.toBe(before);
  });
});
