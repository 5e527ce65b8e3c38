import { describe, expect, test } from "vitest";
import { otp, senderPlugin } from "../definition/otp.ts";
import { settle } from "../runtime/manual-clock.ts";
import { Workbench } from "../runtime/workbench.ts";
import { coded, hang, openSenders } from "./senders.ts";

const down = coded("ECONNREFUSED");
const downAtA = (sender: { readonly by: string }): string => {
  if (sender.by === "a") throw down;
  return sender.by;
};

async function openWithCircuitOpen(policy = {}) {
  const opened = await openSenders(policy);
  for (let time = 0; time < 5; time += 1) await opened.plugbay.run(opened.type, downAtA);
  expect(opened.readiness("a")).toMatchObject({ kind: "cooling" });
  return opened;
}

describe("when the cooling has ended", () => {
  test("one call probes, and the others go to the next item without waiting", async () => {
    const { plugbay, type, bench } = await openWithCircuitOpen();
    await bench.clock.advance(30_000);
    let probed = 0;
    let end = (): void => undefined;
    const task = (sender: { readonly by: string }) => {
      if (sender.by !== "a") return sender.by;
      probed += 1;
      return new Promise<string>((resolve) => {
        end = () => resolve("a");
      });
    };
    const calls = Array.from({ length: 200 }, () => plugbay.run(type, task));
    const others = await Promise.all(calls.slice(1));
    expect(new Set(others)).toEqual(new Set(["b"]));
    expect(probed).toBe(1);
    end();
    expect(await calls[0]).toBe("a");
    expect(await plugbay.run(type, (sender) => sender.by)).toBe("a");
  });

  test("a probe that fails doubles the cooling, and its call goes on to the next item", async () => {
    const { plugbay, type, bench, readiness } = await openWithCircuitOpen();
    for (const coolingMs of [60_000, 120_000, 240_000, 300_000, 300_000]) {
      await bench.clock.advance(300_000);
      expect(await plugbay.run(type, downAtA)).toBe("b");
      expect(readiness("a")).toMatchObject({ until: bench.clock.now() + coolingMs });
    }
  });

  test("a probe that its caller gives up goes to another call", async () => {
    const { plugbay, type, bench } = await openWithCircuitOpen();
    await bench.clock.advance(30_000);
    const controller = new AbortController();
    const probe = plugbay.run(type, () => hang(), { signal: controller.signal });
    expect(await plugbay.run(type, (sender) => sender.by)).toBe("b");
    controller.abort(new Error("gone"));
    await expect(probe).rejects.toThrow("gone");
    expect(await plugbay.run(type, (sender) => sender.by)).toBe("a");
  });
});

test("a probe that is aborted while its item is selected goes to another call", async () => {
  let controller = new AbortController();
  let isAborting = false;
  const aborting = otp.withSelector(({ active }) => {
    if (isAborting) controller.abort(new Error("gone"));
    return active[0];
  });
  const bench = await Workbench.create();
  const plugins = [senderPlugin("a", { priority: 1 }), senderPlugin("b", { priority: 2 })];
  const plugbay = await bench.open([aborting, ...plugins]);
  const run = (task = downAtA) =>
    plugbay.run(aborting, task, { signal: controller.signal, circuit: { failures: 1 } });
  expect(await run()).toBe("b");
  await bench.clock.advance(30_000);
  isAborting = true;
  await expect(run()).rejects.toThrow("gone");
  [controller, isAborting] = [new AbortController(), false];
  expect(await run((sender) => sender.by)).toBe("a");
});

test("a run that would fail tries what a circuit alone put aside", async () => {
  const { plugbay, type, tried } = await openWithCircuitOpen();
  const task = (sender: { readonly by: string }) => {
    tried.push(sender.by);
    if (sender.by !== "a") throw down;
    return "saved by a";
  };
  expect(await plugbay.run(type, task)).toBe("saved by a");
  expect(tried).toEqual(["b", "spare", "a"]);
});

test("when everything is put aside, the best is used as if nothing were", async () => {
  const { plugbay, type } = await openSenders({ circuit: { failures: 1 } });
  const fail = (): never => {
    throw down;
  };
  await plugbay.run(type, fail).catch(() => undefined);
  expect(plugbay.explain(type).map(({ readiness }) => readiness.kind)).toEqual([
    "cooling",
    "cooling",
    "cooling",
  ]);
  expect(plugbay.get(type)?.by).toBe("a");
  expect(await plugbay.run(type, (sender) => sender.by)).toBe("a");
});

test("failures count by outcome, whatever the run then does: a payment that times out protects its gateway", async () => {
  const { plugbay, type, bench, readiness } = await openSenders({ timeoutMs: 100 });
  const runs = Array.from({ length: 5 }, () => plugbay.run(type, hang).catch((error) => error.code));
  await bench.clock.advance(100);
  expect(new Set(await Promise.all(runs))).toEqual(new Set(["OUTCOME_UNKNOWN"]));
  expect(readiness("a")).toMatchObject({ kind: "cooling", reason: "circuit" });
  expect(await plugbay.run(type, (sender) => sender.by)).toBe("b");
});

test("a circuit of false never puts aside", async () => {
  const { plugbay, type, readiness } = await openSenders({ circuit: false });
  for (let time = 0; time < 20; time += 1) await plugbay.run(type, downAtA);
  expect(readiness("a")).toEqual({ kind: "ready" });
});

test("retries at the same item end when the budget is half spent; other items are tried all the same", async () => {
  const { plugbay, type, bench, tried } = await openSenders({
    attemptsPerItem: 4,
    circuit: false,
    maxAttempts: 99,
  });
  const fail = (sender: { readonly by: string }): never => {
    tried.push(sender.by);
    throw down;
  };
  const first = plugbay.run(type, fail).catch(() => undefined);
  await bench.clock.advance(60_000);
  await first;
  // Five tokens are left after five failures; the sixth is the last retry.
  expect(tried).toEqual(["a", "a", "a", "a", "b", "b", "spare"]);
  tried.length = 0;
  await plugbay.run(type, fail).catch(() => undefined);
  await settle();
  expect(tried).toEqual(["a", "b", "spare"]);
});

test("a success that began before the opening leaves what was told of it: how many failures, and the last of them", async () => {
  const { plugbay, type, readiness } = await openSenders();
  let succeed = (_: string): void => undefined;
  const early = plugbay.run(type, () => new Promise<string>((resolve) => (succeed = resolve)));
  for (let time = 0; time < 5; time += 1) await plugbay.run(type, downAtA);
  succeed("well");
  expect(await early).toBe("well");
  expect(readiness("a")).toMatchObject({ kind: "cooling", failures: { count: 5, error: down } });
});

test("a call whose items fail tries those that were put aside, also where as many are active as in reserve", async () => {
  const { plugbay, type, tried } = await openSenders({ maxAttempts: 5 });
  const fails = new Set(["b", "spare"]);
  const call = () =>
    plugbay.run(type, ({ by }) => {
      tried.push(by);
      if (fails.has(by)) throw down;
      return by;
    });
  const [a] = plugbay.items(type);
  await plugbay.control.hold(a?.id ?? "", { reason: "maintenance" }, { actor: "alice" });
  for (let time = 0; time < 5; time += 1) await call().catch(() => undefined);
  await plugbay.control.release(a?.id ?? "", { actor: "alice" });
  tried.length = 0;
  fails.clear();
  fails.add("a");
  expect(await call()).toBe("b");
  expect(tried).toContain("a");
});
