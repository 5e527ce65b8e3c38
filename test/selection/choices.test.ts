import { definePlugin, type PluginItem, SelectorError } from "plugbay";
import { expect, test } from "vitest";
import { otp, Sender, senderPlugin } from "../definition/otp.ts";
import { collectWarnings } from "../runtime/collect-warnings.ts";
import { settle } from "../runtime/manual-clock.ts";
import { Workbench } from "../runtime/workbench.ts";

const config = {
  "~standard": { version: 1, vendor: "test", validate: (value: unknown) => ({ value }) },
} as const;
const alice = { actor: "alice" };

test("a selector may choose what it was offered, whatever the state of the items, and nothing else", async () => {
  collectWarnings();
  let offered: readonly PluginItem[] = [];
  const choosing = otp.withSelector(({ active, reserve }, chosen: PluginItem | undefined) => {
    offered = [...active, ...reserve];
    return chosen;
  });
  const throwing = () => {
    throw new Error("no");
  };
  const changing = definePlugin(otp, {
    name: "changing",
    module: "apps/channels",
    config,
    create: ({ config: to }) => {
      if (to === "endless") return new Promise<never>(() => undefined);
      if (to === "wrong") throw new Error("wrong");
      return new Sender("changing");
    },
  });
  const bench = await Workbench.create();
  const plugbay = await bench.open([
    choosing,
    changing,
    senderPlugin("active"),
    senderPlugin("reserved", { status: "reserve" }),
    senderPlugin("disabled", { status: "disable" }),
    senderPlugin("failed", { create: throwing }),
    senderPlugin("endless", { status: "disable", create: () => new Promise<never>(() => undefined) }),
  ]);
  const seen = new Set<PluginItem>();
  const check = (): void => {
    for (const item of plugbay.items(choosing)) seen.add(item);
    plugbay.get(choosing, undefined);
    const candidates = new Set(offered);
    for (const item of seen) {
      if (candidates.has(item)) expect(plugbay.selected(choosing, item)).toBe(item);
      else expect(() => plugbay.selected(choosing, item)).toThrow(SelectorError);
    }
  };
  const idOf = (name: string): string => plugbay.items(choosing).find((item) => item.name === name)?.id ?? "";
  const update = async (name: string, patch: object): Promise<void> => {
    void plugbay.control.updateItem(idOf(name), patch, alice);
    await settle();
    check();
  };
  check();
  await update("active", { priority: 9 });
  await update("endless", { status: "active" });
  await update("changing", { config: "other" });
  await update("changing", { config: "endless" });
  await update("changing", { config: "wrong" });
  await update("disabled", { status: "reserve" });
  for (let run = 0; run < 5; run += 1) {
    const [active] = [...seen].filter(({ name, priority }) => name === "active" && priority === 9);
    await plugbay.run(choosing, throwing, { args: [active] }).catch(() => undefined);
  }
  check();
  // What is left is better than nothing.
  await update("disabled", { status: "disable" });
  await update("reserved", { status: "disable" });
  expect(offered.map(({ name }) => name)).toEqual(["active"]);
  await plugbay.control.retire([idOf("active")], alice);
  check();
  expect(offered.map(({ name }) => name)).toEqual(["changing"]);
});
