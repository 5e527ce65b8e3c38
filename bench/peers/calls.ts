import { ConsecutiveBreaker, circuitBreaker, handleAll, TimeoutStrategy, timeout, wrap } from "cockatiel";
import CircuitBreaker from "opossum";
import { definePlugin, definePluginType, openPlugbay } from "plugbay";
import { sqlite } from "plugbay/sqlite";
import { median } from "../report.ts";

interface Sender {
  send(text: string): Promise<string>;
}

const callsARound = 20_000;
const rounds = 25;
const text = "123456";

/** What a call costs that succeeds at once, in microseconds above the bare asynchronous one. */
export interface CallFigures {
  readonly plain: number;
  readonly withTimeout: number;
}

/** One provider behind each, in turns in one process. */
export async function measureCalls(): Promise<Map<"plugbay.run" | "cockatiel" | "opossum", CallFigures>> {
  const type = definePluginType<Sender>({ name: "sender", manager: "bench", methods: { send: "required" } });
  const sender: Sender = { send: async (sent) => sent };
  const plugin = definePlugin(type, { name: "sender", module: "bench", create: () => sender });
  const plugbay = await openPlugbay({
    database: sqlite(":memory:"),
    plugins: [type, plugin],
    pollIntervalMs: false,
  });
  const send = (): Promise<string> => sender.send(text);
  const breaker = circuitBreaker(handleAll, { halfOpenAfter: 30_000, breaker: new ConsecutiveBreaker(5) });
  const limited = wrap(breaker, timeout(5_000, TimeoutStrategy.Aggressive));
  const opossum = new CircuitBreaker(send, { timeout: false });
  const limitedOpossum = new CircuitBreaker(send, { timeout: 5_000 });
  const limits = { timeoutMs: 5_000 };
  const calls: Record<string, () => Promise<unknown>> = {
    bare: send,
    run: () => plugbay.run(type, (one) => one.send(text)),
    runLimited: () => plugbay.run(type, (one) => one.send(text), limits),
    cockatiel: () => breaker.execute(send),
    cockatielLimited: () => limited.execute(send),
    opossum: () => opossum.fire(),
    opossumLimited: () => limitedOpossum.fire(),
  };
  const samples = new Map<string, number[]>();
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, call] of Object.entries(calls)) {
      const taken = samples.get(name) ?? [];
      samples.set(name, taken);
      const begun = performance.now();
      for (let index = 0; index < callsARound; index += 1) await call();
      taken.push(((performance.now() - begun) * 1_000) / callsARound);
    }
  }
  opossum.shutdown();
  limitedOpossum.shutdown();
  await plugbay.close();
  const above = (name: string): number => median(samples.get(name) ?? []) - median(samples.get("bare") ?? []);
  return new Map([
    ["plugbay.run", { plain: above("run"), withTimeout: above("runLimited") }],
    ["cockatiel", { plain: above("cockatiel"), withTimeout: above("cockatielLimited") }],
    ["opossum", { plain: above("opossum"), withTimeout: above("opossumLimited") }],
  ]);
}
