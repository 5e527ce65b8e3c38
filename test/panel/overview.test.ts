import { definePlugin, definePluginType } from "plugbay";
import { expect, test } from "vitest";
import { bestItem } from "../../ui/src/pages/overview/best-item.ts";
import { type Entry, standingOf } from "../../ui/src/pages/overview/standing.ts";
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

/** What the list says of calls that fail, in the reader's language. */
const says = {
  "en-GB": "It gets no calls for a while, because they fail.",
  "de-DE": "Seine Aufrufe schlagen fehl, darum bekommt es eine Weile keine.",
  "fa-IR": "فراخوانی‌هایش ناموفق است، پس مدتی فراخوانی نمی‌گیرد.",
};

describePanel("the overview", () => {
  const panel = usePanel({
    plugins: [relay, plugin("first", 1), plugin("second", 2), plugin("third", 3)],
    environment: "production",
  });
  const fail = async (times: number) => {
    for (let time = 0; time < times; time += 1) {
      const task = (): never => {
        throw Object.assign(new Error("HTTP 503 from relay.example.com"), { status: 503 });
      };
      await panel.server.plugbay.run(relay, task).catch(() => undefined);
    }
  };

  test("says that everything is served by its first choice, and what was called and changed last", async () => {
    const { plugbay, idOf } = panel.server;
    // The code lacks its plugin, which would need attention while it is in use.
    await plugbay.control.updateItem(await idOf("telegraph"), { status: "disable" }, { actor: "bob" });
    await plugbay.run(relay, (one) => one.send());
    await plugbay.control.updateItem(
      await idOf("third"),
      { description: "Kept for the night" },
      { actor: "bob" },
    );
    const { page } = await panel.visit("/");
    await page
      .getByRole("region", { name: "Everything is served by its first choice, in 1 of 1 process" })
      .waitFor();
    expect(await page.getByRole("region", { name: "Needs attention" }).count()).toBe(0);

    const hour = page.getByRole("region", { name: "Last hour" });
    await hour.getByText("Calls made with get() are not counted.").waitFor();
    await hour.getByRole("img", { name: /^1 call in the last hour/ }).waitFor();

    const changes = page.getByRole("region", { name: "Latest changes" });
    await changes.getByText("by bob").first().waitFor();
    await changes.getByRole("link", { name: "History" }).click();
    await page.getByRole("heading", { level: 1, name: "History" }).waitFor();
  });

  test("shows by itself what fails, and a button has another item serve", async () => {
    const visitor = await panel.visit("/");
    const { page } = visitor;
    await page.getByText("Everything is served by its first choice").waitFor();
    await fail(5);
    const list = page.getByRole("region", { name: "Needs attention" });
    await list.getByText("Not the first choice", { exact: true }).waitFor();
    await page.getByRole("region", { name: "2 things need attention" }).waitFor();
    await list.getByText("second serves instead of its first choice.").waitFor();
    await list.getByText("HTTP 503 from relay.example.com", { exact: true }).waitFor();
    await list.getByText("npx plugbay release apps/relays:first", { exact: true }).waitFor();
    await list.getByRole("button", { name: "Release first", exact: true }).waitFor();
    expect(await visitor.violations()).toEqual([]);

    await list.getByRole("button", { name: "Serve second now…", exact: true }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Serve now" }).click();
    await page.getByText("second is the first choice now.").waitFor();
    await page.getByText("Everything is served by its first choice, in 1 of 1 process.").waitFor();
    await page.getByRole("region", { name: "1 thing needs attention" }).waitFor();

    await list.getByRole("button", { name: "Release first", exact: true }).click();
    await page
      .getByRole("region", { name: "Everything is served by its first choice, in 1 of 1 process" })
      .waitFor();
  });

  test("offers nothing to those who may only look", async () => {
    await fail(5);
    const { page } = await panel.visit("/", { access: "read" });
    const list = page.getByRole("region", { name: "Needs attention" });
    await list.getByText("Not the first choice", { exact: true }).waitFor();
    expect(await list.getByRole("button").count()).toBe(0);
  });

  test.each([
    ["en-GB", 1440, "light"],
    ["de-DE", 1024, "dark"],
    ["fa-IR", 390, "dark"],
  ] as const)("fits in %s, %d pixels wide, %s", async (locale, width, colorScheme) => {
    await fail(5);
    const visitor = await panel.visit("/", { locale, colorScheme, viewport: { width, height: 900 } });
    await visitor.page
      .getByText(/HTTP 503 from relay\.example\.com/)
      .first()
      .waitFor();
    await visitor.page.getByText(says[locale]).first().waitFor();
    expect(await visitor.overflow()).toBeLessThanOrEqual(0);
    expect(await visitor.violations()).toEqual([]);
  });
});

test("the best item to serve is what serves already, then what is ready, then what is not in use", () => {
  const item = (id: string, kind: string) => ({ id, retiredAt: null, readiness: { kind } });
  const best = (code: string, id: string, ...items: readonly object[]) =>
    bestItem({ code, item: { id } } as never, { items } as never)?.id;
  const failing = item("a", "cooling");
  expect(best("lower-choice", "b", failing, item("b", "ready"), item("c", "ready"))).toBe("b");
  expect(best("last-resort", "a", failing, item("b", "cooling"), item("c", "ready"))).toBe("c");
  expect(best("last-resort", "a", failing, item("b", "idle"))).toBe("b");
  expect(best("last-resort", "a", failing, item("b", "failed"))).toBeUndefined();
});

test("a type that needs attention as not served by its first choice is no longer said to be", () => {
  const type = { id: "relay", servingNow: { processes: 3, by: [{ how: "first-choice" }] } };
  const entry = { code: "lower-choice", gravity: "warning", type: { id: "relay" } };
  const standing = standingOf([entry as unknown as Entry], [type as never]);
  expect(standing).toMatchObject({ count: 1, notFirst: 1, processes: 3 });
});
