import { getEventListeners } from "node:events";
import { createRegistry, definePlugin } from "plugbay";
import { beforeEach, describe, expect, test } from "vitest";
import { Instances } from "../../src/instances/instances.ts";
import { KeyRing } from "../../src/secrets/key-ring.ts";
import { otp, Sender, senderPlugin } from "../definition/otp.ts";
import { item } from "../selection/rows.ts";
import { collectWarnings } from "./collect-warnings.ts";
import { Workbench } from "./workbench.ts";

let bench: Workbench;
beforeEach(async () => {
  bench = await Workbench.create();
});

const times = 10_000;
const atOnce = 100;

describe(`${times.toLocaleString("en")} runs with one signal, ${atOnce} at once,`, () => {
  const fails = async () => {
    throw new Error("no");
  };

  test.each([
    ["that succeed", async (sender: object) => sender, undefined],
    ["that succeed, with a time limit", async (sender: object) => sender, 5_000],
    ["that fail, with a time limit", fails, 5_000],
    ["that run out of time", () => new Promise(() => undefined), 1_000],
  ] as const)(
    "%s leave no listener on it, and no timer",
    async (_title, task, timeoutMs) => {
      const warnings = collectWarnings();
      const plugbay = await bench.open([otp, senderPlugin("mail"), senderPlugin("sms", { priority: 1 })]);
      const { signal } = new AbortController();
      const timers = bench.clock.pending;
      for (let round = 0; round < times / atOnce; round += 1) {
        const run = () => plugbay.run(otp, task, { signal, timeoutMs, classify: () => "rejected" });
        const all = Promise.allSettled(Array.from({ length: atOnce }, run));
        expect(getEventListeners(signal, "abort")).toHaveLength(1);
        if (timeoutMs === 1_000) await bench.clock.advance(timeoutMs);
        await all;
        expect(getEventListeners(signal, "abort")).toHaveLength(0);
      }
      await bench.clock.advance(100);
      expect(bench.clock.pending).toBe(timers);
      expect(warnings).toEqual([]);
    },
    30_000,
  );
});

test(`${times.toLocaleString("en")} changes of a config leave nothing when their time has passed`, async () => {
  const ended = new Set<object>();
  const sms = definePlugin(otp, {
    name: "sms",
    module: "apps/channels",
    config: { "~standard": { version: 1, vendor: "test", validate: (value: unknown) => ({ value }) } },
    create: () => new Sender("sms"),
    dispose: (sender) => void ended.add(sender),
  });
  const { clock } = bench;
  const instances = new Instances({
    registry: createRegistry([otp, sms]),
    clock,
    prepareTimeoutMs: 5_000,
    graceMs: 30_000,
    keys: KeyRing.parse(""),
    onReadiness: () => undefined,
  });
  for (let number = 0; number <= times; number += 1)
    instances.update([item("sms", { config: { number } })], []);
  expect([instances.readySlots().length, ended.size, clock.pending]).toEqual([1, 0, 1]);
  await clock.advance(30_000);
  expect([ended.size, clock.pending]).toEqual([times, 0]);
});
