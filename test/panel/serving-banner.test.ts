import type { Locator } from "playwright-core";
import { definePlugin, definePluginType } from "plugbay";
import { expect, test } from "vitest";
import { describePanel, usePanel } from "./use-panel.ts";

const relay = definePluginType<{ send(): Promise<void> }>({
  ...{ name: "relay", manager: "apps/relay", methods: { send: "required" } },
  policy: { maxAttempts: 1, timeoutMs: 50, circuit: { failures: 2, coolingMs: 600_000 } },
});

type Mood = "well" | "failing" | "hanging";
const moods: { [name: string]: Mood; first: Mood; second: Mood } = { first: "well", second: "well" };
const longError = `HTTP 503 from relay.example.com: ${"the queue is full ".repeat(15)}and that is all`;

const provider = (name: string, priority: number) =>
  definePlugin(relay, {
    ...{ name, module: "apps/relays", priority },
    create: () => ({
      async send() {
        if (moods[name] === "hanging") await new Promise<never>(() => undefined);
        if (moods[name] === "failing") throw Object.assign(new Error(longError), { status: 503 });
      },
    }),
  });

const broken = definePlugin(relay, {
  ...{ name: "first", module: "apps/relays", priority: 1 },
  create: () => {
    throw new Error("no route here");
  },
});

interface PageGlobals {
  readonly document: {
    readonly body: { append(one: unknown): void };
    createElement(name: string): { readonly style: { background: string }; remove(): void };
  };
  getComputedStyle(one: unknown): { readonly backgroundColor: string };
}

/** Which of the panel's grounds an element has. */
const toneOf = (element: Locator): Promise<string | undefined> =>
  element.evaluate((one) => {
    const { document, getComputedStyle } = globalThis as unknown as PageGlobals;
    const probe = document.createElement("div");
    document.body.append(probe);
    const ground = getComputedStyle(one).backgroundColor;
    const tone = ["good", "warn", "bad", "info", "calm"].find((name) => {
      probe.style.background = `var(--panel-${name})`;
      return getComputedStyle(probe).backgroundColor === ground;
    });
    probe.remove();
    return tone;
  });

describePanel("what a type's page says first", () => {
  const second = provider("second", 2);
  const panel = usePanel({ plugins: [relay, provider("first", 1), second] });
  const call = async (times: number) => {
    for (let time = 0; time < times; time += 1) {
      await panel.server.plugbay.run(relay, (one) => one.send()).catch(() => undefined);
    }
  };
  const by = { actor: "olga" };
  const release = async (name: string) => {
    moods[name] = "well";
    await panel.server.plugbay.control.release(await panel.server.idOf(name), by);
  };

  test("is green for the first choice, amber while it hangs or fails, red for the last resort", async () => {
    const { page } = await panel.visit(`/types/${await panel.server.typeIdOf("relay")}`);
    const banner = page.getByRole("region", { name: "Serving now" });
    const hasTone = (tone: string) => expect.poll(() => toneOf(banner), { timeout: 20_000 }).toBe(tone);
    await hasTone("good");

    moods.first = "hanging";
    await call(2);
    await hasTone("warn");
    await banner.getByText("first: Its calls fail, so it gets none for a while.").waitFor();
    expect((await banner.getByText(/^began /).boundingBox())?.height).toBeGreaterThan(0);
    await release("first");
    await hasTone("good");

    moods.first = "failing";
    await call(2);
    await hasTone("warn");
    const error = banner.getByText(longError, { exact: true });
    await error.waitFor();
    const isCut = await error.evaluate((one) => {
      const { scrollHeight, clientHeight } = one as unknown as Record<string, number>;
      return (scrollHeight ?? 0) > (clientHeight ?? 0);
    });
    expect(isCut).toBe(false);
    const above = (await error.boundingBox()) ?? { y: Number.NaN, height: 0 };
    const serves = await banner.getByRole("listitem").first().boundingBox();
    expect(above.y + above.height).toBeLessThanOrEqual(serves?.y ?? 0);

    moods.second = "failing";
    await call(2);
    await hasTone("bad");
    await banner.getByText("Last resort", { exact: true }).waitFor();
    await release("first");
    await release("second");
    await hasTone("good");
  });

  test("names both where processes differ, also among the types, and that others have the trouble", async () => {
    const other = await panel.server.openProcess({ plugins: [relay, broken, second], version: "2.0.0" });
    try {
      const { page } = await panel.visit(`/types/${await panel.server.typeIdOf("relay")}`);
      const banner = page.getByRole("region", { name: "Serving now" });
      await banner.getByText("Other processes report trouble with it.").waitFor();
      await expect.poll(() => banner.getByRole("listitem").count()).toBe(2);
      for (const name of ["first", "second"]) {
        const line = banner.getByRole("listitem").filter({ hasText: new RegExp(`^${name}`) });
        expect(await line.innerText()).toContain("in 1 of 2 processes");
      }
      expect(await toneOf(banner)).toBe("warn");
      const types = await panel.visit("/types");
      const row = types.page.getByRole("row", { name: /relay/ });
      await expect.poll(() => row.getByRole("listitem").allInnerTexts()).toHaveLength(2);
      expect((await row.getByRole("listitem").allInnerTexts()).join()).toMatch(
        /first.*second|second.*first/s,
      );
    } finally {
      await other.close();
    }
  });
});

describePanel("a type that nothing serves", () => {
  const panel = usePanel({ plugins: [relay, broken] });

  test("is red on its page, and makes the overview red", async () => {
    const { page } = await panel.visit(`/types/${await panel.server.typeIdOf("relay")}`);
    const banner = page.getByRole("region", { name: "This type is not served" });
    await banner.getByText("no route here").first().waitFor();
    expect(await toneOf(banner)).toBe("bad");
    const overview = await panel.visit("/");
    const headline = overview.page.getByRole("region", { name: /needs? attention$/ }).first();
    await expect.poll(() => toneOf(headline), { timeout: 20_000 }).toBe("bad");
    expect(await overview.violations()).toEqual([]);
  });
});
