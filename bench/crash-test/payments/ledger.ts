import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** By what the bank knows a charge again that it has booked already. Gateways share no keys, and all name the order. */
export type KnownBy = "nothing" | "key" | "key and order";

/** A charge that a gateway asked for, and whether it was booked or known already. */
export interface Charge {
  readonly order: string;
  readonly gateway: string;
  readonly key: string;
  readonly result: "booked" | "known by its key" | "known by its order";
}

/** The bank behind the gateways. It knows what was really charged, and outlives them. */
export class Ledger {
  readonly charges: Charge[] = [];
  readonly #keys = new Set<string>();
  readonly #orders = new Set<string>();
  readonly #knownBy: KnownBy;
  readonly #server: Server;

  static async start(knownBy: KnownBy): Promise<Ledger> {
    const ledger = new Ledger(knownBy);
    ledger.#server.listen(0, "127.0.0.1");
    await once(ledger.#server, "listening");
    return ledger;
  }

  private constructor(knownBy: KnownBy) {
    this.#knownBy = knownBy;
    this.#server = createServer((request, response) => {
      const { searchParams } = new URL(request.url ?? "", this.url);
      const of = (name: string): string => searchParams.get(name) ?? "";
      const [order, gateway, key] = [of("order"), of("gateway"), of("key")];
      this.charges.push({ order, gateway, key, result: this.#book(order, `${gateway} ${key}`) });
      response.end();
    });
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** How often each order was booked. */
  get booked(): ReadonlyMap<string, number> {
    const booked = new Map<string, number>();
    for (const { order, result } of this.charges) {
      if (result === "booked") booked.set(order, (booked.get(order) ?? 0) + 1);
    }
    return booked;
  }

  count(result: Charge["result"]): number {
    return this.charges.filter((charge) => charge.result === result).length;
  }

  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  #book(order: string, key: string): Charge["result"] {
    if (this.#knownBy !== "nothing" && this.#keys.has(key)) return "known by its key";
    if (this.#knownBy === "key and order" && this.#orders.has(order)) return "known by its order";
    this.#keys.add(key);
    this.#orders.add(order);
    return "booked";
  }
}
