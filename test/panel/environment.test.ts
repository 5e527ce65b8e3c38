import { expect, test } from "vitest";
import { describePanel, type PanelInTest, usePanel } from "./use-panel.ts";

const environment = "production <eu>";
const long = `${"where everything that matters runs ".repeat(9)}${"W".repeat(90)}`;

interface PageGlobals {
  getComputedStyle(one: unknown): { readonly backgroundColor: string };
}

describePanel("a panel that says where it is", () => {
  const panel = usePanel({ title: "Orders", environment });

  test.each([1280, 390])("has it beside its title and in the tab, %d pixels wide", async (width) => {
    const visitor = await panel.visit("/items", { viewport: { width, height: 800 } });
    const { page } = visitor;
    const banner = page.getByRole("banner");
    expect(await banner.getByText(environment, { exact: true }).isVisible()).toBe(true);
    expect(await page.title()).toBe(`Items · Orders · ${environment}`);
    expect(await visitor.overflow()).toBeLessThanOrEqual(0);
    expect(await visitor.violations()).toEqual([]);
    // The tools stay in the line of the title.
    const [title, tools] = [page.getByRole("link", { name: "Orders" }), page.getByRole("status").first()];
    const [above, beside] = [await title.boundingBox(), await tools.boundingBox()];
    expect(beside?.y).toBeLessThan((above?.y ?? 0) + (above?.height ?? 0) + 20);
  });
});

describePanel("the ground of the environment", () => {
  const groundIn = async (panel: PanelInTest, name: string) =>
    (await panel.visit("/items")).page
      .getByRole("banner")
      .getByText(name, { exact: true })
      .evaluate((one) => {
        const { getComputedStyle } = globalThis as unknown as PageGlobals;
        return getComputedStyle(one).backgroundColor;
      });
  const [production, live, staging, reproduction] = ["production", "live", "staging", "reproduction"].map(
    (name) => ({ name, panel: usePanel({ environment: name }) }),
  );

  test("is that of a warning in production alone", async () => {
    const grounds = [];
    for (const one of [production, live, staging, reproduction]) {
      if (one !== undefined) grounds.push(await groundIn(one.panel, one.name));
    }
    expect(grounds[1]).toBe(grounds[0]);
    expect(grounds[2]).not.toBe(grounds[0]);
    expect(grounds[3]).toBe(grounds[2]);
  });
});

describePanel("a panel with a very long environment", () => {
  const panel = usePanel({ environment: long });

  test.each(["en-GB", "fa-IR"])("cuts it short, in %s", async (locale) => {
    const visitor = await panel.visit("/", { viewport: { width: 390, height: 800 }, locale });
    expect(await visitor.overflow()).toBeLessThanOrEqual(0);
    const box = await visitor.page.getByText(long).boundingBox();
    expect(box?.width).toBeLessThan(200);
    expect(box?.height).toBeLessThan(40);
  });
});

describePanel("a panel that does not say where it is", () => {
  const panel = usePanel();

  test("has its title alone", async () => {
    const { page } = await panel.visit("/items");
    expect(await page.title()).toBe("Items · Panel under test");
  });
});
