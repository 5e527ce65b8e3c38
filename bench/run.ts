import { definePlugin, definePluginType, openPlugbay } from "plugbay";
import { sqlite } from "plugbay/sqlite";
import { median, report } from "./report.ts";

interface Sender {
  send(text: string): Promise<string>;
}

const callsARound = 20_000;
const rounds = 25;
const text = "123456";

/** What a call costs that succeeds at once, above the bare asynchronous one. Breakers of the field: `bench/peers`. */
export async function benchRun(): Promise<void> {
  const type = definePluginType<Sender>({ name: "sender", manager: "bench", methods: { send: "required" } });
  const sender: Sender = { send: async (sent) => sent };
  const plugin = definePlugin(type, { name: "sender", module: "bench", create: () => sender });
  const timed = definePluginType<Sender>({
    ...{ name: "timed", manager: "bench", methods: { send: "required" } },
    policy: { timeoutMs: 5_000 },
  });
  const timedPlugin = definePlugin(timed, { name: "sender", module: "bench", create: () => sender });
  const plugbay = await openPlugbay({
    database: sqlite(":memory:"),
    plugins: [type, plugin, timed, timedPlugin],
    pollIntervalMs: false,
  });
  const send = (): Promise<string> => sender.send(text);
  const limits = { timeoutMs: 5_000 };
  const codes = plugbay.service(type);
  const calls = {
    bare: send,
    run: () => plugbay.run(type, (one) => one.send(text)),
    timed: () => plugbay.run(timed, (one) => one.send(text)),
    limited: () => plugbay.run(type, (one) => one.send(text), limits),
    service: () => codes.send(text),
  } satisfies Record<string, () => Promise<unknown>>;
  const samples = new Map<string, number[]>();
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, call] of Object.entries(calls)) {
      const taken = samples.get(name) ?? [];
      samples.set(name, taken);
      taken.push(await usACall(call));
    }
  }
  const us = (name: keyof typeof calls): number => median(samples.get(name) ?? []);
  const bare = us("bare");
  const above = (name: string, value: number, limit: number): void =>
    report({ name, value, limit, unit: "us" });
  above("run above a bare call", us("run") - bare, 0.4);
  above("run with timeoutMs in the policy above a bare call", us("timed") - bare, 0.9);
  above("run with timeoutMs in the call above a bare call", us("limited") - bare, 0.9);
  above("service above run", us("service") - us("run"), 0.1);
  for (const [name, call] of [
    ["heap kept after a million runs", calls.run],
    ["heap kept after a million runs with timeoutMs", calls.limited],
  ] as const) {
    report({ name, value: await bytesKept(call), limit: bytesOfNoise, unit: "B" });
  }
  await plugbay.close();
}

/** What a heap wavers by that keeps nothing: a tenth of a byte a run. */
const bytesOfNoise = 100_000;

/** The bytes that a million calls leave behind. */
async function bytesKept(call: () => Promise<unknown>): Promise<number> {
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  for (let index = 0; index < 1_000_000; index += 1) await call();
  globalThis.gc?.();
  return Math.max(0, process.memoryUsage().heapUsed - before);
}

async function usACall(call: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  for (let index = 0; index < callsARound; index += 1) await call();
  return ((performance.now() - start) * 1_000) / callsARound;
}
