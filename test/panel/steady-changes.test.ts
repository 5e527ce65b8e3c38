import { expect, test } from "vitest";
import { describePanel, usePanel } from "./use-panel.ts";

/** Less than the pause that a reading waits for at most. */
const betweenMs = 50;

const rounds = 200;

describePanel("changes that follow on each other without a pause", () => {
  const panel = usePanel();

  test("are shown while they go on, and are not read one by one, nor twice at a time", async () => {
    const { plugbay, idOf } = panel.server;
    const id = await idOf("mail");
    const { page } = await panel.visit(`/items/${id}`);
    const description = page.getByRole("textbox", { name: "Description" });
    await expect.poll(() => page.getByRole("status", { name: "Connection" }).innerText()).toBe("Live");

    let readings = 0;
    let reading = 0;
    let mostAtOnce = 0;
    const isReading = (url: string) => new URL(url).pathname === `/admin/api/items/${id}`;
    page.on("request", (request) => {
      if (!isReading(request.url())) return;
      readings += 1;
      reading += 1;
      mostAtOnce = Math.max(mostAtOnce, reading);
    });
    const end = (request: { url(): string }) => {
      if (isReading(request.url())) reading -= 1;
    };
    page.on("requestfinished", end).on("requestfailed", end);

    const shown = new Set<string>();
    let written = 0;
    while (written < rounds) {
      written += 1;
      await plugbay.control.updateItem(id, { description: `round ${written}` }, { actor: "bob" });
      shown.add(await description.inputValue());
      await new Promise((resolve) => setTimeout(resolve, betweenMs));
    }
    shown.delete(`round ${rounds}`);
    expect(shown.size).toBeGreaterThan(rounds / 40);
    expect(mostAtOnce).toBe(1);
    expect(readings).toBeLessThan(rounds / 4);
    await expect.poll(() => description.inputValue()).toBe(`round ${rounds}`);
  });
});
