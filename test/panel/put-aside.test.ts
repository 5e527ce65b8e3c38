import { definePlugin, definePluginType } from "plugbay";
import { expect, test } from "vitest";
import { itemOf } from "../runtime/workbench.ts";
import { describePanel, usePanel } from "./use-panel.ts";

const relay = definePluginType<{ send(): void }>({
  ...{ name: "relay", manager: "apps/relay", methods: { send: "required" } },
  policy: { maxAttempts: 1 },
});

const plugin = (name: string, priority: number) =>
  definePlugin(relay, {
    ...{ name, module: "apps/relays", priority },
    create: () => ({ send: () => undefined }),
  });

describePanel("an item that gets no calls", () => {
  const panel = usePanel({ plugins: [relay, plugin("first", 1), plugin("second", 2), plugin("third", 3)] });
  const fail = async (times: number, status: number) => {
    const task = (): never => {
      throw Object.assign(new Error(`HTTP ${status} from relay.example.com`), { status });
    };
    for (let time = 0; time < times; time += 1) {
      await panel.server.plugbay.run(relay, task).catch(() => undefined);
    }
  };

  test("says why, until when, how many calls failed and with what", async () => {
    const { plugbay } = panel.server;
    await fail(5, 503);
    const { page } = await panel.visit(`/items/${itemOf(plugbay.items(relay), "first").id}`);
    await page.getByText("Its calls fail, so it gets none for a while.").waitFor();
    await page.getByText(/^5 calls in a row failed, the last .+\.$/).waitFor();
    await page.getByText("HTTP 503 from relay.example.com").waitFor();
    await page.getByText(/^Used again/).waitFor();
  });

  test("is the cause that its type's page says first: with the whole error, and a countdown that runs", async () => {
    const visitor = await panel.visit(`/types/${await panel.server.typeIdOf("relay")}`);
    const { page } = visitor;
    const banner = page.getByRole("region", { name: "Serving now" });
    await banner.getByText("first: Its calls fail, so it gets none for a while.").waitFor();
    await banner.getByText("HTTP 503 from relay.example.com", { exact: true }).waitFor();
    await banner.getByText("Not the first choice").waitFor();
    const countdown = banner.getByText(/^Used again in/);
    const said = await countdown.innerText();
    await expect.poll(() => countdown.innerText(), { timeout: 10_000 }).not.toBe(said);
    expect(await visitor.violations()).toEqual([]);
  });

  test("says why first on a phone", async () => {
    const { id } = itemOf(panel.server.plugbay.items(relay), "first");
    const { page } = await panel.visit(`/items/${id}`, { viewport: { width: 390, height: 800 } });
    const topOf = async (name: string) => (await page.getByRole("region", { name }).boundingBox())?.y ?? 0;
    expect(await topOf("Why")).toBeLessThan(await topOf("Details"));
    expect(await topOf("Why")).toBeLessThan(await topOf("History"));
    expect(await topOf("Why")).toBeLessThan(400);
  });

  test("says that its credentials were refused, and comes back when an operator releases it", async () => {
    const { plugbay } = panel.server;
    await fail(1, 401);
    const { id } = itemOf(plugbay.items(relay), "second");
    const { page } = await panel.visit(`/items/${id}`);
    await page.getByText("Its provider rejects its credentials").waitFor();
    await page.getByRole("button", { name: "Release", exact: true }).click();
    await page.getByText("second is released.").waitFor();
    expect(plugbay.getById(relay, id)).toBeDefined();
    expect((await plugbay.control.getItem(id)).readiness).toEqual({ kind: "ready" });
  });
});
