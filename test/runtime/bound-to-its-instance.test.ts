import { definePlugin, type Plugbay } from "plugbay";
import { beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { type OtpSender, otp, Sender } from "../definition/otp.ts";
import { Gate } from "./gate.ts";
import { settle } from "./manual-clock.ts";
import { itemOf, Workbench } from "./workbench.ts";

const identity = { name: "sms", module: "apps/channels" };

let bench: Workbench;
let log: string[];
beforeEach(async () => {
  bench = await Workbench.create();
  log = [];
});

const itemIn = (plugbay: Plugbay) => itemOf(plugbay.items(otp), "sms");
const readinessIn = (plugbay: Plugbay) => plugbay.readiness(itemIn(plugbay)).kind;
const reconfigure = async (plugbay: Plugbay) => {
  await bench.edit(itemIn(plugbay), { config: { key: crypto.randomUUID() } });
  await plugbay.refresh();
};
const down = (): never => {
  throw new Error("down");
};

describe("a call counts for the instance that it used", () => {
  const sms = definePlugin(otp, { ...identity, create: () => new Sender("sms") });

  test("and not for the one under another config that has taken its place", async () => {
    const plugbay = await bench.open([otp, sms]);
    const gate = new Gate();
    const calls = Array.from({ length: 6 }, () => plugbay.run(otp, () => gate.passed.then(down)));
    await reconfigure(plugbay);
    plugbay.on("readiness", ({ readiness }) => void log.push(readiness.kind));
    gate.open();
    await Promise.allSettled(calls);
    expect(readinessIn(plugbay)).toBe("ready");
    expect(log).toEqual([]);
    // Of what has left, not of a circuit.
    expect(bench.clock.pending).toBe(1);
    await bench.clock.advance(30_000);
    expect([bench.clock.pending, log]).toEqual([0, []]);
  });

  test("and its success ends no cooling that began after it", async () => {
    const plugbay = await bench.open([otp, sms]);
    const gate = new Gate();
    const early = plugbay.run(otp, () => gate.passed);
    for (let call = 0; call < 5; call += 1) await plugbay.run(otp, down).catch(() => undefined);
    expect(readinessIn(plugbay)).toBe("cooling");
    gate.open();
    await early;
    expect(readinessIn(plugbay)).toBe("cooling");
    await plugbay.run(otp, () => undefined);
    expect(readinessIn(plugbay)).toBe("ready");
  });
});

describe("an instance whose call is given up", () => {
  const leased = (lifetime: "singleton" | "transient") =>
    definePlugin(otp, {
      ...identity,
      lifetime,
      create: () => new Sender("sms"),
      dispose: () => void log.push("disposed of"),
    });
  const giveUp = async (plugbay: Plugbay, task: (sender: OtpSender) => Promise<void>) => {
    const run = plugbay.run(otp, task, { timeoutMs: 50 });
    run.catch(() => log.push("given up"));
    await bench.clock.advance(50);
  };

  test("is in use until the task has ended: a transient one", async () => {
    const plugbay = await bench.open([otp, leased("transient")]);
    const gate = new Gate();
    await giveUp(plugbay, () => gate.passed);
    expect(log).toEqual(["given up"]);
    gate.open();
    await settle();
    expect(log).toEqual(["given up", "disposed of"]);
  });

  test("is in use until the task has ended: one that is replaced meanwhile", async () => {
    const plugbay = await bench.open([otp, leased("singleton")]);
    const gate = new Gate();
    await giveUp(plugbay, () => gate.passed);
    await reconfigure(plugbay);
    await bench.clock.advance(60_000);
    expect(log).toEqual(["given up"]);
    gate.open();
    await settle();
    expect(log).toEqual(["given up", "disposed of"]);
  });
});

describe("what was begun for a disabled item under an old config", () => {
  const gates = new Map([
    ["old", new Gate()],
    ["new", new Gate()],
  ]);
  const slow = definePlugin(otp, {
    ...identity,
    status: "disable",
    config: z.object({ from: z.string().default("old") }),
    create: async ({ config: { from } }) => {
      await gates.get(from)?.passed;
      return new Sender(from);
    },
    dispose: (sender) => void log.push(`end of ${sender.by}`),
  });

  test("is disposed of when it arrives, and takes nobody's place", async () => {
    gates.get("new")?.open();
    const plugbay = await bench.open([otp, slow]);
    const { id } = itemIn(plugbay);
    expect(plugbay.getById(otp, id, { includeDisabled: true })).toBeUndefined();
    await bench.edit(itemIn(plugbay), { status: "active", config: { from: "new" } });
    await plugbay.refresh();
    expect(plugbay.get(otp)?.by).toBe("new");
    gates.get("old")?.open();
    await settle();
    expect(log).toEqual(["end of old"]);
    expect(plugbay.get(otp)?.by).toBe("new");
    expect(plugbay.getById(otp, id)?.by).toBe("new");
  });
});
