import { definePlugin, definePluginType, type Plugbay } from "plugbay";
import { expect, test } from "vitest";
import { z } from "zod";
import { collectWarnings } from "../runtime/collect-warnings.ts";
import { ManualClock } from "../runtime/manual-clock.ts";
import { idOf, onEveryDatabase } from "../store/test-database.ts";

interface Channel {
  key(): string;
}

const channel = definePluginType<Channel>({
  name: "channel",
  manager: "apps/notify",
  methods: { key: "required" },
});
const plain = definePlugin(channel, {
  name: "plain",
  module: "apps/notify",
  create: () => ({ key: () => "plain" }),
});
const keyed = definePlugin(channel, {
  name: "keyed",
  module: "apps/notify",
  status: "disable",
  config: z.object({ key: z.string().default("") }),
  create: ({ config }) => ({ key: () => config.key }),
});

/** With these, there are as many items as the bound is promised for. */
const many = definePluginType<Channel>({
  name: "many",
  manager: "apps/notify",
  methods: { key: "required" },
});
const fillers = Array.from({ length: 9_998 }, (_, index) =>
  definePlugin(many, { name: `filler-${index}`, module: "apps/notify", create: () => ({ key: () => "" }) }),
);

const boundSeconds = 60;

onEveryDatabase((home) => {
  test(`at 10,000 items, what is edited by hand in SQL, without a new revision, is taken over within ${boundSeconds} s`, async () => {
    const clock = new ManualClock();
    const plugbay = await home.open([channel, plain, keyed, many, fillers], {
      clock,
      pollIntervalMs: 5_000,
    });
    expect(plugbay.get(channel)?.key()).toBe("plain");
    const db = await home.kysely();
    const { revision } = plugbay.state as { revision: number };
    await db
      .updateTable("plugbay_item")
      .set({ status: "disable" })
      .where("id", "=", idOf(plugbay, "plain"))
      .execute();
    await db
      .updateTable("plugbay_item")
      .set({ status: "active", config: '{"key":"by hand"}' })
      .where("id", "=", idOf(plugbay, "keyed"))
      .execute();

    await pass(clock, plugbay, () => plugbay.get(channel)?.key() === "by hand");
    expect(plugbay.state).toMatchObject({ kind: "live", revision });
  }, 120_000);

  test("a config by hand that is no JSON makes its own item fail, and harms no other", async () => {
    const warnings = collectWarnings();
    const clock = new ManualClock();
    const plugbay = await home.open([channel, plain, keyed], { clock, pollIntervalMs: 5_000 });
    const db = await home.kysely();
    const [row] = await db
      .selectFrom("plugbay_item")
      .selectAll()
      .where("id", "=", idOf(plugbay, "keyed"))
      .execute();
    await db
      .insertInto("plugbay_item")
      .values({
        ...row,
        id: crypto.randomUUID(),
        label: "by hand",
        status: "active",
        priority: -5,
        config: "{no json",
        revision: 0,
      })
      .execute();

    await pass(clock, plugbay, () => plugbay.items(channel).length === 3);
    expect(plugbay.explain(channel)).toMatchObject([
      { item: { label: "by hand" }, reason: "failed" },
      { item: { name: "plain" }, reason: "selected" },
      { item: { name: "keyed", label: "" }, reason: "disabled" },
    ]);
    expect(plugbay.get(channel)?.key()).toBe("plain");
    expect(warnings.join()).toContain("keyed");

    await plugbay.control.updateItem(idOf(plugbay, "plain"), { status: "reserve" }, { actor: "operator" });
    expect(plugbay.get(channel)?.key()).toBe("plain");
  });
});

/** Lets time pass second by second until `isSo`, at most up to the bound. */
async function pass(clock: ManualClock, plugbay: Plugbay, isSo: () => boolean): Promise<void> {
  for (let second = 0; second < boundSeconds && !isSo(); second += 1) {
    await clock.advance(1_000);
    // The database answers in real time; refreshing waits for what was begun.
    await plugbay.refresh();
  }
  expect(isSo()).toBe(true);
}
