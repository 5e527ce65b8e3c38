import { expect, test } from "vitest";
import { describePanel, usePanel } from "./use-panel.ts";

/** Less than the pause that a reading waits for at most. */
const betweenMs = 50;

const rounds = 200;

/** The names of the page that are needed in it; these files are checked as a server's code, which has none. */
interface PageGlobals {
  /** When the page showed a new text, by its own clock. */
  momentsOfNew: number[];
  requestAnimationFrame(draw: (now: number) => void): void;
}

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

    await description.evaluate((box: { readonly value: string }) => {
      const globals = globalThis as unknown as PageGlobals;
      globals.momentsOfNew = [];
      let before = box.value;
      const look = (now: number) => {
        if (box.value !== before) globals.momentsOfNew.push(now);
        before = box.value;
        globals.requestAnimationFrame(look);
      };
      globals.requestAnimationFrame(look);
    });
    let written = 0;
    while (written < rounds) {
      written += 1;
      await plugbay.control.updateItem(id, { description: `round ${written}` }, { actor: "bob" });
      await new Promise((resolve) => setTimeout(resolve, betweenMs));
    }
    const moments = await page.evaluate<number[]>("globalThis.momentsOfNew");
    const pauses = moments.slice(1).map((moment, at) => moment - (moments[at] ?? moment));
    // Of the page's own clock, and the one in the middle: a machine that is busy for a moment does not count.
    expect(median(pauses)).toBeLessThan(1_000);
    expect(moments.length).toBeGreaterThan(rounds / 40);
    expect(mostAtOnce).toBe(1);
    expect(readings).toBeLessThan(rounds / 4);
    await expect.poll(() => description.inputValue()).toBe(`round ${rounds}`);
  });
});

function median(values: readonly number[]): number | undefined {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}
