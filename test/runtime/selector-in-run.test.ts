import { AllPluginsFailedError, type Candidates, type PluginItem, SelectorError } from "plugbay";
import { expect, test } from "vitest";
import { otp, senderPlugin } from "../definition/otp.ts";
import { settle } from "./manual-clock.ts";
import { Workbench } from "./workbench.ts";

type Select = (candidates: Candidates) => PluginItem | undefined;

/** A plugbay with two plugins whose selector is `select`, and a task that fails with each. */
async function open(select: Select) {
  const type = otp.withSelector(select);
  const bench = await Workbench.create();
  return {
    type,
    plugbay: await bench.open([type, senderPlugin("a", { priority: 1 }), senderPlugin("b", { priority: 2 })]),
  };
}

const failing = (sender: { by: string }): never => {
  throw new Error(`${sender.by}: no credit`);
};

test("a selector that throws after a failed attempt does not hide why the attempt failed", async () => {
  let calls = 0;
  const { type, plugbay } = await open(({ active }) => {
    calls += 1;
    if (calls > 1) throw new Error("no second choice");
    return active[0];
  });
  const run = plugbay.run(type, failing);
  await expect(run).rejects.toThrow(AllPluginsFailedError);
  await expect(run).rejects.toThrow(/a: no credit; .*the selector .* threw: no second choice/);
  await expect(run).rejects.toMatchObject({
    errors: [{ item: { name: "a" }, error: { message: "a: no credit" } }],
    cause: { code: "SELECTOR_FAILED", cause: { message: "no second choice" } },
  });
});

test("a selector that sticks to its choice does not hide why that one failed", async () => {
  let choice: PluginItem | undefined;
  const { type, plugbay } = await open(({ active }) => {
    choice ??= active[0];
    return choice;
  });
  const run = plugbay.run(type, failing);
  await expect(run).rejects.toThrow(AllPluginsFailedError);
  await expect(run).rejects.toMatchObject({
    message: expect.stringContaining("a: no credit"),
    errors: [{ item: { name: "a" }, error: { message: "a: no credit" } }],
    cause: expect.any(SelectorError),
  });
});

test("a selector that fails before anything was tried is told as itself", async () => {
  const { type, plugbay } = await open(() => {
    throw null;
  });
  await expect(plugbay.run(type, failing)).rejects.toThrow(SelectorError);
  await expect(plugbay.run(type, failing)).rejects.toThrow(/threw: null$/);
});

test("a selector is not asked for another choice once its call was given up", async () => {
  let asked = 0;
  const { type, plugbay } = await open(({ active }) => {
    asked += 1;
    return active[0];
  });
  const controller = new AbortController();
  const onAttempt = () => queueMicrotask(() => controller.abort(new Error("enough")));
  const run = plugbay.run(type, failing, { signal: controller.signal, onAttempt });
  await expect(run).rejects.toThrow("enough");
  await settle();
  expect(asked).toBe(1);
});
