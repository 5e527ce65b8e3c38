import { setTimeout as sleep } from "node:timers/promises";
import { definePlugin, definePluginType } from "plugbay";
import { expect, test } from "vitest";
import { otp, providers } from "./providers.ts";
import { describePanel, usePanel } from "./use-panel.ts";

const sender = definePluginType<{ send(): string }>({
  ...{ name: "sender", manager: "apps/send", methods: { send: "required" } },
  policy: { circuit: false },
});
const of = (name: string, priority: number) =>
  definePlugin(sender, { name, module: "apps/send", priority, create: () => ({ send: () => name }) });

const courier = definePluginType<{ send(): string }>({
  ...{ name: "courier", manager: "apps/courier", methods: { send: "required" } },
  policy: { circuit: false, maxAttempts: 1 },
});
const bike = definePlugin(courier, {
  ...{ name: "bike", module: "apps/courier", priority: 1 },
  create: () => ({ send: () => "bike" }),
});

describePanel("the traffic of a type", () => {
  const panel = usePanel({ plugins: [providers, sender, of("first", 1), of("second", 2), courier, bike] });

  async function call(): Promise<void> {
    const { plugbay } = panel.server;
    for (let count = 0; count < 10; count += 1) {
      await plugbay.run(sender, (_, { item }) => {
        if (item.name === "first" && count % 2 === 0) throw Object.assign(new Error("down"), { status: 503 });
      });
    }
    const typeId = await panel.server.typeIdOf("sender");
    const calls = async () => (await plugbay.control.traffic({ typeId })).total.calls;
    await expect.poll(calls, { timeout: 20_000, interval: 500 }).toBe(15);
  }

  test("is drawn, said in tables, and shown in small in lists", { timeout: 90_000 }, async () => {
    await call();
    const { plugbay, typeIdOf, idOf } = panel.server;
    const by = { actor: "olga" };
    await plugbay.control.updateItem(await idOf("second"), { description: "spare" }, by);
    const visitor = await panel.visit(`/types/${await typeIdOf("sender")}?tab=traffic`);
    const { page } = visitor;
    await page.getByText("Calls made with get() are not counted.").waitFor();
    const row = (name: string) => page.getByRole("row", { name: new RegExp(name) });
    await row("^first").waitFor();
    expect(await row("^first").innerText()).toMatch(/10\s+5 \(50 % failed\)\s+5/);
    expect(await row("^second").innerText()).toMatch(/5\s+0\s+0/);
    // The charts' own table is there for screen readers, and for all who want it.
    const steps = page.getByRole("table", { name: "Calls by time" });
    expect(await steps.getByRole("row").count()).toBe(2);
    await page.getByRole("button", { name: "Show as a table" }).click();
    expect(await page.locator(".u-wrap canvas").count()).toBe(3);
    await page.getByRole("heading", { name: "Changes in this time" }).waitFor();
    await page.getByRole("link", { name: "second: Description" }).waitFor();
    expect(await visitor.violations()).toEqual([]);
    // What is under the pointer is said above all charts: the calls were in one of the last minutes.
    const over = page.locator(".u-over").first();
    const { width } = (await over.boundingBox()) ?? { width: 0 };
    const readOuts = async () =>
      (await page.locator("figcaption").allInnerTexts()).join(" ").replace(/\s+/g, " ");
    const read: string[] = [];
    for (let step = 1; step < 10; step += 1) {
      await over.hover({ position: { x: width - (step - 0.5) * (width / 60), y: 20 } });
      await expect.poll(readOuts).toMatch(/first \d+ second \d+/);
      read.push(await readOuts());
    }
    expect(read.join()).toMatch(/first 10 second 5 .* Rescued by another item 5/);
    await page.getByRole("heading", { name: "Changes in this time" }).hover();
    await expect.poll(readOuts).toMatch(/first second Failures/);

    // The same by keyboard, in all charts at once.
    const calls = page.getByRole("slider", { name: "Calls" });
    await calls.focus();
    const pressed: string[] = [];
    for (let step = 0; step < 10; step += 1) {
      await expect.poll(readOuts).toMatch(/first \d+ second \d+/);
      pressed.push(await readOuts());
      await page.keyboard.press("ArrowLeft");
    }
    expect(pressed.join()).toMatch(/first 10 second 5 .* Rescued by another item 5/);
    expect(await calls.getAttribute("aria-valuenow")).toBe("49");
    expect(await calls.getAttribute("aria-valuetext")).toMatch(/; first: \d+; second: \d+$/);
    await page.keyboard.press("Home");
    await page.keyboard.press("ArrowLeft");
    await expect.poll(() => calls.getAttribute("aria-valuenow")).toBe("0");
    await page.keyboard.press("End");
    await expect.poll(() => calls.getAttribute("aria-valuenow")).toBe("59");
    expect(await visitor.violations()).toEqual([]);
    await page.keyboard.press("Escape");
    await expect.poll(readOuts).toMatch(/first second Failures/);
    await page.keyboard.press("Home");
    await expect.poll(readOuts).toMatch(/first 0 second 0/);
    await page.keyboard.press("Tab");
    await expect
      .poll(() => page.getByRole("slider", { name: "Failures" }).getAttribute("aria-valuenow"))
      .toBe("59");

    await over.locator('a[title^="olga: "]').click();
    await page.waitForURL("**/history/changes/*");
    await page.getByRole("heading", { name: "second: Description" }).waitFor();
    await page.goBack();
    await page.getByRole("link", { name: "second: Description" }).focus();
    await page.keyboard.press("Enter");
    await page.waitForURL("**/history/changes/*");
    await page.goBack();
    await page.getByText("14 days", { exact: true }).click();
    await row("^first").waitFor();
    expect(page.url()).toContain("range=14d");

    const list = await panel.visit("/");
    await list.page.getByRole("img", { name: "15 calls in the last hour, 33 % failed" }).waitFor();
    const items = await panel.visit("/items?search=first");
    await items.page.getByRole("img", { name: "10 calls in the last hour, 50 % failed" }).waitFor();
    const cards = await panel.visit(`/types/${await typeIdOf("sender")}`);
    await cards.page.getByRole("img", { name: "5 calls in the last hour, 0 % failed" }).waitFor();
  });

  test("says how long calls take, changes while it is looked at, and is in the lists with its rate of failures", {
    timeout: 120_000,
  }, async () => {
    const { plugbay, typeIdOf } = panel.server;
    const typeId = await typeIdOf("courier");
    const { page } = await panel.visit(`/types/${typeId}?tab=traffic`);
    await page.getByText("No calls").waitFor();
    await page.evaluate("globalThis.isSamePage = true");

    // 17 calls that take no time, and 3 that do.
    for (let count = 0; count < 17; count += 1) await plugbay.run(courier, (one) => one.send());
    await Promise.all([1, 2, 3].map(() => plugbay.run(courier, () => sleep(400))));
    const cells = async (name: string, head: string | RegExp) => {
      const row = page.getByRole("table", { name }).getByRole("row", { name: head }).last();
      return row.getByRole("cell").allInnerTexts();
    };
    const ofItem = () => cells("Calls by item", /^bike/);
    await expect.poll(ofItem, { timeout: 40_000, interval: 500 }).toHaveLength(6);
    const [calls, failures, rescued, p50, p95] = await ofItem();
    expect([calls, failures, rescued]).toEqual(["20", "0", "0"]);
    expect(p50).toMatch(/^[\d.]+ ms$/);
    expect(Number.parseFloat(p50 ?? "")).toBeLessThan(100);
    expect(p95).toMatch(/^\d{3} ms$/);
    // Within 10 percent, and rounded to two digits.
    expect(Number.parseFloat(p95 ?? "")).toBeGreaterThanOrEqual(350);
    const durations = page.getByRole("slider", { name: "Duration" });
    await durations.waitFor();
    expect(await page.locator("figcaption", { hasText: "Duration" }).innerText()).toMatch(/p50[\s\S]*p95/);

    const fail = () => {
      throw Object.assign(new Error("down"), { status: 503 });
    };
    for (let count = 0; count < 5; count += 1) await plugbay.run(courier, fail).catch(() => undefined);
    await expect
      .poll(async () => (await ofItem()).slice(0, 2), { timeout: 40_000, interval: 500 })
      .toEqual(["25", "5 (20 % failed)"]);
    const table = page.getByRole("table", { name: "Calls by time" });
    const steps = await Promise.all(
      (await table.getByRole("row").all()).slice(1).map((row) => row.getByRole("cell").allInnerTexts()),
    );
    const sum = (column: number) => steps.reduce((total, step) => total + Number(step[column]), 0);
    expect([sum(0), sum(1)]).toEqual([25, 5]);
    expect(await page.evaluate("globalThis.isSamePage")).toBe(true);

    for (const path of ["/types?search=courier", "/items?search=bike"]) {
      const list = await panel.visit(path);
      const row = list.page.getByRole("row").filter({ hasText: "apps/courier" });
      await row.getByRole("img", { name: "25 calls in the last hour, 20 % failed" }).waitFor();
      await row.getByText("20 % failed", { exact: true }).waitFor();
      expect(await list.violations()).toEqual([]);
    }
  });

  test("of rows past the first hundred is asked for when they come into sight", async () => {
    const last = await panel.server.idOf("carrier_129");
    const { page } = await panel.visit("/items?type=carrier&show=all");
    await page.getByRole("link", { name: "carrier_000" }).waitFor();
    const asked = page.waitForRequest((request) => {
      const url = new URL(request.url());
      return url.pathname.endsWith("/traffic/recent") && (url.searchParams.get("items") ?? "").includes(last);
    });
    await page.keyboard.press("End");
    await page.getByRole("link", { name: "carrier_129" }).waitFor();
    await asked;
  });

  test("of a type without calls says so", async () => {
    const { page } = await panel.visit(`/types/${await panel.server.typeIdOf(otp.name)}?tab=traffic`);
    await page.getByText("No calls").waitFor();
  });
});
