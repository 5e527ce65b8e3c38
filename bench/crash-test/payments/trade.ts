import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { definePlugin, openPlugbay, type Policy } from "plugbay";
import { sqlite } from "plugbay/sqlite";
import { Gateway } from "./gateway.ts";
import { type KnownBy, Ledger } from "./ledger.ts";
import { definePayment, GatewayClient, GatewayError } from "./payment.ts";

/** What the application was told of an order. */
export type Told = "charged" | "unknown" | "refused" | "failed";

export interface Trade {
  readonly ledger: Ledger;
  /** By the order. */
  readonly told: ReadonlyMap<string, Told>;
  /** Orders that were charged again later, as often as they were. */
  readonly queued: readonly string[];
}

export interface TradeSetup {
  readonly seconds: number;
  readonly policy: Policy;
  readonly knownBy: KnownBy;
  readonly gateways: readonly string[];
  /** Whether an order whose charge failed is charged again later, as a queue would. */
  readonly isQueued?: boolean;
}

const callsASecond = 200;

/** Charges 200 orders a second, while the gateways break charges off and are killed. */
export async function trade({
  seconds,
  policy,
  knownBy,
  gateways: names,
  isQueued,
}: TradeSetup): Promise<Trade> {
  const folder = await mkdtemp(join(tmpdir(), "plugbay-payments-"));
  const ledger = await Ledger.start(knownBy);
  const gateways = await Promise.all(names.map((name) => Gateway.start(name, ledger.url)));
  const payment = definePayment(policy);
  const plugins = gateways.map(({ name, url }, priority) =>
    definePlugin(payment, { name, module: "crash-test", priority, create: () => new GatewayClient(url) }),
  );
  const plugbay = await openPlugbay({
    database: sqlite(join(folder, "payments.db")),
    plugins: [payment, ...plugins],
    migrate: true,
  });
  const told = new Map<string, Told>();
  const queued: string[] = [];
  const charge = async (order: string): Promise<void> => {
    try {
      await plugbay.run(payment, (gateway, call) => gateway.charge(order, call));
      told.set(order, "charged");
    } catch (error) {
      told.set(order, toldBy(error));
    }
  };
  try {
    const charges: Promise<void>[] = [];
    const crashing = crashInTurn(gateways, seconds);
    const start = performance.now();
    while (charges.length < seconds * callsASecond) {
      const due = Math.min(seconds, (performance.now() - start) / 1_000) * callsASecond;
      while (charges.length < due) charges.push(charge(`${charges.length}`));
      await pause(2);
    }
    await Promise.all(charges);
    await crashing;
    // Until what is booked late is booked, and the circuits have cooled.
    await pause(1_500);
    const failed = () => [...told.keys()].filter((order) => told.get(order) === "failed");
    for (let round = 0; isQueued && round < 5 && failed().length > 0; round++) {
      for (const order of failed()) {
        queued.push(order);
        await charge(order);
      }
    }
  } finally {
    await plugbay.close();
    await Promise.all(gateways.map((gateway) => gateway.stop()));
    ledger.stop();
    await rm(folder, { recursive: true, force: true });
  }
  return { ledger, told, queued };
}

function toldBy(error: unknown): Told {
  if (error instanceof GatewayError && error.status === 402) return "refused";
  return error instanceof Error && "code" in error && error.code === "OUTCOME_UNKNOWN" ? "unknown" : "failed";
}

/** Each second one of them crashes, the first and the second in turn. */
async function crashInTurn(gateways: readonly Gateway[], seconds: number): Promise<void> {
  for (let second = 1; second < seconds; second++) {
    await pause(1_000);
    await gateways[(second - 1) % gateways.length]?.crash(200);
  }
}
